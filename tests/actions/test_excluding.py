"""A wrong or duplicate response counts nowhere, stays where it is, and counts again when that was a mistake."""

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from surveyapp.actions import delegations, excluding, privacy, publications, responses, tallies, waves
from surveyapp.errors import InvalidContent, WrongState
from surveyapp.models import Event, Invitation, ItemTally, Receipt, Response, ThemeTally
from surveyapp.queries import answers, editions, personal_data
from tests import cast
from tests.actions.conftest import Time
from tests.cast import SECRET_KEY, Study

WHY = "Twee keer ingevuld, zegt de contactpersoon."


@pytest.fixture
def study(session: Session) -> Study:
    made = cast.study(session)
    for mark in "1234":
        made.respond(session, "official", t1_1=mark, t1_3="2", scale_of_it="local")
    return made


def _counts(session: Session, study: Study) -> dict[str, list[tuple[object, ...]]]:
    return {
        tally.__tablename__: sorted(
            tuple(row) for row in session.execute(select(*tally.__table__.c).where(tally.wave_id == study.wave.id))
        )
        for tally in (ItemTally, ThemeTally)
    }


def _row(session: Session, response: Response) -> Response:
    again = select(Response).where(Response.id == response.id)
    return session.scalars(again.execution_options(populate_existing=True)).one()


def test_an_excluded_response_counts_in_neither_tally_and_a_recount_agrees(session: Session, study: Study) -> None:
    before = _counts(session, study)
    wrong = study.respond(session, "official", t1_1="5", t1_good="Van mij.", first_things="time>money")
    assert _counts(session, study) != before
    excluding.exclude(session, response=wrong, reason=WHY, by=study.anna)
    assert _counts(session, study) == before
    assert tallies.recount(session, wave=study.wave) == []


def test_included_again_it_counts_exactly_as_it_did(session: Session, study: Study) -> None:
    one = study.respond(session, "governor", t1_1="5", t1_2="1", t1_good="Van mij.")
    before = _counts(session, study)
    excluding.exclude(session, response=one, reason=WHY, by=study.anna)
    excluding.include(session, response=one, reason="Het was toch een ander.", by=study.anna)
    assert _counts(session, study) == before
    assert _row(session, one).counts
    assert tallies.recount(session, wave=study.wave) == []


def test_it_stays_with_who_excluded_it_when_and_why_and_in_the_log(session: Session, study: Study, time: Time) -> None:
    one = study.respond(session, "official", t1_1="5")
    excluding.exclude(session, response=one, reason=f"  {WHY}\n", by=study.anna)
    kept = _row(session, one)
    assert (kept.excluded_at, kept.excluded_by, kept.excluded_reason) == (time.now(), study.anna.id, WHY)
    assert (kept.submitted, kept.counts) == (True, False)
    excluding.include(session, response=one, reason="Vergissing.", by=study.anna)
    assert (one.excluded_at, one.excluded_by, one.excluded_reason) == (None, None, None)
    events = session.scalars(select(Event).where(Event.subject == f"response:{one.id}").order_by(Event.id)).all()
    assert [(event.verb, event.actor_id, event.details) for event in events] == [
        ("response.exclude", study.anna.id, {"reason": WHY}),
        ("response.include", study.anna.id, {"reason": "Vergissing."}),
    ]


def test_what_was_written_in_it_is_not_read_with_the_rest(session: Session, study: Study) -> None:
    study.respond(session, "official", t1_1="4", t1_good="Korte lijnen.")
    wrong = study.respond(session, "official", t1_1="4", t1_good="Dit was een proef.")
    excluding.exclude(session, response=wrong, reason=WHY, by=study.anna)
    read = answers.open_answers(session, study.wave, questions=["t1_good"])
    assert [answer.text for answer in read] == ["Korte lijnen."]
    assert "Dit was een proef." not in set(answers.raw(session, study.wave)["answer"])


def test_among_everybody_who_handed_in_it_is_marked_as_excluded(session: Session, study: Study) -> None:
    wrong = study.respond(session, "governor", t1_1="5")
    excluding.exclude(session, response=wrong, reason=WHY, by=study.anna)
    people = list(answers.People(session, study.wave))
    assert sorted((person.role, person.excluded) for person in people) == [
        ("governor", True),
        *[("official", False)] * 4,
    ]


def test_it_can_be_done_after_closing_too(session: Session, study: Study) -> None:
    wrong = study.respond(session, "official", t1_1="5")
    waves.close(session, wave=study.wave, by=study.anna)
    excluding.exclude(session, response=wrong, reason=WHY, by=study.anna)
    assert tallies.recount(session, wave=study.wave) == []
    excluding.include(session, response=wrong, reason=WHY, by=study.anna)
    assert tallies.recount(session, wave=study.wave) == []


def test_what_was_published_stays_and_a_correction_comes_after_it(session: Session, study: Study) -> None:
    for mark in "12345":
        study.respond(session, "official", t1_1=mark)
    wrong = study.respond(session, "official", t1_1="5")
    waves.close(session, wave=study.wave, by=study.anna)
    first = publications.publish(session, wave=study.wave, by=study.anna)
    shown = dict(first.document)
    with pytest.raises(WrongState, match="already-published"):
        publications.publish(session, wave=study.wave, by=study.anna)
    excluding.exclude(session, response=wrong, reason=WHY, by=study.anna)
    assert first.document == shown
    second = publications.publish(session, wave=study.wave, by=study.anna, reason="Een inzending was dubbel.")
    assert (second.number, second.data_digest != first.data_digest) == (2, True)


@pytest.mark.parametrize("reason", ["", "  \n", "x" * 501])
def test_without_a_reason_or_with_a_story_nothing_happens(session: Session, study: Study, reason: str) -> None:
    one = study.respond(session, "official", t1_1="5")
    before = _counts(session, study)
    with pytest.raises(InvalidContent, match=r"reason-(missing|too-long)"):
        excluding.exclude(session, response=one, reason=reason, by=study.anna)
    excluding.exclude(session, response=one, reason=WHY, by=study.anna)
    with pytest.raises(InvalidContent, match=r"reason-(missing|too-long)"):
        excluding.include(session, response=one, reason=reason, by=study.anna)
    excluding.include(session, response=one, reason=WHY, by=study.anna)
    assert _counts(session, study) == before


@pytest.mark.parametrize("reason", ["Bartholomeus vulde het twee keer in", "zie b.berg@almelo.example"])
def test_the_reason_names_nobody(session: Session, study: Study, reason: str) -> None:
    seat = study.invite(session, "official", name="Bartholomeus Berg", email="b.berg@almelo.example")
    one = responses.start(session, invitation=seat)
    study.save(session, one, t1_1="5")
    study.submit(session, one)
    with pytest.raises(InvalidContent, match="reason-names-person"):
        excluding.exclude(session, response=one, reason=reason, by=study.anna)


def test_what_does_not_fit_how_it_is_now_is_refused(session: Session, study: Study) -> None:
    one = study.respond(session, "official", t1_1="5")
    draft = study.begin(session, "official", t1_1="5")
    with pytest.raises(WrongState, match="not-sent"):
        excluding.exclude(session, response=draft, reason=WHY, by=study.anna)
    with pytest.raises(WrongState, match="not-excluded"):
        excluding.include(session, response=one, reason=WHY, by=study.anna)
    excluding.exclude(session, response=one, reason=WHY, by=study.anna)
    with pytest.raises(WrongState, match="already-excluded"):
        excluding.exclude(session, response=one, reason=WHY, by=study.anna)
    study.withdraw(session, one)
    with pytest.raises(WrongState, match="response-withdrawn"):
        excluding.include(session, response=one, reason=WHY, by=study.anna)
    assert tallies.recount(session, wave=study.wave) == []


def test_in_an_anonymous_wave_nobody_can_point_at_a_response(session: Session) -> None:
    study = cast.study(session, regime="anonymous")
    for _ in range(5):
        study.invite(session, "official")
    begun = study.begin(session, "official", t1_1="5")
    with pytest.raises(WrongState, match="anonymous-wave"):
        excluding.exclude(session, response=begun, reason=WHY, by=study.anna)
    begun.excluded_at, begun.excluded_reason = begun.wave.opens_at, WHY
    with pytest.raises(IntegrityError, match="excluded"):
        session.flush()
    session.rollback()


def test_reopened_and_handed_in_again_it_stays_excluded(session: Session, study: Study) -> None:
    before = _counts(session, study)
    one = study.respond(session, "official", t1_1="5")
    excluding.exclude(session, response=one, reason=WHY, by=study.anna)
    study.reopen(session, one)
    assert _counts(session, study) == before
    study.save(session, one, t1_1="3")
    study.submit(session, one)
    assert _counts(session, study) == before
    assert tallies.recount(session, wave=study.wave) == []
    excluding.include(session, response=_row(session, one), reason="Nu wel goed.", by=study.anna)
    marks = select(func.sum(ItemTally.count)).where(ItemTally.question == "t1_1", ItemTally.answer == "3")
    assert session.scalar(marks.where(ItemTally.wave_id == study.wave.id)) == 2
    assert tallies.recount(session, wave=study.wave) == []


def test_a_draft_is_included_again_and_counts_once_it_is_handed_in(session: Session, study: Study) -> None:
    one = study.respond(session, "official", t1_1="5")
    excluding.exclude(session, response=one, reason=WHY, by=study.anna)
    study.reopen(session, one)
    before = _counts(session, study)
    excluding.include(session, response=_row(session, one), reason="Mag opnieuw.", by=study.anna)
    assert _counts(session, study) == before
    study.submit(session, one)
    assert _counts(session, study) != before
    assert tallies.recount(session, wave=study.wave) == []


def test_withdrawn_or_erased_it_is_not_taken_out_a_second_time(session: Session, study: Study) -> None:
    before = _counts(session, study)
    withdrawn = study.respond(session, "official", t1_1="5")
    excluding.exclude(session, response=withdrawn, reason=WHY, by=study.anna)
    study.withdraw(session, withdrawn)
    seat = study.invite(session, "official", name="Iemand", email="weg@almelo.example")
    erased = responses.start(session, invitation=seat)
    study.save(session, erased, t1_1="5")
    study.submit(session, erased)
    excluding.exclude(session, response=erased, reason=WHY, by=study.anna)
    (person,) = personal_data.found(session, study.evaluation, "weg@")
    assert privacy.erase(session, person=person, reason="Verzoek 3.", by=study.anna).counted == 0
    assert _counts(session, study) == before
    assert tallies.recount(session, wave=study.wave) == []


def test_a_recount_is_possible_though_somebody_is_excluded(session: Session, study: Study) -> None:
    """There are as many receipts as responses: nothing was erased."""
    one = study.respond(session, "official", t1_1="5")
    excluding.exclude(session, response=one, reason=WHY, by=study.anna)
    here = select(func.count()).select_from(Receipt).join(Invitation).join(Invitation.invitee)
    assert session.scalar(here) == session.scalar(select(func.count()).where(Response.submitted))
    session.execute(delete(ItemTally).where(ItemTally.wave_id == study.wave.id))
    wrong = tallies.recount(session, wave=study.wave)
    assert {difference.tally for difference in wrong} == {"item_tally"}
    assert sum(difference.counted for difference in wrong if difference.key[0] == "t1_1") == 4


def test_what_a_colleague_answered_is_left_out_and_taken_in_with_the_rest(session: Session, study: Study) -> None:
    one = study.begin(session, "official", t2_1="2")
    passed, _token = delegations.pass_on(
        session,
        response=one,
        section="first",
        name="Carla",
        email="carla@almelo.example",
        language="nl",
        secret_key=SECRET_KEY,
    )
    asked = editions.of(session, study.wave).questionnaire
    responses.save(session, response=one, questionnaire=asked, answers={"t1_1": "5"}, delegation_id=passed.id)
    study.submit(session, one)
    before = _counts(session, study)
    excluding.exclude(session, response=one, reason=WHY, by=study.anna)
    excluding.include(session, response=one, reason=WHY, by=study.anna)
    assert _counts(session, study) == before
