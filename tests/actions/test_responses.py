"""Answering: saved as it comes, handed in once, counted with it."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import responses, tallies, waves
from surveyapp.errors import InvalidAnswer, SurveyError, WrongState
from surveyapp.models import Answer, Event, Invitation, ItemTally, Receipt, Response, ThemeTally
from surveyapp.models.database import Database
from surveyapp.queries import counts, editions
from surveyapp.queries import responses as found
from tests import cast
from tests.cast import Study


@pytest.fixture
def study(session: Session) -> Study:
    return cast.study(session)


def _items(session: Session, study: Study) -> dict[tuple[str, str, str], int]:
    rows = session.scalars(select(ItemTally).where(ItemTally.wave_id == study.wave.id))
    return {(row.question, row.role, row.answer): row.count for row in rows}


def _themes(session: Session, study: Study) -> dict[tuple[str, str, int, int], int]:
    rows = session.scalars(select(ThemeTally).where(ThemeTally.wave_id == study.wave.id))
    return {(row.theme, row.role, row.answered, row.total): row.count for row in rows}


def test_starting_twice_gives_the_same_response(session: Session, study: Study) -> None:
    invitation = study.invite(session, "governor")
    first = responses.start(session, invitation=invitation)
    assert responses.start(session, invitation=invitation) is first
    assert (first.role, first.membership_id, first.submitted_at) == ("governor", study.members[0].id, None)


def test_a_withdrawn_invitation_cannot_be_started(session: Session, study: Study) -> None:
    invitation = study.invite(session, "governor")
    invitation.revoked_at = clock.now()
    with pytest.raises(WrongState, match="invitation-revoked"):
        responses.start(session, invitation=invitation)


def test_answers_are_kept_as_they_come_and_a_later_one_replaces_an_earlier(session: Session, study: Study) -> None:
    response = study.begin(session, "governor", t1_1="4", t1_good="Korte lijnen,\r\nveel é en 字.")
    study.save(session, response, t1_1="5", t1_2="")
    assert found.answers(session, response) == {"t1_1": "5", "t1_2": "", "t1_good": "Korte lijnen,\r\nveel é en 字."}


@pytest.mark.parametrize(
    ("question", "value", "code"),
    [
        ("t1_1", "6", "not-an-option"),
        ("t1_1", "04", "not-an-option"),
        ("t1_1", "4 ", "not-an-option"),
        ("t1_3", "4", "not-asked"),
        ("t9_9", "4", "not-asked"),
        ("scale_of_it", "global", "not-an-option"),
        ("t1_good", "x" * 61, "too-long"),
        ("t1_good", "nul\x00", "not-text"),
        ("first_things", "people>people", "ranked-twice"),
    ],
)
def test_an_answer_that_its_question_does_not_allow_is_refused(
    session: Session, study: Study, question: str, value: str, code: str
) -> None:
    response = study.begin(session, "governor")
    with pytest.raises(InvalidAnswer) as refused:
        study.save(session, response, **{question: value})
    assert (refused.value.code, refused.value.details) == (code, {"question": question, "problems": 1})


def test_of_several_answers_all_are_kept_or_none(session: Session, study: Study) -> None:
    response = study.begin(session, "governor")
    with pytest.raises(InvalidAnswer) as refused:
        study.save(session, response, t1_1="4", t1_2="9", scale_of_it="?")
    assert refused.value.details == {"question": "t1_2", "problems": 2}
    assert found.answers(session, response) == {}


def test_before_the_wave_opens_nothing_can_be_started(session: Session, study: Study) -> None:
    study.wave.opens_at = clock.now() + timedelta(hours=1)
    with pytest.raises(WrongState, match="wave-not-open"):
        responses.start(session, invitation=study.invite(session, "governor"))


@pytest.mark.parametrize("how", ["by hand", "by time"])
def test_when_the_wave_is_closed_nothing_can_be_started_saved_or_submitted(
    session: Session, study: Study, how: str
) -> None:
    invitation = study.invite(session, "official")
    draft = study.begin(session, "governor", t1_1="4")
    if how == "by hand":
        waves.close(session, wave=study.wave, by=study.anna)
    else:
        study.wave.closes_at = clock.now() - timedelta(minutes=1)
        session.flush()
    attempts: tuple[Callable[[], object], ...] = (
        lambda: responses.start(session, invitation=invitation),
        lambda: study.save(session, draft, t1_1="5"),
        lambda: study.submit(session, draft),
    )
    for attempt in attempts:
        with pytest.raises(WrongState, match="wave-closed"):
            attempt()
    assert found.answers(session, draft) == {"t1_1": "4"}


def test_submitting_writes_the_receipt_and_counts_every_question_that_was_asked(session: Session, study: Study) -> None:
    response = study.respond(session, "governor", t1_1="4", t1_2="2", scale_of_it="local", t1_good="Ja.")
    assert response.submitted_at is not None
    assert session.get(Receipt, response.invitation_id) is not None
    assert _items(session, study) == {
        ("t1_1", "governor", "4"): 1,
        ("t1_2", "governor", "2"): 1,
        ("t1_weight", "governor", ""): 1,
        ("scale_of_it", "governor", "local"): 1,
    }
    assert _themes(session, study) == {("t1", "governor", 2, 4 + (6 - 2)): 1}


def test_dont_know_and_not_applicable_are_counted_and_have_no_points(session: Session, study: Study) -> None:
    study.respond(session, "official", t1_1="dk", t1_2="na", t1_3="5")
    counted = _items(session, study)
    assert [counted[key, "official", answer] for key, answer in (("t1_1", "dk"), ("t1_2", "na"), ("t2_1", ""))] == [
        1,
        1,
        1,
    ]
    assert _themes(session, study) == {("t1", "official", 1, 5): 1, ("t2", "official", 0, 0): 1}


def test_a_draft_is_in_no_tally(session: Session, study: Study) -> None:
    study.begin(session, "governor", t1_1="4")
    assert (_items(session, study), _themes(session, study)) == ({}, {})


@pytest.mark.parametrize("answers", [{}, {"t1_1": ""}, {"t1_good": " \n "}])
def test_a_response_without_any_answer_cannot_be_submitted(
    session: Session, study: Study, answers: dict[str, str]
) -> None:
    response = study.begin(session, "governor")
    study.save(session, response, **answers)
    with pytest.raises(InvalidAnswer, match="nothing-answered"):
        study.submit(session, response)
    assert response.submitted_at is None


def test_after_submitting_nothing_can_be_saved_or_submitted_again(session: Session, study: Study) -> None:
    response = study.respond(session, "governor", t1_1="4")
    with pytest.raises(WrongState, match="already-submitted"):
        study.save(session, response, t1_1="1")
    with pytest.raises(WrongState, match="already-submitted"):
        study.submit(session, response)
    assert found.answers(session, response) == {"t1_1": "4"}
    assert sum(_items(session, study).values()) == 4


def test_answering_leaves_no_trace_in_the_log(session: Session, study: Study) -> None:
    before = session.scalar(select(func.count()).select_from(Event))
    response = responses.start(session, invitation=study.invite(session, "governor"))
    study.save(session, response, t1_1="4")
    study.submit(session, response)
    after = session.scalars(select(Event.verb).order_by(Event.id)).all()
    assert after[before:] == ["invitation.invite"]


def _in_parallel(work: list[Callable[[], None]]) -> None:
    gate = threading.Barrier(len(work))

    def begin_together(piece: Callable[[], None]) -> None:
        gate.wait()
        piece()

    threads = [threading.Thread(target=begin_together, args=(piece,)) for piece in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_fifty_people_who_submit_at_once_and_twice_are_each_counted_once(database: Database) -> None:
    with database.session() as session:
        study = cast.study(session)
        people = [
            study.invite(session, role, member=place % 3).id for place, role in enumerate(["governor", "official"] * 25)
        ]
        session.commit()
    outcomes: list[str] = []

    def answer(invitation_id: int, value: int) -> None:
        try:
            with database.session() as own:
                response = responses.start(own, invitation=own.get_one(Invitation, invitation_id))
                questionnaire = editions.of(own, response.wave).questionnaire
                answers = {"t1_1": str(value), "t1_2": str(6 - value), "t1_good": f"nummer {invitation_id}"}
                responses.save(own, response=response, questionnaire=questionnaire, answers=answers)
                own.commit()
                responses.submit(own, response=response, questionnaire=questionnaire)
                own.commit()
            outcomes.append("submitted")
        except SurveyError as refused:
            outcomes.append(refused.code)

    def twice(invitation_id: int) -> list[Callable[[], None]]:
        return [lambda: answer(invitation_id, invitation_id % 5 + 1) for _ in range(2)]

    _in_parallel([piece for invitation_id in people for piece in twice(invitation_id)])

    assert sorted(outcomes) == ["already-submitted"] * 50 + ["submitted"] * 50
    with database.session() as session:
        study.wave = session.merge(study.wave)
        mine = select(Response.id).where(Response.wave_id == study.wave.id, Response.submitted_at.is_not(None))
        assert len(session.scalars(mine).all()) == 50
        assert session.scalar(select(func.count()).select_from(Receipt)) == 50 + 1
        assert session.scalar(select(func.count()).where(Answer.response_id.in_(mine))) == 150
        assert tallies.recount(session, wave=study.wave) == []
        items = counts.of(session, study.wave, cast.edition().questionnaire).items
        assert items.loc[items["question"] == "t1_1", "count"].sum() == 50


def test_a_save_beside_a_submission_is_counted_or_refused(database: Database) -> None:
    with database.session() as session:
        study = cast.study(session)
        drafts = [study.begin(session, "official", t1_1="1").id for _ in range(20)]
        session.commit()
    refusals: list[str] = []

    def act(response_id: int, *, hand_in: bool) -> None:
        with database.session() as own:
            response = own.get_one(Response, response_id)
            questionnaire = editions.of(own, response.wave).questionnaire
            try:
                if hand_in:
                    responses.submit(own, response=response, questionnaire=questionnaire)
                else:
                    responses.save(own, response=response, questionnaire=questionnaire, answers={"t1_1": "5"})
                own.commit()
            except WrongState as refused:
                refusals.append(refused.code)

    def both(response_id: int) -> list[Callable[[], None]]:
        return [lambda: act(response_id, hand_in=True), lambda: act(response_id, hand_in=False)]

    _in_parallel([piece for response_id in drafts for piece in both(response_id)])

    with database.session() as session:
        wave = session.merge(study.wave)
        assert set(refusals) <= {"already-submitted"}
        assert tallies.recount(session, wave=wave) == []
        rows = session.execute(select(Answer.value).where(Answer.response_id.in_(drafts))).scalars().all()
        assert rows.count("1") == len(refusals)


def test_closing_waits_for_submissions_and_none_comes_after_it(database: Database) -> None:
    with database.session() as session:
        study = cast.study(session)
        drafts = [study.begin(session, "official", t1_1="3").id for _ in range(20)]
        session.commit()

    def hand_in(response_id: int) -> None:
        with database.session() as own:
            response = own.get_one(Response, response_id)
            questionnaire = editions.of(own, response.wave).questionnaire
            try:
                responses.submit(own, response=response, questionnaire=questionnaire)
                own.commit()
            except WrongState:
                own.rollback()

    def close() -> None:
        with database.session() as own:
            waves.close(own, wave=own.merge(study.wave), by=None)
            own.commit()

    _in_parallel([close, *(lambda response_id=draft: hand_in(response_id) for draft in drafts)])

    with database.session() as session:
        closing = session.scalars(select(Event).where(Event.verb == "wave.close")).one()
        submitted = session.scalar(
            select(func.count()).where(Response.wave_id == study.wave.id, Response.submitted_at.is_not(None))
        )
        assert closing.details == {"submitted": submitted, "drafts": 20 - (submitted or 0)}
