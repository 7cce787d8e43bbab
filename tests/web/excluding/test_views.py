"""A researcher excludes a response with a reason, sees it as excluded everywhere, and counts it again."""

import re

import pytest
from sqlalchemy import select

from surveyapp.actions import publications, responses, tallies, waves
from surveyapp.models import Evaluation, Event, Invitation, Invitee, Response, User, Wave
from surveyapp.queries import editions
from tests import cast
from tests.web.staff import Stage, admit_everybody, edition

ROOM = "/evaluations/samen/monitor/responses"
WHY = "Twee keer ingevuld."


def _fill(stage: Stage, regime: str) -> None:
    """Bas governs Almelo and six officials of it answered; everybody gave a four."""
    with stage.database.session() as session:
        study = cast.study(session, asked=edition(), regime=regime)
        seats = [study.invite(session, "governor", name="Bas Bakker", email="bas@almelo.example")]
        seats += [study.invite(session, "official", name=f"Persoon {number}") for number in range(6)]
        for seat in seats:
            begun = responses.start(session, invitation=seat)
            asked = editions.by_digest(session, study.wave.edition_digest, begun.role).questionnaire
            responses.save(session, response=begun, questionnaire=asked, answers={"g1_1": "4", "g1_good": "Kort."})
            responses.submit(session, response=begun, questionnaire=asked)
        admit_everybody(stage, session, study.evaluation, study.anna)
        session.commit()


@pytest.fixture
def team(stage: Stage) -> Stage:
    _fill(stage, "confidential")
    stage.app.config["WTF_CSRF_ENABLED"] = False
    return stage


def _seat(stage: Stage, name: str = "Bas Bakker") -> int:
    """Their invitation."""
    with stage.database.session(readonly=True) as session:
        return session.scalars(select(Invitation.id).join(Invitation.invitee).where(Invitee.name == name)).one()


def _act(stage: Stage, act: str, reason: str = WHY, who: str = "anna") -> tuple[int, str]:
    """The answer, and the page that it leads to."""
    client = stage.client(who)
    answer = client.post(f"{ROOM}/{_seat(stage)}/{act}?language=en", data={"reason": reason})
    shown = client.get(f"{answer.location}?language=en") if answer.status_code == 303 else answer
    return answer.status_code, shown.text


def _page(stage: Stage, path: str = "") -> str:
    answer = stage.client("anna").get(path or ROOM, query_string={"language": "en"})
    assert answer.status_code == 200, path
    return answer.text


def test_everybody_who_sent_in_is_listed_without_any_answer(team: Stage) -> None:
    page = _page(team)
    assert "7 responses" in page
    assert ("Bas Bakker" in page, "Persoon 5" in page, "Kort." in page) == (True, True, False)
    assert "Excluded (0)" in page


def test_excluded_with_a_reason_it_is_seen_as_such_on_every_page_about_it(team: Stage) -> None:
    status, page = _act(team, "exclude")
    assert (status, "The response is excluded." in page) == (303, True)
    for path in (ROOM, f"{ROOM}?excluded=1", f"{ROOM}/{_seat(team)}"):
        page = team.client("anna").get(path).text
        assert ("Uitgesloten" in page or "uitgesloten" in page, WHY in page) == (True, True), path
    assert "1 response is excluded" in _page(team, "/evaluations/samen/monitor")
    with team.database.session(readonly=True) as session:
        assert session.scalars(select(Event.verb).order_by(Event.id.desc())).first() == "response.exclude"
    assert "they count in no result" in _page(team, f"/evaluations/samen/people/{_seat(team)}")
    assert "Response excluded" in _page(team, "/evaluations/samen/log")


def test_counted_again_nothing_is_left_of_it(team: Stage) -> None:
    _act(team, "exclude")
    assert _act(team, "include", "Toch goed.")[0] == 303
    assert "Excluded (0)" in _page(team)
    with team.database.session() as session:
        wave = session.scalars(select(Wave).join(Evaluation).where(Evaluation.slug == "samen")).one()
        assert tallies.recount(session, wave=wave) == []


@pytest.mark.parametrize(
    ("reason", "said"), [("", "Fill in why"), ("Bakker deed dit", "Leave the name"), ("x" * 501, "too long")]
)
def test_a_reason_that_cannot_stand_in_the_log_is_told_at_its_field(team: Stage, reason: str, said: str) -> None:
    status, page = _act(team, "exclude", reason)
    assert (status, said in page) == (422, True)
    assert 'href="#reason"' in page
    assert f">\n{reason}</textarea>" in page
    assert "Excluded (0)" in _page(team)


def test_what_does_not_fit_how_it_is_now_is_a_page_that_says_so(team: Stage) -> None:
    assert _act(team, "include")[0] == 409
    _act(team, "exclude")
    status, page = _act(team, "exclude")
    assert (status, "has been excluded already" in page) == (409, True)


def test_after_publishing_it_is_said_that_a_correction_is_needed(team: Stage) -> None:
    with team.database.session() as session:
        anna = session.scalars(select(User).where(User.name == "Anna")).one()
        wave = session.scalars(select(Wave).join(Evaluation).where(Evaluation.slug == "samen")).one()
        waves.close(session, wave=wave, by=anna)
        publications.publish(session, wave=wave, by=anna)
        session.commit()
    assert "Publish a correction" in _act(team, "exclude")[1]


@pytest.mark.parametrize("path", ["/0", "/2147483647", "/99999999999999999999999", "/x"])
def test_what_is_not_there_is_not_found(team: Stage, path: str) -> None:
    assert team.client("anna").get(f"{ROOM}{path}").status_code == 404
    assert team.client("anna").post(f"{ROOM}{path}/exclude", data={"reason": WHY}).status_code in {404, 405}


def test_of_another_study_no_response_can_be_excluded(team: Stage) -> None:
    with team.database.session() as session:
        other = session.scalars(select(Evaluation).where(Evaluation.slug != "samen")).first()
        assert other is not None
        elsewhere = f"/evaluations/{other.slug}/monitor/responses/{_seat(team)}"
    assert team.client("anna").get(elsewhere).status_code in {403, 404}
    assert team.client("anna").post(f"{elsewhere}/exclude", data={"reason": WHY}).status_code in {403, 404}


def test_the_organisation_can_be_chosen_and_nothing_else_from_the_address(team: Stage) -> None:
    assert "7 responses" in team.client("anna").get(f"{ROOM}?organisation=GM0141&language=en").text
    assert "No response fits" in team.client("anna").get(f"{ROOM}?organisation=GM0147&language=en").text
    assert "7 responses" in team.client("anna").get(f"{ROOM}?organisation=x&page=-3&language=en").text


def test_in_an_anonymous_wave_there_is_no_list_and_nothing_to_exclude(stage: Stage) -> None:
    _fill(stage, "anonymous")
    stage.app.config["WTF_CSRF_ENABLED"] = False
    page = _page(stage)
    assert "none can be excluded" in page
    assert not re.search(r"Bas Bakker|Persoon \d", page)
    with stage.database.session(readonly=True) as session:
        assert session.scalars(select(Response.submitted)).all().count(True) > 5
        seats = session.scalars(select(Invitation.id)).all()
    for seat in seats:
        assert stage.client("anna").get(f"{ROOM}/{seat}").status_code == 404
        assert stage.client("anna").post(f"{ROOM}/{seat}/exclude", data={"reason": WHY}).status_code == 404
