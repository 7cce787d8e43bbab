"""What the team decides about personal data, and does when somebody asks for theirs."""

import json
import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from surveyapp import clock
from surveyapp.actions import interviews, waves
from surveyapp.models import Answer, Evaluation, Event, Invitation, Invitee, Receipt, User, Wave
from tests.web.staff import Stage, set_up

PRIVACY = "/evaluations/samen/privacy"


@pytest.fixture
def stage(stage: Stage) -> Stage:
    """With Bram, who answered, and a governor with a name of her own who did not."""
    set_up(stage, answers="one")
    with stage.database.session() as session:
        seat = session.scalars(select(Invitee).where(Invitee.role == "governor").order_by(Invitee.id)).all()[-1]
        seat.name, seat.email = "Wilhelmina <Zes>", "w.zes@almelo.example"
        session.commit()
    return stage


def posted(client: FlaskClient, address: str, **data: str) -> tuple[int, str, str]:
    """Status, where it leads and the page."""
    page = client.get(PRIVACY).text
    proof = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert proof is not None
    answer = client.post(address, data={"csrf_token": proof[1], **data})
    return answer.status_code, answer.headers.get("Location", ""), answer.text


def seat_of(stage: Stage, name: str) -> int:
    with stage.database.session(readonly=True) as session:
        asked = select(Invitee.id).join(Wave).join(Evaluation).where(Evaluation.slug == "samen", Invitee.name == name)
        return session.scalars(asked.order_by(Invitee.id)).all()[-1]


def test_only_the_team_of_the_study_comes_here(stage: Stage) -> None:
    seat = seat_of(stage, "Wilhelmina <Zes>")
    pages = [PRIVACY, f"{PRIVACY}/invitees/{seat}", f"{PRIVACY}/invitees/{seat}/overview"]
    for who, status in (("anna", 200), ("owner", 200), ("lead", 403), ("bram", 403), ("dirk", 404)):
        assert [stage.client(who).get(page).status_code for page in pages] == [status] * 3


def test_nobody_of_another_study_is_reached_through_ones_own(stage: Stage) -> None:
    client = stage.client("dirk")
    seat = seat_of(stage, "Wilhelmina <Zes>")
    for page in ("", "/overview", "/overview.json"):
        assert client.get(f"/evaluations/elders/privacy/invitees/{seat}{page}").status_code == 404
        assert client.get(f"/evaluations/elders/privacy/colleagues/{seat}{page}").status_code == 404


def test_somebody_is_looked_for_without_a_name_in_any_address_or_in_the_log(stage: Stage) -> None:
    status, where, _page = posted(stage.client("anna"), f"{PRIVACY}/people", words="W.ZES")
    assert (status, where) == (303, f"{PRIVACY}/invitees/{seat_of(stage, 'Wilhelmina <Zes>')}")
    status, _where, page = posted(stage.client("anna"), f"{PRIVACY}/people", words="almelo")
    assert status == 200
    assert "Wilhelmina &lt;Zes&gt;" in page
    assert "Niemand van dit onderzoek" in posted(stage.client("anna"), f"{PRIVACY}/people", words="nobody")[2]
    assert posted(stage.client("anna"), f"{PRIVACY}/people", words="zz")[0] == 422
    with stage.database.session(readonly=True) as session:
        assert not any("zes" in str(event.details).lower() for event in session.scalars(select(Event)))


def test_opening_an_overview_is_logged_and_holds_what_was_sent(stage: Stage) -> None:
    with stage.database.session(readonly=True) as session:
        theirs = select(Invitee.id).join(Wave).join(Evaluation).where(Evaluation.slug == "samen")
        answered = session.scalars(theirs).all()
    found = [stage.client("anna").get(f"{PRIVACY}/invitees/{seat}/overview").text for seat in answered]

    assert any("Oneens" in page for page in found)
    assert stage.verbs()[-1] == "privacy.access"
    file = stage.client("anna").get(f"{PRIVACY}/invitees/{answered[0]}/overview.json")
    assert "attachment" in file.headers["Content-Disposition"]
    assert json.loads(file.text)["held"]["invitee"][0]["email"]


def test_an_overview_is_in_the_words_of_who_asks_and_holds_no_codes(stage: Stage) -> None:
    with stage.database.session(readonly=True) as session:
        sent = select(Receipt.invitation_id)
        theirs = select(Invitee.id).join(Invitation).where(Invitation.id.in_(sent)).join(Wave).join(Evaluation)
        seat = session.scalars(theirs.where(Evaluation.slug == "samen")).first()
    page = stage.client("anna").get(f"{PRIVACY}/invitees/{seat}/overview").text
    told = dict(re.findall(r"<dt>([^<]+)</dt><dd>([^<]+)</dd>", page))
    assert told["Rol"] in {"Bestuurder", "Ambtenaar"}
    assert (told["Taal"], told["Hoe"]) == ("Nederlands", "op deze pagina’s")


def test_a_correction_holds_and_needs_a_reason(stage: Stage) -> None:
    seat, client = seat_of(stage, "Wilhelmina <Zes>"), stage.client("anna")
    new = {"name": "Mina Zes", "email": "mina@almelo.example", "spoken": "en"}
    status, _where, page = posted(client, f"{PRIVACY}/invitees/{seat}/correct", **new, reason="")
    assert (status, 'href="#reason"' in page) == (422, True)
    status, where, _page = posted(client, f"{PRIVACY}/invitees/{seat}/correct", **new, reason="Trouwde")
    assert (status, where) == (303, f"{PRIVACY}/invitees/{seat}")
    page = client.get(where).text
    assert "De gegevens zijn verbeterd" in page
    assert "mina@almelo.example" in page


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"sure": ""}, "sure"), ({"why": ""}, "why"), ({"why": "Wilhelmina vroeg het"}, "why")],
)
def test_nobody_is_erased_by_mistake(stage: Stage, wrong: dict[str, str], field: str) -> None:
    seat = seat_of(stage, "Wilhelmina <Zes>")
    whole = {"why": "Verzoek van 3 november", "sure": "yes"} | wrong
    status, _where, page = posted(stage.client("anna"), f"{PRIVACY}/invitees/{seat}/erase", **whole)
    assert (status, f'href="#{field}"' in page, f'id="{field}"' in page) == (422, True, True)
    assert seat_of(stage, "Wilhelmina <Zes>") == seat


def test_every_mistake_is_told_at_once(stage: Stage) -> None:
    seat, client = seat_of(stage, "Wilhelmina <Zes>"), stage.client("anna")
    for verb, typed, wrong in (
        ("erase", {"why": " "}, ["why", "sure"]),
        ("correct", {"name": " ", "email": "nobody", "spoken": "nl", "reason": ""}, ["name", "email", "reason"]),
    ):
        status, _where, page = posted(client, f"{PRIVACY}/invitees/{seat}/{verb}", **typed)
        assert status == 422
        assert re.findall(r'href="#(\w+)"', page.partition('id="errors"')[2].partition("</ul>")[0]) == wrong


def test_who_was_erased_is_gone_and_the_team_is_told_what_changed(stage: Stage) -> None:
    with stage.database.session(readonly=True) as session:
        before = len(session.scalars(select(Answer)).all())
    seat, client = seat_of(stage, "Bram"), stage.client("anna")
    data = {"why": "Verzoek van 3 november", "sure": "yes"}
    status, where, _page = posted(client, f"{PRIVACY}/invitees/{seat}/erase", **data)
    assert (status, where) == (303, PRIVACY)
    page = client.get(where).text
    assert "is gewist" in page
    assert "uit de totalen gehaald" in page
    assert client.get(f"{PRIVACY}/invitees/{seat}").status_code == 404
    with stage.database.session(readonly=True) as session:
        assert len(session.scalars(select(Answer)).all()) < before
    assert "Verzoek van 3 november" in stage.page("anna", "/log")


def test_days_are_chosen_and_what_they_will_erase_is_told_beforehand(stage: Stage) -> None:
    client = stage.client("anna")
    day = clock.now().date() + timedelta(days=400)
    chosen = {"ground": "consent", "privacy_contact": "fg@almelo.example", "invitees_until": str(day)}
    status, where, _page = posted(client, PRIVACY, **chosen)
    assert (status, where) == (303, PRIVACY)
    page = client.get(PRIVACY).text
    assert f'value="{day}"' in page
    assert "namen, adressen en links van" in page
    assert "U kunt" in client.get("/privacy/samen").text
    assert "fg@almelo.example" in client.get("/privacy/samen").text


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"texts_until": str(clock.now().date())}, "texts_until"),
        ({"texts_until": "morgen"}, "texts_until"),
        ({"privacy_contact": "niemand"}, "privacy_contact"),
        ({"ground": "omdat"}, "ground"),
    ],
)
def test_a_mistake_in_the_settings_is_told_at_its_field(stage: Stage, wrong: dict[str, str], field: str) -> None:
    status, _where, page = posted(stage.client("anna"), PRIVACY, **({"ground": "consent"} | wrong))
    assert (status, f'href="#{field}"' in page) == (422, True)


def test_the_privacy_page_of_a_study_is_made_of_its_settings_in_both_languages(stage: Stage) -> None:
    client = stage.client()
    page = client.get("/privacy/samen").text
    for told in ("onder e, van de AVG", "anna@bureau.example", "minstens 5", "Er is nog geen dag bepaald"):
        assert told in page
    assert "<dt>Uw eigen organisatie</dt>" in page
    assert "You can ask to see your data" in client.get("/privacy/samen?language=en").text
    assert client.get("/privacy/nergens").status_code == 404


def test_a_study_that_is_being_set_up_has_no_public_page_yet(stage: Stage) -> None:
    with stage.database.session() as session:
        for wave in session.scalars(select(Wave)):
            wave.ready_at = None
        session.commit()
    assert stage.client().get("/privacy/samen").status_code == 404


def test_the_dates_can_be_read_when_a_wave_is_closed(stage: Stage) -> None:
    with stage.database.session() as session:
        study = session.scalars(select(Evaluation).where(Evaluation.slug == "samen")).one()
        wave = session.scalars(select(Wave).where(Wave.evaluation_id == study.id)).one()
        study.texts_until = study.answers_until = clock.now().date() - timedelta(days=2)
        session.commit()
        assert "Dit wacht" in stage.page("anna", "/privacy")
        waves.close(session, wave=wave, by=None)
        session.commit()
    assert "Dit gebeurt vannacht" in stage.page("anna", "/privacy")


def test_who_was_never_invited_is_found_seen_corrected_and_erased(stage: Stage) -> None:
    with stage.database.session() as session:
        study = session.scalars(select(Evaluation).where(Evaluation.slug == "samen")).one()
        wave = session.scalars(select(Wave).where(Wave.evaluation_id == study.id)).one()
        anna = session.scalars(select(User).where(User.email.startswith("anna"))).one()
        talk = interviews.plan(session, wave=wave, membership=None, by=anna)
        spoken_to = interviews.add_participant(session, interview=talk, name="Quirina <Zeven>", job="Chef", by=anna).id
        session.commit()
    client = stage.client("anna")
    status, where, _page = posted(client, f"{PRIVACY}/people", words="quirina")
    assert (status, where) == (303, f"{PRIVACY}/participants/{spoken_to}")
    page = client.get(where).text
    assert ("Quirina &lt;Zeven&gt;" in page, 'name="spoken"' in page) == (True, False)
    assert "Chef" in client.get(f"{where}/overview").text
    new = {"name": "Quirien", "email": "", "reason": "Verschreven"}
    assert posted(client, f"{where}/correct", **{**new, "email": "geen adres"})[0] == 422
    assert posted(client, f"{where}/correct", **new)[:2] == (303, where)
    assert posted(client, f"{where}/erase", why="Verzoek van 3 november", sure="yes")[:2] == (303, PRIVACY)
    assert client.get(where).status_code == 404
