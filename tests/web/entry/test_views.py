"""A researcher enters what came on paper or by telephone: the invitee's own pages, and nothing of anybody else."""

import re

import pytest
from sqlalchemy import func, select

from surveyapp.models import PromiseText, Receipt, Response
from tests import cast
from tests.web.entry.entering import LIST, acts, answers, begin, invitation, opened, own_link, page_for, post, response
from tests.web.staff import Stage, shift

pytestmark = pytest.mark.usefixtures("study")


@pytest.fixture
def study(stage: Stage, regime: str) -> cast.Study:
    return opened(stage, regime)


def test_anna_enters_what_bram_wrote_on_paper(stage: Stage, study: cast.Study) -> None:
    client, start = begin(stage)
    onward = post(client, f"{start}/first", {"t1_1": "4", "t1_good": "Zie <b>nota</b>", "save-and": "continue"})
    assert (onward.status_code, onward.location) == (303, f"{start}/last")
    onward = post(client, f"{start}/last", {"scale_of_it": "local", "save-and": "continue"})
    assert onward.location == f"{start}/check-answers"
    looked = client.get(onward.location).get_data(as_text=True)
    assert "Versturen namens de genodigde" in looked
    assert "Zie &lt;b&gt;nota&lt;/b&gt;" in looked
    sent = post(client, f"{start}/check-answers", {"send": "yes"})
    assert (sent.status_code, sent.location) == (303, f"{LIST}#invitee-{invitation(stage).id}")
    assert answers(stage) == {"t1_1": "4", "t1_good": "Zie <b>nota</b>", "scale_of_it": "local"}
    stored = response(stage)
    assert stored is not None
    assert (stored.channel, stored.submitted, stored.entered_by) == ("paper", True, study.anna.id)
    assert "Ingevoerd op papier door Anna" in client.get(LIST).get_data(as_text=True)


def test_every_act_is_in_the_log_and_no_answer_is(stage: Stage) -> None:
    client, start = begin(stage)
    post(client, f"{start}/first", {"t1_good": "Nooit in het logboek", "save-and": "later"})
    post(client, f"{start}/check-answers", {"send": "yes"})
    begin(stage, "Carla", channel="telephone")
    post(client, f"{page_for(stage, 'Carla')}/discard-answers", {}, page=page_for(stage, "Carla"))
    assert acts(stage) == [
        ("response.start", "invitation"),
        ("response.send", "response"),
        ("response.start", "invitation"),
        ("response.discard", "response"),
    ]
    assert response(stage, "Carla") is None


def test_every_page_says_on_whose_behalf_also_after_another_was_entered(stage: Stage) -> None:
    client, bram = begin(stage)
    _client, carla = begin(stage, "Carla", channel="telephone")
    for page in ("first", "last", "check-answers"):
        shown = client.get(f"{bram}/{page}").get_data(as_text=True)
        assert "U voert in namens Bram (Almelo, Bestuurder), op papier." in shown, page
        shown = client.get(f"{carla}/{page}").get_data(as_text=True)
        assert "U voert in namens Carla (Almelo, Ambtenaar), per telefoon." in shown, page
        assert "Bram" not in shown, page


def test_a_mistake_on_the_form_comes_back_with_everything_typed(stage: Stage) -> None:
    client, start = begin(stage)
    answer = post(client, f"{start}/first", {"t1_1": "4", "t1_good": "x" * 61, "save-and": "continue"})
    shown = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "x" * 61 in shown
    assert "U voert in namens Bram" in shown
    assert answers(stage) == {"t1_1": "4"}


def test_nothing_entered_cannot_be_sent(stage: Stage) -> None:
    client, start = begin(stage)
    refused = post(client, f"{start}/check-answers", {"send": "yes"})
    assert refused.status_code == 422
    assert "U voert in namens Bram" in refused.get_data(as_text=True)
    stored = response(stage)
    assert stored is not None
    assert not stored.submitted


def test_what_is_typed_is_kept_while_the_page_is_open(stage: Stage) -> None:
    client, start = begin(stage)
    kept = post(
        client, f"{start}/first/keep-answers", {"t1_1": "2", "was": "", "language": "nl"}, page=f"{start}/first"
    )
    assert kept.status_code == 200
    assert kept.json is not None
    assert kept.json["saved"]
    assert answers(stage) == {"t1_1": "2"}


def test_the_promise_is_kept_word_for_word(stage: Stage) -> None:
    client, _start = begin(stage, channel="telephone")
    stored = response(stage)
    assert stored is not None
    with stage.database.session(readonly=True) as session:
        promise = session.scalars(select(PromiseText).where(PromiseText.digest == stored.promise)).one()
    shown = client.get(page_for(stage, "Carla")).get_data(as_text=True)
    assert "Aan de telefoon: lees dit eerst voor" in shown
    for line in promise.text.splitlines():
        assert line.partition(": ")[2] or line in shown


def test_what_bram_began_himself_is_nobody_elses_business(stage: Stage, study: cast.Study) -> None:
    own = own_link(stage, study)
    bram = stage.client()
    bram.post(own, data={"begin": "yes"})
    bram.post(f"{own}/first", data={"t1_good": "Dit is van mij.", "save-and": "later"})
    client, start = stage.client("anna"), page_for(stage)
    assert "kunt u niets invoeren" in client.get(start).get_data(as_text=True)
    for page in ("first", "check-answers", "to-be-continued"):
        shown = client.get(f"{start}/{page}")
        assert shown.status_code == 409, page
        assert "Dit is van mij." not in shown.get_data(as_text=True)
    for path, data in (
        (start, {"channel": "paper"}),
        (f"{start}/first", {"t1_1": "1"}),
        (f"{start}/discard-answers", {}),
    ):
        assert post(client, path, data, page=page_for(stage, "Carla")).status_code == 409, path
    assert answers(stage) == {"t1_good": "Dit is van mij."}


def test_what_was_sent_cannot_be_read_or_changed_here(stage: Stage) -> None:
    client, start = begin(stage)
    post(client, f"{start}/first", {"t1_good": "Alleen voor Bram.", "save-and": "later"})
    post(client, f"{start}/check-answers", {"send": "yes"})
    for page in ("", "/first", "/check-answers"):
        assert "Alleen voor Bram." not in client.get(f"{start}{page}").get_data(as_text=True), page
    again = post(client, f"{start}/first", {"t1_1": "1"}, page=page_for(stage, "Carla"))
    assert again.status_code == 409
    sent_again = post(client, f"{start}/check-answers", {"send": "yes"}, page=page_for(stage, "Carla"))
    assert sent_again.status_code == 409
    thrown = post(client, f"{start}/discard-answers", {}, page=page_for(stage, "Carla"))
    assert thrown.status_code == 409
    assert answers(stage) == {"t1_good": "Alleen voor Bram."}
    with stage.database.session(readonly=True) as session:
        assert (
            session.scalar(
                select(func.count()).select_from(Receipt).where(Receipt.invitation_id == invitation(stage).id)
            )
            == 1
        )


def test_bram_cannot_answer_with_his_link_while_anna_enters_and_can_after_she_threw_it_away(
    stage: Stage, study: cast.Study
) -> None:
    own, bram = own_link(stage, study), stage.client()
    client, start = begin(stage)
    for answer in (bram.get(own), bram.post(own, data={"begin": "yes"}), bram.get(f"{own}/first")):
        assert answer.status_code == 409
        assert "Uw antwoorden worden ingevoerd" in answer.get_data(as_text=True)
    assert bram.post(f"{own}/first", data={"t1_1": "1"}).status_code == 409
    assert answers(stage) == {}
    assert post(client, f"{start}/discard-answers", {}, page=start).status_code == 303
    assert bram.post(own, data={"begin": "yes"}).location == f"{own}/first"


def test_bram_finds_what_was_entered_and_can_reopen_it_to_himself_alone(stage: Stage, study: cast.Study) -> None:
    client, start = begin(stage)
    post(client, f"{start}/first", {"t1_1": "4", "save-and": "later"})
    post(client, f"{start}/check-answers", {"send": "yes"})
    own, bram = own_link(stage, study), stage.client()
    thanks = bram.get(f"{own}/thank-you").get_data(as_text=True)
    assert re.search(r"U hebt op papier geantwoord\. Bureau heeft uw antwoorden", thanks)
    assert bram.get(f"{own}/own-copy").status_code == 200
    assert bram.post(f"{own}/change-answers", data={}).status_code == 303
    assert bram.get(f"{own}/first").status_code == 200
    assert client.get(f"{start}/first").status_code == 409
    bram.post(f"{own}/first", data={"t1_1": "5", "was": "", "save-and": "later"})
    assert bram.post(f"{own}/check-answers", data={"send": "yes"}).location == f"{own}/thank-you"
    stored = response(stage)
    assert stored is not None
    assert (stored.channel, stored.entered_by, answers(stage)) == ("web", None, {"t1_1": "5"})


def test_bram_can_withdraw_what_was_entered(stage: Stage, study: cast.Study) -> None:
    client, start = begin(stage)
    post(client, f"{start}/first", {"t1_1": "4", "save-and": "later"})
    post(client, f"{start}/check-answers", {"send": "yes"})
    own = own_link(stage, study)
    assert stage.client().post(f"{own}/withdraw-answers", data={}).status_code == 303
    assert response(stage) is None
    assert "Nog niet begonnen" in client.get(start).get_data(as_text=True)


def test_two_researchers_enter_one_form_once(stage: Stage, study: cast.Study) -> None:
    anna, start = begin(stage)
    owner, _start = begin(stage, who="owner", channel="telephone")
    post(anna, f"{start}/first", {"t1_1": "4", "save-and": "later"})
    assert 'value="4" checked' in owner.get(f"{start}/first").get_data(as_text=True)
    assert post(owner, f"{start}/check-answers", {"send": "yes"}).status_code == 303
    late = post(anna, f"{start}/check-answers", {"send": "yes"}, page=page_for(stage, "Carla"))
    assert late.status_code == 409
    stored = response(stage)
    assert stored is not None
    assert (stored.channel, stored.entered_by) == ("paper", study.anna.id)
    assert [verb for verb, _subject in acts(stage)] == ["response.start", "response.send"]


@pytest.mark.parametrize(("who", "status"), [("lead", 403), ("bram", 403), ("carla", 403), ("dirk", 404)])
def test_nobody_else_enters_or_sees_who_was_invited(stage: Stage, who: str, status: int) -> None:
    _client, start = begin(stage)
    browser = stage.client(who)
    for page in (LIST, start, f"{start}/first", f"{start}/check-answers", "/evaluations/samen/paper-forms/governor"):
        shown = browser.get(page)
        assert shown.status_code == status, page
        assert "Bram" not in shown.get_data(as_text=True), page
    stage.app.config["WTF_CSRF_ENABLED"] = False
    for page in (
        start,
        f"{start}/first",
        f"{start}/first/keep-answers",
        f"{start}/check-answers",
        f"{start}/discard-answers",
    ):
        assert browser.post(page, data={"t1_1": "1", "channel": "paper"}).status_code == status, page
    assert answers(stage) == {}


def test_who_is_not_signed_in_is_asked_to(stage: Stage) -> None:
    assert "/sign-in" in stage.client().get(LIST).location


def test_a_form_of_another_site_is_refused(stage: Stage) -> None:
    client, start = begin(stage)
    assert client.post(f"{start}/first", data={"t1_1": "1"}).status_code == 400
    assert client.post(f"{start}/first/keep-answers", data={"t1_1": "1"}).status_code == 400
    assert client.post(f"{start}/check-answers", data={"send": "yes"}).status_code == 400
    assert answers(stage) == {}


def test_an_invitee_of_another_study_is_not_found(stage: Stage) -> None:
    with stage.database.session(readonly=True) as session:
        elsewhere = session.scalars(select(Response.invitation_id).order_by(Response.started_at)).first()
    client = stage.client("anna")
    for page in ("", "/first", "/check-answers"):
        assert client.get(f"{LIST}/{elsewhere}{page}").status_code == 404, page
    assert client.get(f"{LIST}/999999").status_code == 404


def test_a_closed_questionnaire_takes_nothing_in(stage: Stage) -> None:
    client, start = begin(stage)
    shift(stage, opens_at=-3, closes_at=-1)
    assert client.get(f"{start}/first").status_code == 409
    assert "niet open" in client.get(page_for(stage, "Carla")).get_data(as_text=True)
    assert f'href="{start}"' not in client.get(LIST).get_data(as_text=True)


def test_a_channel_must_be_one_of_the_two(stage: Stage) -> None:
    client, start = stage.client("anna"), page_for(stage)
    for channel in ("web", "", "pigeon"):
        assert post(client, start, {"channel": channel}).status_code == 422, channel
    assert response(stage) is None


@pytest.mark.parametrize("regime", ["anonymous"])
def test_in_an_anonymous_wave_nobody_enters_for_another(stage: Stage) -> None:
    client = stage.client("anna")
    for page in (LIST, page_for(stage), f"{page_for(stage)}/first", "/evaluations/samen/paper-forms/governor"):
        shown = client.get(page)
        assert shown.status_code == 409, page
        assert "anoniem" in shown.get_data(as_text=True)
    assert "/entry" not in client.get("/evaluations/samen").get_data(as_text=True)


def test_the_overview_tells_how_many_came_by_which_channel(stage: Stage) -> None:
    client, start = begin(stage)
    post(client, f"{start}/first", {"t1_1": "4", "save-and": "later"})
    assert "Hiervan kwamen er" not in client.get("/evaluations/samen").get_data(as_text=True)
    post(client, f"{start}/check-answers", {"send": "yes"})
    assert "Hiervan kwamen er 1 op papier en 0 per telefoon." in client.get("/evaluations/samen").get_data(as_text=True)
