"""Rounds of mail are planned within the wave, once, by who is in the log, and told of."""

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import mailings, mails, pacing, responses, waves
from surveyapp.errors import InvalidContent, SurveyError, WrongState
from surveyapp.models import Event, Invitation, Invitee, Mail, Mailing
from surveyapp.models.database import Database
from surveyapp.queries import mailings as queries
from tests import cast
from tests.actions.conftest import Time
from tests.cast import Study


@pytest.fixture
def study(session: Session) -> Study:
    return cast.study(session)


def plan(session: Session, study: Study, purpose: str = "invitation", **told: int) -> Mailing:
    """``hours`` from now, ``per_minute``."""
    at = clock.now() + timedelta(hours=told.get("hours", 0))
    per_minute = told.get("per_minute", 60)
    return mailings.plan(
        session, wave=study.wave, purpose=purpose, per_minute=per_minute, scheduled_at=at, by=study.anna
    )


def draft(_session: Session, study: Study) -> None:
    study.wave.ready_at = None


def closed(session: Session, study: Study) -> None:
    waves.close(session, wave=study.wave, by=study.anna)


def thanked(session: Session, study: Study) -> None:
    plan(session, study, "thanks")


def nothing(_session: Session, _study: Study) -> None:
    """The wave is as it is."""


@pytest.mark.parametrize(
    ("before", "purpose", "told", "kind", "code"),
    [
        (nothing, "account", {}, InvalidContent, "unknown-purpose"),
        (nothing, "delegation", {}, InvalidContent, "unknown-purpose"),
        (nothing, "invitation", {"hours": -48}, InvalidContent, "mailing-before-opening"),
        (nothing, "reminder", {"hours": 48}, InvalidContent, "mailing-after-closing"),
        (nothing, "invitation", {"per_minute": 0}, InvalidContent, "rate-not-valid"),
        (nothing, "invitation", {"per_minute": 60_001}, InvalidContent, "rate-not-valid"),
        (draft, "invitation", {}, WrongState, "wave-not-ready"),
        (closed, "reminder", {}, WrongState, "wave-closed"),
        (closed, "thanks", {}, WrongState, "wave-closed"),
        (thanked, "thanks", {}, WrongState, "thanks-planned"),
    ],
)
def test_what_does_not_fit_the_wave_is_refused(
    session: Session,
    study: Study,
    before: Callable[[Session, Study], None],
    purpose: str,
    told: dict[str, int],
    kind: type[SurveyError],
    code: str,
) -> None:
    before(session, study)
    session.flush()
    known = len(session.scalars(select(Mailing)).all())
    with pytest.raises(kind, match=code):
        plan(session, study, purpose, **told)
    assert len(session.scalars(select(Mailing)).all()) == known


def test_rounds_of_a_purpose_are_counted(session: Session, study: Study) -> None:
    planned = [plan(session, study, purpose) for purpose in ("invitation", "reminder", "reminder", "closing")]
    assert [found.number for found in planned] == [1, 1, 2, 1]
    assert planned[3].scheduled_at == study.wave.closes_at
    events = session.scalars(select(Event).where(Event.verb == "mailing.plan").order_by(Event.id)).all()
    assert [event.details for event in events] == [
        {"purpose": found.purpose, "number": found.number} for found in planned
    ]
    assert {event.actor_id for event in events} == {study.anna.id}


def test_the_recipients_of_each_purpose(session: Session, study: Study, time: Time) -> None:
    people = [study.invite(session, "official", email=f"a{number}@almelo.example") for number in range(7)]
    ids = [person.invitee_id for person in people if person.invitee_id is not None]
    opted_out, test, nowhere, revoked = (session.get_one(Invitee, ids[number]) for number in range(4))
    opted_out.opted_out_at, test.test, nowhere.email = time.moment, True, ""
    session.scalars(select(Invitation).where(Invitation.invitee_id == revoked.id)).one().revoked_at = time.moment
    answered = responses.start(session, invitation=people[4])
    study.save(session, answered, t1_1="4")
    study.submit(session, answered)
    session.flush()

    def to(purpose: str, number: int = 1) -> list[int]:
        return [ids.index(found) for found in queries.recipients(session, study.wave, purpose, number)]

    assert (to("invitation"), to("reminder"), to("closing"), to("thanks")) == ([5, 6], [], [], [4])
    for number, state in ((4, "sent"), (5, "uncertain"), (6, "failed")):
        session.add(Mail(purpose="invitation", invitee_id=ids[number], state=state, due_at=time.moment))
    session.flush()
    assert (to("invitation"), to("reminder"), to("closing"), to("thanks")) == ([], [5], [4, 5], [4])
    session.add(Mail(purpose="reminder", number=1, invitee_id=ids[5], state="sent", due_at=time.moment))
    session.flush()
    assert (to("reminder", 1), to("reminder", 2)) == ([], [5])


def test_who_was_invited_by_letter_gets_no_other_invitation_but_reminders(session: Session, study: Study) -> None:
    first, second = (study.invite(session, "official").invitee_id for _ in range(2))
    assert first is not None
    assert second is not None
    session.add(Mail(purpose="invitation", invitee_id=second, state="failed", due_at=clock.now()))
    session.flush()
    assert mailings.invited_by_letter(session, wave=study.wave, invitee_ids=[first, second], by=study.anna) == 2
    assert mailings.invited_by_letter(session, wave=study.wave, invitee_ids=[first, second], by=study.anna) == 0
    assert queries.recipients(session, study.wave, "invitation") == []
    assert queries.recipients(session, study.wave, "reminder") == [first, second]


def test_mail_is_staggered_at_the_pace_of_its_round(session: Session, study: Study, time: Time) -> None:
    ids = [study.invite(session, "official").invitee_id for _ in range(4)]
    planned = plan(session, study, per_minute=20)
    assert mailings.begin(session, mailing_id=planned.id) is True
    invited = [found for found in ids if found is not None]
    assert mailings.address(session, mailing_id=planned.id, invitee_ids=invited[:3]) == 3
    assert mailings.address(session, mailing_id=planned.id, invitee_ids=invited) == 1
    due = list(session.scalars(select(Mail.due_at).order_by(Mail.id)))
    assert due[0] == time.moment
    assert {later - earlier for earlier, later in pairwise(due)} == {timedelta(seconds=3)}
    assert pacing.interval(planned) == timedelta(seconds=3)
    started = session.scalars(select(Event).where(Event.verb == "mailing.start")).one()
    assert started.details == {"purpose": "invitation", "number": 1, "mails": 4}


def test_a_round_is_called_off_once_and_not_when_all_is_sent(session: Session, study: Study) -> None:
    invited = study.invite(session, "official").invitee_id
    assert invited is not None
    first, second = plan(session, study, "invitation"), plan(session, study, "reminder")
    mailings.begin(session, mailing_id=first.id)
    mailings.address(session, mailing_id=first.id, invitee_ids=[invited])
    [mail] = session.scalars(select(Mail))
    mail.state = "sent"
    session.flush()
    with pytest.raises(WrongState, match="mailing-sent"):
        mailings.cancel(session, mailing=first, by=study.anna)
    assert mailings.cancel(session, mailing=second, by=study.anna, reason="Niet nodig.") == 0
    with pytest.raises(WrongState, match="mailing-cancelled"):
        mailings.cancel(session, mailing=second, by=study.anna)
    assert mailings.begin(session, mailing_id=second.id) is False
    assert mailings.begin(session, mailing_id=second.id + 1) is False
    event = session.scalars(select(Event).where(Event.verb == "mailing.cancel")).one()
    assert event.details == {"purpose": "reminder", "number": 1, "mails": 0, "reason": "Niet nodig."}
    told = queries.rounds(session, study.wave)
    assert [(found.mailing.id, found.state, found.total, found.pending) for found in told] == [
        (second.id, "cancelled", 0, 0),
        (first.id, "sent", 1, 0),
    ]
    assert queries.round_of(session, study.wave, first.id) == told[1]
    assert queries.round_of(session, cast.another_wave(session, study).wave, first.id) is None


def test_one_mail_is_made_for_each_person_by_workers_that_decide_at_once(database: Database) -> None:
    with database.session() as session:
        study = cast.study(session)
        ids = [study.invite(session, "official").invitee_id for _ in range(5)]
        planned = plan(session, study)
        session.commit()
    invited = [found for found in ids if found is not None]
    made = []
    for _ in range(2):
        with database.session() as session:
            made.append(mailings.address(session, mailing_id=planned.id, invitee_ids=invited))
            session.commit()
    assert made == [5, 0]


@pytest.mark.parametrize("state", ["waiting", "sending", "sent", "cancelled"])
def test_what_did_not_fail_is_not_sent_again(session: Session, study: Study, state: str) -> None:
    mail = Mail(
        purpose="invitation", invitee_id=study.invite(session, "official").invitee_id, state=state, due_at=clock.now()
    )
    session.add(mail)
    session.flush()
    with pytest.raises(WrongState, match="mail-not-failed"):
        mails.send_again(session, mails=[mail], reason="Toch.", by=study.anna)
    with pytest.raises(WrongState, match="mail-not-uncertain"):
        mails.confirm(session, mail=mail, reason="Zij heeft hem.", by=study.anna)


def test_sending_again_and_confirming_take_a_reason_that_is_kept(session: Session, study: Study) -> None:
    made = [
        Mail(
            purpose="invitation",
            invitee_id=study.invite(session, "official").invitee_id,
            state=state,
            due_at=clock.now(),
            attempts=3,
            problem="?",
        )
        for state in ("failed", "uncertain", "bounced", "uncertain")
    ]
    session.add_all(made)
    session.flush()
    with pytest.raises(InvalidContent, match="reason-missing"):
        mails.send_again(session, mails=made, reason=" ", by=study.anna)
    with pytest.raises(InvalidContent, match="reason-missing"):
        mails.confirm(session, mail=made[3], reason="", by=study.anna)
    mails.confirm(session, mail=made[3], reason="Gebeld.", by=study.anna)
    assert mails.send_again(session, mails=made, reason="Adres klopt nu.", by=study.anna) == 3
    assert [(mail.state, mail.attempts, mail.problem) for mail in made[:3]] == [("waiting", 0, None)] * 3
    assert made[3].state == "sent"
    again = session.scalars(select(Event).where(Event.verb == "mail.send-again").order_by(Event.id)).all()
    assert [event.details for event in again] == [
        {"was": was, "reason": "Adres klopt nu."} for was in ("failed", "uncertain", "bounced")
    ]
