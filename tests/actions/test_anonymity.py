"""Handing in an anonymous response leaves nothing that leads from the answers to who gave them."""

import threading
from collections.abc import Sequence

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from surveyapp.actions import anonymity, answers, publications, responses, tallies, waves
from surveyapp.errors import TooFew, WrongState
from surveyapp.models import Answer, Event, Invitation, Invitee, Job, Receipt, Response, Wave
from surveyapp.models.database import Database
from surveyapp.queries import editions
from surveyapp.queries.responses import Begun
from tests import cast
from tests.actions.conftest import Time


@pytest.fixture
def study(session: Session) -> cast.Study:
    """One governor and five officials of Almelo, six officials of Borne."""
    begun = cast.study(session, regime="anonymous")
    begun.invite(session, "governor", name="Bram")
    for number in range(5):
        begun.invite(session, "official", name=f"Ambtenaar {number}")
    for number in range(6):
        begun.invite(session, "official", member=1, name=f"Borne {number}")
    session.commit()
    return begun


def _invited(session: Session, study: cast.Study, member: int = 0) -> list[Invitation]:
    place = study.members[member].id
    found = (
        select(Invitation).join(Invitation.invitee).where(Invitee.membership_id == place, Invitee.wave == study.wave)
    )
    return list(session.scalars(found.order_by(Invitation.id)))


def _begin(session: Session, invitation: Invitation, **given: str) -> Response:
    response = responses.start(session, invitation=invitation)
    questionnaire = editions.by_digest(session, invitation.wave.edition_digest, response.role).questionnaire
    responses.save(session, response=response, questionnaire=questionnaire, answers=given)
    return response


def _send(session: Session, invitation: Invitation, **given: str) -> None:
    response = _begin(session, invitation, **given)
    questionnaire = editions.by_digest(session, invitation.wave.edition_digest, response.role).questionnaire
    responses.submit(session, response=response, questionnaire=questionnaire)


def _answers(session: Session, response: Response) -> dict[str, str]:
    rows = session.scalars(select(Answer).where(Answer.response_id == response.id))
    return {answer.question: answer.value for answer in rows}


def _submitted(session: Session, study: cast.Study) -> Sequence[Response]:
    session.expire_all()
    return session.scalars(select(Response).where(Response.wave_id == study.wave.id, Response.submitted)).all()


def test_what_is_sent_knows_its_group_and_nothing_else(session: Session, study: cast.Study) -> None:
    bram = _invited(session, study)[0]
    draft = _begin(session, bram, t1_1="4", t1_good="Het gaat goed.")
    number = draft.id
    assert draft.invitation_id == bram.id
    responses.submit(
        session,
        response=draft,
        questionnaire=editions.by_digest(session, study.wave.edition_digest, draft.role).questionnaire,
    )
    (sent,) = _submitted(session, study)
    assert sent.id != number
    assert (sent.invitation_id, sent.promise, sent.entered_by) == (None, None, None)
    assert (sent.started_at, sent.submitted_at, sent.channel) == (None, None, "web")
    assert (sent.membership_id, sent.role) == (study.members[0].id, "governor__official")
    assert _answers(session, sent) == {"t1_1": "4", "t1_good": "Het gaat goed."}
    assert session.scalars(select(Answer).where(Answer.response_id == number)).all() == []
    assert session.scalars(select(Receipt.invitation_id)).all().count(bram.id) == 1


def test_nothing_of_a_respondent_is_in_the_log_or_in_jobs(session: Session, study: cast.Study) -> None:
    before = session.scalar(select(func.count(Event.id))), session.scalar(select(func.count(Job.id)))
    _send(session, _invited(session, study)[0], t1_1="4")
    assert (session.scalar(select(func.count(Event.id))), session.scalar(select(func.count(Job.id)))) == before


def test_who_is_merged_is_asked_what_every_merged_role_is_asked(session: Session, study: cast.Study) -> None:
    official = _invited(session, study)[1]
    with pytest.raises(Exception, match="not-asked"):
        _begin(session, official, t1_3="4")
    in_borne = _invited(session, study, member=1)[0]
    assert _begin(session, in_borne, t1_3="4").role == "official"


def test_it_is_sent_once(session: Session, study: cast.Study) -> None:
    bram = _invited(session, study)[0]
    _send(session, bram, t1_1="4")
    with pytest.raises(WrongState, match="already-submitted"):
        responses.start(session, invitation=bram)


def test_a_wave_with_too_few_people_does_not_begin(session: Session, study: cast.Study) -> None:
    alone = study.invite(session, "governor", member=2)
    with pytest.raises(TooFew, match="too-few-invited"):
        responses.start(session, invitation=alone)
    assert session.scalars(select(Response).where(Response.wave_id == study.wave.id)).all() == []


def test_the_tallies_are_what_the_answers_say_after_many_were_written_anew(session: Session, study: cast.Study) -> None:
    for place, invitation in enumerate(_invited(session, study)):
        _send(session, invitation, t1_1=str(place % 5 + 1), t1_2="dk", scale_of_it="local")
    for invitation in _invited(session, study, member=1):
        _send(session, invitation, t1_1="2", t1_3="3")
    assert tallies.recount(session, wave=study.wave) == []
    assert len(_submitted(session, study)) == 12


def test_answers_that_were_written_anew_stay_together(session: Session, study: cast.Study) -> None:
    for place, invitation in enumerate(_invited(session, study)):
        _send(session, invitation, t1_1=str(place % 5 + 1), t1_good=f"Woorden van {place}: {place % 5 + 1}")
    for sent in _submitted(session, study):
        kept = _answers(session, sent)
        assert kept["t1_good"].endswith(f": {kept['t1_1']}")


def test_an_answer_that_was_hidden_when_it_was_sent_is_not_kept(session: Session, study: cast.Study) -> None:
    draft = _begin(session, _invited(session, study)[0], t1_1="4")
    session.add(Answer(response_id=draft.id, question="t1_3", value="5"))
    session.flush()
    questionnaire = editions.by_digest(session, study.wave.edition_digest, draft.role).questionnaire
    responses.submit(session, response=draft, questionnaire=questionnaire)
    assert session.scalars(select(Answer.question).join(Response).where(Response.submitted)).all().count("t1_3") == 0


def test_no_time_and_no_invitation_can_be_added_to_it_afterwards(session: Session, study: cast.Study) -> None:
    _send(session, _invited(session, study)[0], t1_1="4")
    session.commit()
    for change in (
        "invitation_id = (SELECT MIN(id) FROM invitation)",
        "submitted_at = CURRENT_TIMESTAMP, started_at = CURRENT_TIMESTAMP",
        "promise = 'digest'",
        "channel = 'paper'",
    ):
        with pytest.raises(IntegrityError):
            session.execute(text(f"UPDATE response SET {change} WHERE regime = 'anonymous' AND submitted"))  # noqa: S608
        session.rollback()


def test_nothing_can_be_reopened_withdrawn_or_entered_for_another(session: Session, study: cast.Study) -> None:
    bram = _invited(session, study)[0]
    draft = _begin(session, bram, t1_1="4")
    questionnaire = editions.by_digest(session, study.wave.edition_digest, draft.role).questionnaire
    for verb in (responses.reopen, responses.withdraw):
        with pytest.raises(WrongState, match="anonymous-wave"):
            verb(session, response=draft, questionnaire=questionnaire)
    another = _invited(session, study)[1]
    with pytest.raises(WrongState, match="anonymous-wave"):
        responses.start(session, invitation=another, channel="paper", by=study.anna)


def test_nobody_reads_raw_or_open_answers(session: Session, study: cast.Study) -> None:
    _send(session, _invited(session, study)[0], t1_good="Van mij.")
    with pytest.raises(WrongState, match="anonymous-wave"):
        answers.read_raw(session, wave=study.wave, by=study.anna)
    with pytest.raises(WrongState, match="anonymous-wave"):
        answers.read_open(session, wave=study.wave, questions=["t1_good"], by=study.anna)


def test_drafts_are_thrown_away_at_closing_and_a_worker_frees_the_disk(session: Session, study: cast.Study) -> None:
    _begin(session, _invited(session, study)[0], t1_1="1")
    _send(session, _invited(session, study)[1], t1_1="4")
    waves.close(session, wave=study.wave, by=study.anna)
    left = session.scalars(select(Response).where(Response.wave_id == study.wave.id)).all()
    assert [response.submitted for response in left] == [True]
    closing = session.scalars(select(Event).where(Event.verb == "wave.close")).one()
    assert (closing.details["submitted"], closing.details["drafts"]) == (1, 1)
    assert session.scalars(select(Job.kind)).all() == [anonymity.ERASE_TRACES]


def test_drafts_of_a_wave_that_closed_by_itself_are_thrown_away_when_it_is_published(
    session: Session, study: cast.Study, time: Time
) -> None:
    _begin(session, _invited(session, study)[0], t1_1="1")
    for invitation in _invited(session, study, member=1):
        _send(session, invitation, t1_1="4")
    time.passes(days=2)
    publication = publications.publish(session, wave=study.wave, by=study.anna)
    assert {response.submitted for response in _submitted(session, study)} == {True}
    assert publication.document["policy"]["threshold"] == 5  # type: ignore[index]


def test_drafts_of_a_wave_that_ended_by_its_date_are_thrown_away_once_and_nothing_that_was_sent(
    session: Session, study: cast.Study, time: Time
) -> None:
    _begin(session, _invited(session, study)[0], t1_1="1")
    _send(session, _invited(session, study)[1], t1_1="4")
    assert waves.settle_ended(session) == 0
    time.passes(days=2)
    assert [waves.settle_ended(session), waves.settle_ended(session)] == [1, 0]
    (sent,) = _submitted(session, study)
    assert _answers(session, sent) == {"t1_1": "4"}
    assert session.scalars(select(Response.submitted).where(Response.wave_id == study.wave.id)).all() == [True]
    assert session.scalars(select(Job.kind)).all() == [anonymity.ERASE_TRACES]
    (settling,) = session.scalars(select(Event).where(Event.verb == "wave.settle"))
    assert (settling.actor_id, settling.details) == (None, {"drafts": 1})
    assert tallies.recount(session, wave=study.wave) == []


def test_drafts_of_another_regime_and_of_a_wave_that_was_closed_are_not_looked_for(
    session: Session, study: cast.Study, time: Time
) -> None:
    waves.close(session, wave=study.wave, by=study.anna)
    confidential = cast.another_wave(session, study)
    kept = confidential.begin(session, "governor", t1_1="1").id
    time.passes(days=2)
    assert waves.settle_ended(session) == 0
    assert session.scalars(select(Response.id).where(Response.wave_id == confidential.wave.id)).all() == [kept]


def test_settling_a_wave_of_another_regime_does_nothing(session: Session) -> None:
    study = cast.study(session)
    study.begin(session, "governor", t1_1="1")
    assert anonymity.settle(session, wave=study.wave) == 0
    assert session.scalars(select(Job)).all() == []


def test_only_a_draft_is_handed_in(session: Session, study: cast.Study) -> None:
    _send(session, _invited(session, study)[0], t1_1="4")
    (sent,) = _submitted(session, study)
    questionnaire = editions.of(session, study.wave).questionnaire
    with pytest.raises(ValueError, match="only a draft"):
        anonymity.hand_in(session, response=sent, questionnaire=questionnaire, counted_rows={})


def test_the_regime_cannot_change_after_the_first_answer(session: Session, study: cast.Study) -> None:
    _begin(session, _invited(session, study)[0], t1_1="4")
    with pytest.raises(WrongState, match="regime-promised"):
        waves.set_regime(session, wave=study.wave, regime="confidential", by=study.anna)


def test_a_group_of_hundreds_writes_only_so_many_anew(session: Session) -> None:
    study = cast.study(session, regime="anonymous")
    people = [study.invite(session, "official") for _ in range(anonymity.STIRRED + 5)]
    for invitation in people:
        _send(session, invitation, t1_1="3")
    assert len(_submitted(session, study)) == len(people)
    assert tallies.recount(session, wave=study.wave) == []


def test_people_of_one_group_who_send_at_the_same_moment_are_all_kept_and_counted_once(database: Database) -> None:
    with database.session() as session:
        study = cast.study(session, regime="anonymous")
        people = [study.invite(session, "official").id for _ in range(8)]
        drafts = [_begin(session, session.get_one(Invitation, one), t1_1=str(one % 5 + 1)).id for one in people]
        session.commit()
    together = threading.Barrier(len(drafts))

    def send(number: int) -> None:
        with database.session() as session:
            draft = session.get_one(Response, number)
            questionnaire = editions.by_digest(session, draft.wave.edition_digest, draft.role).questionnaire
            begun = Begun(
                draft.id, draft.invitation_id or 0, draft.wave_id, draft.regime, draft.membership_id, draft.standing
            )
            session.rollback()
            together.wait()
            responses.submit(session, response=begun, questionnaire=questionnaire)
            session.commit()

    senders = [threading.Thread(target=send, args=(number,)) for number in drafts]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    with database.session() as session:
        wave = session.get_one(Wave, study.wave.id)
        assert session.scalar(select(func.count(Receipt.invitation_id)).where(Receipt.invitation_id.in_(people))) == 8
        assert len(_submitted(session, study)) == 8
        assert tallies.recount(session, wave=wave) == []


def test_the_disk_is_freed_of_what_was_deleted(database: Database) -> None:
    with database.session() as session:
        study = cast.study(session, regime="anonymous")
        for _ in range(5):
            study.invite(session, "official")
        _send(session, _invited(session, study)[0], t1_good="Dit staat straks nergens meer dan een keer.")
        session.commit()
    assert database.erase_traces()
