"""Several windows and people at the same moment: what was acknowledged is there, and everything counts once."""

import threading
from collections.abc import Callable

from sqlalchemy import func, select

from surveyapp.actions import responses, tallies, waves
from surveyapp.errors import SurveyError, WrongState
from surveyapp.models import Answer, Event, Invitation, Invitee, Receipt, Response
from surveyapp.models.database import Database
from surveyapp.queries import counts, editions
from tests import cast
from tests.cast import Study

QUESTIONNAIRE = cast.edition().questionnaire


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
        mine = select(Response.id).where(Response.wave_id == study.wave.id, Response.submitted)
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
        submitted = session.scalar(select(func.count()).where(Response.wave_id == study.wave.id, Response.submitted))
        assert closing.details == {"submitted": submitted, "drafts": 20 - (submitted or 0)}


def _at_once(database: Database, acts: list[tuple[int, str]]) -> list[str]:
    """Every act in a window of its own, all at the same moment; returns what became of them, sorted."""
    outcomes: list[str] = []

    def perform(response_id: int, verb: str) -> None:
        with database.session() as own:
            response = own.get(Response, response_id)
            if response is None:
                outcomes.append(f"{verb}: gone")
                return
            questionnaire = editions.of(own, response.wave).questionnaire
            try:
                if verb == "save":
                    responses.save(own, response=response, questionnaire=questionnaire, answers={"t1_1": "5"})
                else:
                    getattr(responses, verb)(own, response=response, questionnaire=questionnaire)
                own.commit()
                outcomes.append(f"{verb}: done")
            except WrongState as refused:
                own.rollback()
                outcomes.append(f"{verb}: {refused.code}")

    _in_parallel([lambda act=act: perform(*act) for act in acts])  # type: ignore[misc]
    return sorted(outcomes)


def _sent(database: Database, number: int) -> tuple[Study, list[int]]:
    with database.session() as session:
        study = cast.study(session)
        sent = [study.respond(session, "official", t1_1="1", t1_2="2").id for _ in range(number)]
        session.commit()
    return study, sent


def _must_add_up(database: Database, study: Study) -> int:
    """The tallies are those of the responses that are sent, and those have the receipts; returns how many they are."""
    with database.session() as session:
        wave = session.merge(study.wave)
        assert tallies.recount(session, wave=wave) == []
        mine = Response.wave_id == wave.id
        sent = session.scalars(select(Response.invitation_id).where(mine, Response.submitted)).all()
        receipts = session.scalars(
            select(Receipt.invitation_id).join(Invitation).join(Invitation.invitee).where(Invitee.wave_id == wave.id)
        ).all()
        assert sorted(receipts) == sorted(invitation for invitation in sent if invitation is not None)
        return len(sent)


def test_reopening_in_two_windows_takes_it_out_of_the_counts_once(database: Database) -> None:
    study, sent = _sent(database, 5)
    outcomes = _at_once(database, [(one, "reopen") for one in sent for _ in range(2)])
    assert outcomes == ["reopen: done"] * 10
    assert _must_add_up(database, study) == 0
    with database.session(readonly=True) as session:
        assert counts.of(session, session.merge(study.wave, load=False), QUESTIONNAIRE).items.empty


def test_withdrawing_in_two_windows_happens_once(database: Database) -> None:
    study, sent = _sent(database, 5)
    outcomes = _at_once(database, [(one, "withdraw") for one in sent for _ in range(2)])
    assert outcomes.count("withdraw: done") == 5
    assert set(outcomes) <= {"withdraw: done", "withdraw: response-withdrawn", "withdraw: gone"}
    assert _must_add_up(database, study) == 0
    with database.session(readonly=True) as session:
        assert session.scalar(select(func.count()).where(Answer.response_id.in_(sent))) == 0


def test_whatever_windows_do_at_once_every_response_is_counted_as_it_stands(database: Database) -> None:
    study, sent = _sent(database, 6)
    verbs = ("reopen", "submit", "save", "withdraw", "submit", "reopen")
    outcomes = _at_once(database, [(one, verb) for one in sent for verb in verbs])
    assert len(outcomes) == 6 * len(verbs)
    allowed = {"done", "gone", "already-submitted", "response-withdrawn"}
    assert {outcome.split(": ")[1] for outcome in outcomes} <= allowed
    assert outcomes.count("withdraw: done") == 6
    assert _must_add_up(database, study) == 0


def test_closing_beside_reopening_and_sending_counts_what_stands_then(database: Database) -> None:
    study, sent = _sent(database, 6)

    def close() -> None:
        with database.session() as own:
            waves.close(own, wave=own.merge(study.wave), by=None)
            own.commit()

    def rethink(response_id: int) -> None:
        _at_once(database, [(response_id, "reopen")])
        _at_once(database, [(response_id, "submit")])

    _in_parallel([close, *(lambda one=one: rethink(one) for one in sent)])
    with database.session(readonly=True) as session:
        closing = session.scalars(select(Event).where(Event.verb == "wave.close")).one()
    assert closing.details["submitted"] == _must_add_up(database, study)
