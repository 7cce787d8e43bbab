"""The wave of a study, step by step: questionnaire, roles, confidentiality, period, trying it, opening it."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from surveyapp import clock
from surveyapp.actions import invitations
from surveyapp.models import Answer, Invitee, Response, Wave
from surveyapp.queries import evaluations
from tests.web.set_up.researching import AT, Desk, Value, begin, choose_usual
from tests.web.staff import SECRET, Stage, set_up

PERIOD: dict[str, Value] = {
    "opens_on": "2030-03-04", "opens_time": "09:00", "closes_on": "2030-03-29", "sender": "Bureau",
    "languages": ["nl", "en"], "contact_name": "Anna", "contact_email": "anna@bureau.example",
}  # fmt: skip


@pytest.fixture
def desk(empty: Stage) -> Desk:
    """The owner's, with the seven habits put to Almelo and Borne."""
    found = begin(empty)
    choose_usual(found)
    return found


def wave_of(stage: Stage) -> Wave:
    with stage.database.session(readonly=True) as session:
        return evaluations.wave(session, evaluations.by_slug(session, "samen"))


def invite(stage: Stage, *, times: int = 5, role: str = "official") -> None:
    """Five officials of both organisations, through the action."""
    with stage.database.session() as session:
        study = evaluations.by_slug(session, "samen")
        for member in evaluations.memberships(session, study):
            for number in range(times):
                invitations.invite(
                    session,
                    wave=evaluations.wave(session, study),
                    membership=member,
                    role=role,
                    name=f"Carla {number}",
                    email=f"carla{number}@example.nl",
                    language="nl",
                    secret_key=SECRET,
                    by=None,
                )
        session.commit()


def test_the_library_is_offered_and_each_questionnaire_can_be_read_as_each_role(desk: Desk) -> None:
    page = desk.read(f"{AT}/questionnaire")
    assert 'value="seven-habits/1" checked' in page
    read = desk.read(f"{AT}/questionnaire/seven-habits/1?role=official&language=en")
    assert 'aria-current="page">Officials' in read
    assert read.count("<h2") > 5
    assert "<input" not in read[read.index("<main") :]
    governors = desk.read(f"{AT}/questionnaire/seven-habits/1?role=governor&language=en")
    assert governors.count("<li><p>") < read.count("<li><p>")
    for missing in ("seven-habits/1?role=mayor", "nothing/9", "../1"):
        assert desk.browser.get(f"{AT}/questionnaire/{missing}").status_code == 404


def test_an_unknown_questionnaire_is_refused(desk: Desk) -> None:
    assert [at for at, _words in desk.refused(f"{AT}/questionnaire", edition="nothing/9")] == ["edition"]


def test_expected_numbers_and_targets_are_kept_and_nonsense_is_told_at_each_field(desk: Desk, empty: Stage) -> None:
    found = desk.refused(
        f"{AT}/roles", **{"expected-governor": "-1", "expected-official": "veel", "target-official": "101"}
    )
    assert [at for at, _words in found] == ["expected-governor", "expected-official", "target-official"]
    desk.sent(f"{AT}/roles", **{"expected-governor": "2", "expected-official": "", "target-official": "60"})
    assert (wave_of(empty).expected, wave_of(empty).targets) == ({"governor": 2}, {"official": 60})


def test_the_consequences_of_each_regime_are_shown_before_one_is_chosen(desk: Desk, empty: Stage) -> None:
    assert "cannot be worked out yet" in desk.read(f"{AT}/confidentiality")
    desk.sent(f"{AT}/roles", **{"expected-governor": "1", "expected-official": "3"})
    page = desk.read(f"{AT}/confidentiality")
    assert "8 people in 2 organisations" in page
    assert "checked" not in page[page.index("<main") :]
    confidential = page[page.index('id="name-confidential"') : page.index('id="name-anonymous"')]
    assert "<td>4 of 4</td>" in confidential
    assert "<td>0 of 2</td>" in confidential
    assert "2 organisations have fewer than 5 people" in page
    assert [at for at, _words in desk.refused(f"{AT}/confidentiality", regime="secret")] == ["regime"]
    desk.sent(f"{AT}/confidentiality", regime="anonymous")
    assert wave_of(empty).regime == "anonymous"
    invite(empty)
    assert "the 10 people who have been invited" in desk.read(f"{AT}/confidentiality")


def test_period_sender_and_languages_are_kept_in_amsterdam_time(desk: Desk, empty: Stage) -> None:
    desk.sent(f"{AT}/period", **PERIOD)
    wave = wave_of(empty)
    assert wave.opens_at.isoformat() == "2030-03-04T08:00:00+00:00"
    assert wave.closes_at.isoformat() == "2030-03-29T22:59:00+00:00"
    assert (wave.sender, wave.languages, wave.contact_name) == ("Bureau", ["nl", "en"], "Anna")
    assert 'value="2030-03-04"' in desk.read(f"{AT}/period")


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({"closes_on": "2030-03-01"}, ["closes_on"]),
        ({"opens_on": "2001-01-01", "closes_on": "2001-02-01"}, ["closes_on"]),
        ({"opens_on": "morgen", "opens_time": "straks", "closes_on": ""}, ["opens_on", "opens_time", "closes_on"]),
        ({"languages": [], "sender": " ", "contact_email": "anna"}, ["sender", "languages", "contact_email"]),
        ({"languages": ["xx"]}, ["languages"]),
        ({"contact_name": "", "contact_email": ""}, ["contact_name", "contact_email"]),
    ],
)
def test_what_is_wrong_in_the_period_is_told_at_its_fields(
    desk: Desk, wrong: dict[str, Value], fields: list[str]
) -> None:
    assert list(dict.fromkeys(at for at, _words in desk.refused(f"{AT}/period", **PERIOD | wrong))) == fields


def test_the_last_step_names_what_is_missing_with_a_link_and_has_no_button_until_nothing_is(
    desk: Desk, empty: Stage
) -> None:
    page = desk.read(f"{AT}/check")
    assert "1 thing is missing" in page
    assert "/open" not in page[page.index("<main") :].replace("open-links", "")
    assert desk.send(f"{AT}/open").status_code == 422
    assert wave_of(empty).ready_at is None
    invite(empty)
    page = desk.read(f"{AT}/check")
    assert "Nothing is missing" in page
    assert f'action="{AT}/open' in page


def test_opened_it_stands_and_people_can_answer(desk: Desk, empty: Stage) -> None:
    invite(empty)
    desk.sent(f"{AT}/period", **PERIOD)
    assert desk.sent(f"{AT}/open") == "/evaluations/samen"
    assert "opens on March 4, 2030" in desk.read("/evaluations/samen")
    assert desk.read(AT).count("task--done") == 9
    for step, values in (
        ("questionnaire", {"edition": "opdrachtgeverschap/1"}),
        ("confidentiality", {"regime": "anonymous"}),
        ("open", {}),
    ):
        assert desk.send(f"{AT}/{step}", **values).status_code == 409
    desk.sent(f"{AT}/period", **PERIOD | {"sender": "Een ander", "contact_name": "Bram"})
    assert (wave_of(empty).sender, wave_of(empty).contact_name) == ("Bureau", "Bram")


@pytest.mark.parametrize("regime", ["confidential", "attributable", "anonymous"])
def test_each_role_can_be_tried_on_pages_marked_test_and_nothing_stays(desk: Desk, empty: Stage, regime: str) -> None:
    desk.sent(f"{AT}/confidentiality", regime=regime)
    with empty.database.session(readonly=True) as session:
        member = evaluations.memberships(session, evaluations.by_slug(session, "samen"))[0].id
    landing = desk.sent(f"{AT}/try", role="governor", organisation=str(member))
    visitor = empty.client()
    pages = [visitor.get(landing)]
    promise = re.search(r'name="promise" value="(\w+)"', pages[0].text)
    assert promise is not None
    pages.append(visitor.get(visitor.post(landing, data={"begin": "yes", "promise": promise[1]}).location))
    pages.append(visitor.post(f"{landing}/g1", data={"g1_1": "4", "save-and": "continue"}, follow_redirects=True))
    pages.append(visitor.get(f"{landing}/check-answers"))
    pages.append(visitor.post(f"{landing}/check-answers", data={"send": "yes"}, follow_redirects=True))
    pages.append(visitor.get(f"{landing}/thank-you"))
    assert [(page.status_code, 'id="test"' in page.text, "<title>TEST –" in page.text) for page in pages] == [
        (200, True, True)
    ] * 6
    assert "Tried: 1, of which sent in: 1" in desk.read(f"{AT}/check")
    invite(empty)
    desk.sent(f"{AT}/open")
    with empty.database.session(readonly=True) as session:
        left = [session.scalar(select(func.count()).select_from(table)) for table in (Response, Answer)]
        assert left == [0, 0]
        assert not session.scalars(select(Invitee).where(Invitee.test)).all()
    assert visitor.get(landing).status_code == 404


def test_pages_of_who_is_really_asked_are_not_marked(stage: Stage) -> None:
    set_up(stage, answers="nobody")
    with stage.database.session() as session:
        study = evaluations.by_slug(session, "samen")
        _invitation, token = invitations.invite(
            session, wave=evaluations.wave(session, study), membership=study.memberships[0], role="governor",
            name="Bram", email="b@example.nl", language="nl", secret_key=SECRET, by=None,
        )  # fmt: skip
        session.commit()
    assert "TEST" not in stage.client().get(f"/r/{token}").text


def test_tests_are_thrown_away_on_request(desk: Desk, empty: Stage) -> None:
    with empty.database.session(readonly=True) as session:
        member = evaluations.memberships(session, evaluations.by_slug(session, "samen"))[0].id
    landing = desk.sent(f"{AT}/try", role="governor", organisation=str(member))
    assert desk.sent(f"{AT}/try/clear") == f"{AT}/check#try"
    assert empty.client().get(landing).status_code == 404
    assert desk.send(f"{AT}/try", role="mayor", organisation=str(member)).status_code == 422
    assert desk.send(f"{AT}/try", role="governor", organisation="999").status_code == 404


def test_extending_closing_and_reopening_ask_for_a_reason(stage: Stage) -> None:
    set_up(stage)
    desk, at = Desk.of(stage, "anna", "/evaluations/samen"), "/evaluations/samen"
    later = (clock.now() + timedelta(days=40)).date().isoformat()
    assert {field for field, _words in desk.refused(f"{at}/extend")} == {"extend-reason", "extend-closes_on"}
    early = {"extend-closes_on": "2020-01-01", "extend-reason": "Zo"}
    assert [field for field, _words in desk.refused(f"{at}/extend", **early)] == ["extend-closes_on"]
    desk.sent(f"{at}/extend", **{"extend-closes_on": later, "extend-reason": "Vakantie"})
    assert "People can answer up to and including" in desk.read(at)
    assert [field for field, _words in desk.refused(f"{at}/close", **{"close-reason": "  "})] == ["close-reason"]
    desk.sent(f"{at}/close", **{"close-reason": "Genoeg"})
    assert desk.send(f"{at}/close", **{"close-reason": "Genoeg"}).status_code == 409
    desk.sent(f"{at}/reopen", **{"reopen-closes_on": later, "reopen-reason": "Toch niet"})
    assert stage.verbs()[-3:] == ["wave.extend", "wave.close", "wave.reopen"]
    assert {desk.send(f"{at}/{verb}").status_code for verb in ("close", "extend")} == {422}
    for who, status in (("lead", 403), ("bram", 403)):
        other = Desk.of(stage, who, at)
        assert {other.send(f"{at}/{verb}").status_code for verb in ("close", "extend", "reopen")} == {status}
