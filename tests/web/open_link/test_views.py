"""Coming through an open link: choosing who you are, starting, coming back, being one of several on a device."""

from http.cookies import SimpleCookie

import pytest
from flask.testing import FlaskClient

from surveyapp.actions.open_links import MOST_IN_A_MINUTE
from surveyapp.app import create_app
from surveyapp.config import Settings
from surveyapp.models import PromiseText
from tests.web.open_link.conftest import SECRET, Neighbourhoods, hidden


def text(client: FlaskClient, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.status_code
    return answer.get_data(as_text=True)


def finish(client: FlaskClient, location: str) -> None:
    """Answer one question and send."""
    door = "/".join(location.split("/")[:3])
    page = text(client, location)
    client.post(location, data={**hidden(page), "voice_scale": "3", "save-and": "continue"})
    answer = client.post(f"{door}/check-answers")
    assert answer.location.startswith(f"{door}/thank-you"), answer.get_data(as_text=True)
    text(client, f"{door}/thank-you")


def test_the_first_page_says_who_asks_why_how_long_and_who_will_see_it(neighbourhoods: Neighbourhoods) -> None:
    page = text(neighbourhoods.person(), neighbourhoods.open() + "?language=en")
    for words in ("Bureau Meerwaarde", "Gemeente Groningen", "5 minutes", "De Wijert", "Resident", "one cookie"):
        assert words in page
    assert "confidential" in page
    assert "<select" not in page
    assert 'type="radio"' not in page


def test_looking_changes_nothing_and_sets_no_cookie(neighbourhoods: Neighbourhoods) -> None:
    answer = neighbourhoods.person().get(neighbourhoods.open())
    assert "Set-Cookie" not in answer.headers
    assert neighbourhoods.invitations() == []


def test_who_starts_gets_an_address_of_their_own_and_answers_as_everybody(neighbourhoods: Neighbourhoods) -> None:
    client = neighbourhoods.person()
    started = neighbourhoods.start(client, neighbourhoods.open())
    assert started.status == 303
    assert started.location.startswith("/r/")
    finish(client, started.location)
    (response,) = neighbourhoods.responses()
    assert (response.submitted, response.role, response.membership_id) == (
        True,
        "resident",
        neighbourhoods.place("WK01").id,
    )
    assert response.promise is not None


def test_the_promise_is_kept_word_for_word(neighbourhoods: Neighbourhoods) -> None:
    client = neighbourhoods.person()
    neighbourhoods.start(
        client, neighbourhoods.open(None, None), role="provider", place=str(neighbourhoods.place("WK02").id)
    )
    (response,) = neighbourhoods.responses()
    with neighbourhoods.database.session(readonly=True) as session:
        kept = session.get_one(PromiseText, (response.promise, response.wave_id))
    assert "Bureau Meerwaarde" in kept.text


def test_a_link_for_all_lets_people_choose_their_role_and_neighbourhood(neighbourhoods: Neighbourhoods) -> None:
    neighbourhoods.invite("official")
    path = neighbourhoods.open(None, None)
    client = neighbourhoods.person()
    page = text(client, path)
    assert 'value="resident"' in page
    assert 'value="provider"' in page
    assert 'value="official"' not in page, "officials were invited by name"
    assert "Selwerd" in page
    assert ">Groningen<" not in page, "a municipality is no neighbourhood"
    selwerd = neighbourhoods.place("WK02").id
    assert neighbourhoods.start(client, path, role="provider", place=str(selwerd)).status == 303
    (response,) = neighbourhoods.responses()
    assert (response.role, response.membership_id) == ("provider", selwerd)


def test_nothing_chosen_is_a_mistake_for_each_choice_and_keeps_the_other(neighbourhoods: Neighbourhoods) -> None:
    path = neighbourhoods.open(None, None)
    started = neighbourhoods.start(neighbourhoods.person(), path)
    assert started.status == 422
    assert 'href="#role"' in started.page
    assert 'href="#place"' in started.page
    started = neighbourhoods.start(neighbourhoods.person(), path, role="resident")
    assert started.status == 422
    assert 'href="#role"' not in started.page
    assert 'value="resident" id="role" checked' in started.page
    assert neighbourhoods.invitations() == []


@pytest.mark.parametrize("said", [{"role": "official"}, {"place": "GM0014"}, {"place": "x"}, {"role": "king"}])
def test_what_is_not_offered_is_refused(neighbourhoods: Neighbourhoods, said: dict[str, str]) -> None:
    neighbourhoods.invite("official")
    path = neighbourhoods.open(None, None)
    place = said.get("place", "WK01")
    chosen = {
        "role": said.get("role", "resident"),
        "place": place if place == "x" else str(neighbourhoods.place(place).id),
    }
    assert neighbourhoods.start(neighbourhoods.person(), path, **chosen).status == 422


def test_a_fixed_role_cannot_be_changed_in_the_form(neighbourhoods: Neighbourhoods) -> None:
    assert neighbourhoods.start(neighbourhoods.person(), neighbourhoods.open(), role="official").status == 303
    assert [response.role for response in neighbourhoods.responses()] == ["resident"]


def test_coming_back_on_the_same_device_goes_on_with_the_same_answers(neighbourhoods: Neighbourhoods) -> None:
    client, path = neighbourhoods.person(), neighbourhoods.open()
    started = neighbourhoods.start(client, path)
    personal = "/".join(started.location.split("/")[:3])
    assert f'href="{personal}"' in text(client, path)
    again = client.post(path, data={"stamp": "anything"})
    assert (again.status_code, again.location) == (303, path)
    assert len(neighbourhoods.invitations()) == 1
    finish(client, started.location)
    assert f'href="{personal}/thank-you"' in text(client, path)


def test_somebody_else_on_the_same_device_is_counted_as_such(neighbourhoods: Neighbourhoods) -> None:
    client, path = neighbourhoods.person(), neighbourhoods.open()
    neighbourhoods.start(client, path)
    second = neighbourhoods.start(client, path, **{"someone-else": "yes"})
    assert second.status == 303
    assert [invitation.repeated for invitation in neighbourhoods.invitations()] == [False, True]
    assert "/".join(second.location.split("/")[:3]) in text(client, path), "the device now knows the second person"


def test_saying_to_be_somebody_else_without_a_cookie_repeats_nothing(neighbourhoods: Neighbourhoods) -> None:
    neighbourhoods.start(neighbourhoods.person(), neighbourhoods.open(), **{"someone-else": "yes"})
    assert [invitation.repeated for invitation in neighbourhoods.invitations()] == [False]


def cookie_of(headers: object) -> SimpleCookie:
    return SimpleCookie(str(headers["Set-Cookie"]))  # type: ignore[index]


def test_the_cookie_is_for_this_link_only_hidden_from_scripts_and_other_sites_and_ends_with_the_wave(
    neighbourhoods: Neighbourhoods,
) -> None:
    client = neighbourhoods.person()
    started = neighbourhoods.start(client, neighbourhoods.open())
    (link,) = neighbourhoods.links()
    cookie = cookie_of(started.headers)[f"open-link-{link.id}"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/"
    assert cookie["domain"] == ""
    with neighbourhoods.database.session(readonly=True) as session:
        closes = session.get_one(type(link), link.id).wave.closes_at
    assert cookie["expires"] == closes.strftime("%a, %d %b %Y %H:%M:%S GMT")
    other = neighbourhoods.open("resident", "WK02")
    assert 'id="start"' in text(client, other), "another link does not know this person"


def test_over_https_the_cookie_is_bound_to_the_host(neighbourhoods: Neighbourhoods, database_url: str) -> None:
    path = neighbourhoods.open()
    app = create_app(Settings(database_url=database_url, secret_key=SECRET, secure_cookies=True))
    neighbourhoods.app, kept = app, neighbourhoods.app
    started = neighbourhoods.start(app.test_client(), path)
    neighbourhoods.app = kept
    app.extensions["surveyapp.database"].dispose()
    cookies = cookie_of(started.headers)
    assert [(name, bool(each["secure"])) for name, each in cookies.items()] == [
        (f"__Host-open-link-{neighbourhoods.links()[0].id}", True)
    ]


def test_who_was_invited_by_name_gets_no_cookie(neighbourhoods: Neighbourhoods) -> None:
    client, link = neighbourhoods.person(), neighbourhoods.invite("official")
    page = text(client, link)
    assert "Set-Cookie" not in client.post(link, data=hidden(page)).headers


def test_a_cookie_that_fits_no_response_of_this_link_is_as_none(neighbourhoods: Neighbourhoods) -> None:
    path, client = neighbourhoods.open(), neighbourhoods.person()
    (link,) = neighbourhoods.links()
    for value in ("nonsense", neighbourhoods.invite("official").removeprefix("/r/")):
        client.set_cookie(f"open-link-{link.id}", value)
        assert 'id="start"' in text(client, path)


def test_the_thirty_first_in_a_minute_is_asked_to_wait_and_is_let_in_the_next(neighbourhoods: Neighbourhoods) -> None:
    path, time = neighbourhoods.open(), neighbourhoods.time
    time.moment = time.moment.replace(second=10)
    forms = [hidden(text(neighbourhoods.person(), path)) for _ in range(MOST_IN_A_MINUTE + 1)]
    time.passes(seconds=5)
    answers = [neighbourhoods.person().post(path, data=form) for form in forms]
    assert [answer.status_code for answer in answers] == [303] * MOST_IN_A_MINUTE + [429]
    assert answers[-1].headers["Retry-After"] == "45"
    assert "Probeer het over een minuut opnieuw" in answers[-1].get_data(as_text=True)
    assert "Set-Cookie" not in answers[-1].headers
    time.passes(seconds=45)
    assert neighbourhoods.person().post(path, data=forms[-1]).status_code == 303
    assert len(neighbourhoods.responses()) == MOST_IN_A_MINUTE + 1


def test_pressing_start_twice_without_a_cookie_starts_once(neighbourhoods: Neighbourhoods) -> None:
    path = neighbourhoods.open()
    fields = hidden(text(neighbourhoods.person(), path))
    neighbourhoods.time.passes(seconds=3)
    first, second = (neighbourhoods.person().post(path, data=fields) for _ in range(2))
    assert (first.status_code, first.location) == (second.status_code, second.location)
    assert len(neighbourhoods.responses()) == len(neighbourhoods.invitations()) == 1
    assert [link.started for link in neighbourhoods.links()] == [1]


@pytest.mark.parametrize("regime", ["confidential", "anonymous"])
def test_who_goes_back_to_the_form_of_somebody_who_answered_does_not_get_their_answers(
    neighbourhoods: Neighbourhoods,
) -> None:
    path = neighbourhoods.open()
    fields = hidden(text(neighbourhoods.person(), path))
    neighbourhoods.time.passes(seconds=3)
    starts = []
    for _ in range(3):
        client = neighbourhoods.person()
        starts.append(client.post(path, data=fields).location)
        finish(client, starts[-1])
    assert len(set(starts)) == 3
    assert len(neighbourhoods.responses()) == 3


def test_the_same_form_with_another_choice_is_another_start(neighbourhoods: Neighbourhoods) -> None:
    path = neighbourhoods.open("resident", None)
    fields = hidden(text(neighbourhoods.person(), path))
    neighbourhoods.time.passes(seconds=3)
    for place in ("WK01", "WK02", "WK02"):
        chosen = {**fields, "place": str(neighbourhoods.place(place).id)}
        assert neighbourhoods.person().post(path, data=chosen).status_code == 303
    assert [each.declared_membership_id for each in neighbourhoods.invitations()] == [
        neighbourhoods.place(place).id for place in ("WK01", "WK02")
    ]


def test_a_robot_that_fills_in_everything_at_once_starts_nothing(neighbourhoods: Neighbourhoods) -> None:
    path = neighbourhoods.open()
    fast = neighbourhoods.start_at_once(neighbourhoods.person(), path)
    assert fast.status == 422
    assert "heel snel" in fast.page
    filled = neighbourhoods.start(neighbourhoods.person(), path, website="https://spam.example")
    assert filled.status == 422
    for stamp in ("", "made-up", "[1, 2]"):
        assert neighbourhoods.start(neighbourhoods.person(), path, stamp=stamp).status == 422
    assert neighbourhoods.invitations() == []


def test_who_was_too_fast_or_too_late_only_has_to_press_again(neighbourhoods: Neighbourhoods) -> None:
    path, client = neighbourhoods.open(), neighbourhoods.person()
    fast = neighbourhoods.start_at_once(client, path)
    neighbourhoods.time.passes(seconds=3)
    assert client.post(path, data=hidden(fast.page)).status_code == 303
    client = neighbourhoods.person()
    old = hidden(text(client, path))
    neighbourhoods.time.passes(days=1, seconds=1)
    late = client.post(path, data=old)
    assert late.status_code == 422
    neighbourhoods.time.passes(seconds=3)
    assert client.post(path, data=hidden(late.get_data(as_text=True))).status_code == 303


def test_a_form_that_another_site_sends_starts_nothing(neighbourhoods: Neighbourhoods) -> None:
    path, client = neighbourhoods.open(), neighbourhoods.person()
    fields = hidden(text(client, path))
    neighbourhoods.time.passes(seconds=3)
    assert client.post(path, data=fields, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 422
    assert client.post(path, data=fields, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 303


def test_a_stamp_is_for_one_link(neighbourhoods: Neighbourhoods) -> None:
    first, second = neighbourhoods.open(), neighbourhoods.open("resident", "WK02")
    fields = hidden(text(neighbourhoods.person(), first))
    neighbourhoods.time.passes(seconds=3)
    assert neighbourhoods.person().post(second, data=fields).status_code == 422


def test_when_enough_have_sent_the_page_says_so(neighbourhoods: Neighbourhoods) -> None:
    path, client = neighbourhoods.open(most=1), neighbourhoods.person()
    finish(client, neighbourhoods.start(client, path).location)
    started = neighbourhoods.start(neighbourhoods.person(), path)
    assert started.status == 409
    assert "genoeg mensen" in started.page.lower()


def test_a_changed_promise_is_read_before_starting(neighbourhoods: Neighbourhoods) -> None:
    assert neighbourhoods.start(neighbourhoods.person(), neighbourhoods.open(), promise="another").status == 409
    assert neighbourhoods.invitations() == []


def test_before_opening_and_after_closing_nobody_starts(neighbourhoods: Neighbourhoods) -> None:
    path = neighbourhoods.open()
    neighbourhoods.time.passes(days=-3)
    assert neighbourhoods.person().get(path).status_code == 404
    neighbourhoods.time.passes(days=30)
    assert neighbourhoods.person().get(path).status_code == 410
    assert neighbourhoods.person().post(path).status_code == 410


def test_a_link_that_does_not_exist_says_nothing_about_any_study(neighbourhoods: Neighbourhoods) -> None:
    page = text(neighbourhoods.person(), "/o/AAAAAAAAAAAAAAAAAAAAAA", 404)
    assert "Groningen" not in page


def test_going_on_later_shows_the_address_that_is_the_key(neighbourhoods: Neighbourhoods) -> None:
    client = neighbourhoods.person()
    started = neighbourhoods.start(client, neighbourhoods.open())
    personal = "/".join(started.location.split("/")[:3])
    page = text(client, f"{personal}/to-be-continued")
    assert f"http://127.0.0.1:8000{personal}" in page


def test_who_came_through_an_open_link_reads_of_their_own_address_and_of_no_invitation(
    neighbourhoods: Neighbourhoods,
) -> None:
    client = neighbourhoods.person()
    started = neighbourhoods.start(client, neighbourhoods.open())
    personal = "/".join(started.location.split("/")[:3])
    finish(client, started.location)
    page = text(client, f"{personal}/thank-you")
    assert f"http://127.0.0.1:8000{personal}</a>" in page
    assert "uw uitnodiging" not in page


def test_residents_are_promised_something_about_their_neighbourhood(neighbourhoods: Neighbourhoods) -> None:
    page = text(neighbourhoods.person(), neighbourhoods.open())
    assert "Uw eigen wijk (De Wijert)" in page
    assert "de resultaten van uw eigen wijk" in page
    assert "uw eigen organisatie" not in page.lower()


def test_no_log_holds_the_address_of_an_open_link(
    neighbourhoods: Neighbourhoods, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = neighbourhoods.open()

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("surveyapp.actions.responses.upsert.insert_missing", fail)
    client = neighbourhoods.person()
    assert neighbourhoods.start(client, path).status == 500
    assert "the disk is full" in caplog.text
    assert path.removeprefix("/o/") not in caplog.text


@pytest.mark.parametrize("regime", ["anonymous"])
def test_after_sending_anonymously_the_device_only_knows_that_somebody_took_part(
    neighbourhoods: Neighbourhoods,
) -> None:
    client, path = neighbourhoods.person(), neighbourhoods.open()
    started = neighbourhoods.start(client, path)
    (link,) = neighbourhoods.links()
    name = f"open-link-{link.id}"
    token = started.location.split("/")[2]
    kept = client.get_cookie(name)
    assert kept is not None
    assert kept.value == token
    finish(client, started.location)
    kept = client.get_cookie(name)
    assert kept is not None
    assert kept.value == "took-part"
    page = text(client, path)
    assert token not in page
    assert 'name="someone-else"' in page
    elsewhere = neighbourhoods.person()
    assert "Set-Cookie" not in elsewhere.get(f"/r/{token}/thank-you").headers
    (response,) = [one for one in neighbourhoods.responses() if one.submitted]
    assert response.invitation_id is None
    assert (response.role, response.membership_id) == ("resident", neighbourhoods.place("WK01").id)
