"""Rounds of mail, sent by a worker through a real server: to whom it goes, how fast, and what comes of it."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import delegations, jobs, mailings, mails, responses, sending, users, waves
from surveyapp.config import Settings
from surveyapp.errors import WrongState
from surveyapp.models import Delegation, Event, Invitation, Invitee, Job, Mail, Mailing, OneTimeLink, Wave
from surveyapp.models.database import Database
from surveyapp.queries import mailings as queries
from surveyapp.queries.responses import Begun
from surveyapp.queries.tokens import token_hash
from surveyapp.worker.loop import work_once
from tests import cast, mail_server, working
from tests.cast import SECRET_KEY, Study
from tests.mail_server import MailServer
from tests.worker.conftest import Time

SITE = "https://onderzoek.example"
FAST = 6_000


@pytest.fixture(scope="module")
def post(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MailServer]:
    with mail_server.running(tmp_path_factory.mktemp("mail")) as running:
        yield running


class Office:
    """A study with people, an installation that mails them, and the server that gets it."""

    def __init__(self, database: Database, server: MailServer, time: Time) -> None:
        server.received.clear()
        server.at_recipient = server.at_message = lambda _to: None
        self.database, self.server, self.time = database, server, time
        url = database.engine.url.render_as_string(hide_password=False)
        self.settings = Settings(url, SECRET_KEY, SITE, smtp=server.settings)

    def set_up(self, count: int, *, regime: str = "confidential") -> Study:
        with self.database.session() as session:
            study = cast.study(session, regime=regime)
            for number in range(count):
                study.invite(session, "official", name=f"Ambtenaar {number}", email=f"a{number}@almelo.example")
            session.commit()
        return study

    def plan(self, study: Study, purpose: str, *, per_minute: int = FAST, after: float = 0) -> int:
        """Plan a round, so many minutes from now; its number in the database."""
        with self.database.session() as session:
            at = clock.now() + timedelta(minutes=after)
            wave = session.get_one(Wave, study.wave.id)
            planned = mailings.plan(
                session, wave=wave, purpose=purpose, per_minute=per_minute, scheduled_at=at, by=study.anna
            )
            session.commit()
            return planned.id

    def work(self, settings: Settings | None = None) -> None:
        working.work(self.database, settings or self.settings)

    def settle(self) -> None:
        """Let a worker work for some seconds."""
        for _ in range(8):
            self.work()
            self.time.passes(seconds=1)

    def answer(self, study: Study, *numbers: int) -> None:
        """These of those who were invited send their answers."""
        with self.database.session() as session:
            found = session.scalars(select(Invitation).join(Invitee).order_by(Invitee.id)).all()
            mine = [one for one in found if one.wave.id == study.wave.id]
            for number in numbers:
                response = responses.start(session, invitation=mine[number])
                study.save(session, response, t1_1="4")
                study.submit(session, response)
            session.commit()

    def states(self, purpose: str | None = None) -> list[tuple[str, str | None]]:
        """State and problem of every mail, in order."""
        with self.database.session(readonly=True) as session:
            every = select(Mail.state, Mail.problem).order_by(Mail.id)
            rows = session.execute(every if purpose is None else every.where(Mail.purpose == purpose))
            return [(row.state, row.problem) for row in rows]


@pytest.fixture
def office(database: Database, post: MailServer, time: Time) -> Office:
    return Office(database, post, time)


def to(*numbers: int) -> list[str]:
    return [f"a{number}@almelo.example" for number in numbers]


def test_everybody_gets_one_invitation_with_their_own_link(office: Office) -> None:
    study = office.set_up(3)
    office.plan(study, "invitation")
    office.settle()
    assert office.server.recipients() == to(0, 1, 2)
    assert office.states() == [("sent", None)] * 3
    first = office.server.received[0]
    token = next(iter(study.tokens.values()))
    assert f"{SITE}/r/{token}\n" in first.text
    assert f'<a href="{SITE}/r/{token}">Vragenlijst openen</a>' in first.html
    assert first.message["List-Unsubscribe"] == f"<{SITE}/r/{token}/no-more-mail>"
    assert str(first.message["From"]) == f"Bureau <{mail_server.SENDER}>"
    assert str(first.message["To"]) == "Ambtenaar 0 <a0@almelo.example>"
    assert str(first.message["Reply-To"]) == "Anna <anna@bureau.example>"
    assert len({one.message["Message-ID"] for one in office.server.received}) == 3
    assert all("{" not in one.text and "{" not in one.html for one in office.server.received)


def test_a_second_round_of_invitations_goes_to_whoever_came_later(office: Office) -> None:
    study = office.set_up(2)
    office.plan(study, "invitation")
    office.settle()
    with office.database.session() as session:
        wave = session.get_one(Wave, study.wave.id)
        late = Study(study.anna, wave.evaluation, wave, wave.evaluation.memberships)
        late.invite(session, "official", email="later@almelo.example")
        session.commit()
    office.plan(study, "invitation")
    office.settle()
    assert office.server.recipients() == [*to(0, 1), "later@almelo.example"]


def test_a_reminder_goes_to_whoever_was_invited_and_has_not_answered(office: Office, time: Time) -> None:
    study = office.set_up(5)
    office.plan(study, "invitation")
    office.settle()
    office.answer(study, 1)
    with office.database.session() as session:
        invitees = session.scalars(select(Invitee).where(Invitee.wave_id == study.wave.id).order_by(Invitee.id)).all()
        invitees[2].opted_out_at = time.moment
        revoked = session.scalars(select(Invitation).where(Invitation.invitee_id == invitees[3].id)).one()
        revoked.revoked_at = time.moment
        wave = session.get_one(Wave, study.wave.id)
        late = Study(study.anna, wave.evaluation, wave, wave.evaluation.memberships)
        late.invite(session, "official", email="never-invited@almelo.example")
        session.commit()
    office.server.received.clear()
    for _ in range(2):
        office.plan(study, "reminder")
        office.settle()
    assert office.server.recipients() == [*to(0, 4), *to(0, 4)]
    assert "Herinnering" in office.server.received[0].message["Subject"]


def test_in_an_anonymous_wave_reminders_know_receipts_and_nobody_is_thanked(office: Office) -> None:
    study = office.set_up(6, regime="anonymous")
    office.plan(study, "invitation")
    office.settle()
    office.answer(study, 0, 1, 2, 4, 5)
    with pytest.raises(WrongState, match="anonymous-wave"):
        office.plan(study, "thanks")
    office.server.received.clear()
    office.plan(study, "reminder")
    office.work()
    assert office.server.recipients() == to(3)
    assert "anoniem" in office.server.received[0].text


def test_who_answers_while_a_round_is_under_way_is_left_out_of_the_rest(office: Office, time: Time) -> None:
    study = office.set_up(3)
    office.plan(study, "invitation", per_minute=1)
    office.work()
    office.answer(study, 1)
    for _ in range(4):
        time.passes(minutes=1)
        office.work()
    assert office.server.recipients() == to(0, 2)
    assert office.states() == [("sent", None), ("cancelled", "answered"), ("sent", None)]


def test_who_sends_answers_is_thanked_once_and_the_round_ends_with_the_wave(office: Office, time: Time) -> None:
    study = office.set_up(3)
    office.plan(study, "thanks")
    office.work()
    assert office.server.recipients() == []
    office.answer(study, 1)
    for _ in range(3):
        time.passes(minutes=1)
        office.work()
    assert office.server.recipients() == to(1)
    assert "Dank u wel" in office.server.received[0].text
    office.answer(study, 2)
    with office.database.session() as session:
        waves.close(session, wave=session.get_one(Wave, study.wave.id), by=study.anna)
        session.commit()
    for _ in range(3):
        time.passes(minutes=1)
        office.work()
    assert office.server.recipients() == to(1, 2)
    with office.database.session(readonly=True) as session:
        assert session.scalars(select(Job.state).where(Job.kind == "mailing")).all() == ["done"]


def test_the_closing_mail_waits_until_the_wave_is_closed(office: Office, time: Time) -> None:
    study = office.set_up(2)
    office.plan(study, "invitation")
    office.settle()
    office.plan(study, "closing")
    time.passes(hours=1)
    office.settle()
    assert office.server.recipients() == to(0, 1)
    time.passes(hours=24)
    office.settle()
    assert office.server.recipients() == to(0, 1, 0, 1)
    assert "Gesloten" in office.server.received[-1].message["Subject"]


def test_a_round_planned_for_later_lapses_when_the_wave_closes_first(office: Office, time: Time) -> None:
    study = office.set_up(2)
    office.plan(study, "invitation", after=60)
    office.work()
    with office.database.session() as session:
        waves.close(session, wave=session.get_one(Wave, study.wave.id), by=study.anna)
        session.commit()
    time.passes(hours=2)
    office.work()
    assert office.server.recipients() == []
    with office.database.session(readonly=True) as session:
        assert session.scalars(select(Event.verb).where(Event.verb.startswith("mailing."))).all() == [
            "mailing.plan",
            "mailing.lapse",
        ]


def test_a_round_keeps_its_pace_and_also_after_a_worker_was_away(office: Office, time: Time) -> None:
    study = office.set_up(6)
    office.plan(study, "invitation", per_minute=2)
    sent = []
    for seconds in (0, 29, 1, 600, 0, 29, 1, 29, 1, 29, 1):
        time.passes(seconds=seconds)
        office.work()
        sent.append(len(office.server.received))
    assert sent == [1, 1, 2, 3, 3, 3, 4, 4, 5, 5, 6]
    assert sorted(office.server.recipients()) == to(0, 1, 2, 3, 4, 5)


def test_a_round_that_is_called_off_stops(office: Office, time: Time) -> None:
    study = office.set_up(3)
    planned = office.plan(study, "invitation", per_minute=1)
    office.work()
    with office.database.session() as session:
        left = mailings.cancel(session, mailing=session.get_one(Mailing, planned), by=study.anna, reason="Te vroeg.")
        session.commit()
    time.passes(hours=1)
    office.work()
    assert (left, office.server.recipients()) == (2, to(0))
    assert office.states() == [("sent", None), *[("cancelled", "mailing-cancelled")] * 2]
    office.plan(study, "invitation")
    office.settle()
    assert office.server.recipients() == to(0, 1, 2)


def test_two_jobs_for_one_round_make_one_mail_for_each(office: Office) -> None:
    study = office.set_up(4)
    planned = office.plan(study, "invitation")
    with office.database.session() as session:
        jobs.enqueue(session, kind="mailing", mailing=planned)
        session.commit()
    office.settle()
    assert office.server.recipients() == to(0, 1, 2, 3)


def test_a_mail_that_a_dead_worker_left_is_uncertain_and_sent_again_only_on_request(office: Office, time: Time) -> None:
    study = office.set_up(2)
    planned = office.plan(study, "invitation")
    with office.database.session() as session:
        jobs.claim(session, worker="dead")
        [first, _second] = queries.recipients(session, session.get_one(Wave, study.wave.id), "invitation")
        mailings.begin(session, mailing_id=planned)
        mailings.address(session, mailing_id=planned, invitee_ids=[first])
        [job] = jobs.claim(session, worker="dead")
        assert isinstance(
            sending.take(session, mail_id=int(job.arguments["mail"]), settings=office.settings), sending.Taken
        )
        session.commit()
    time.passes(minutes=6)
    office.settle()
    assert office.server.recipients() == to(1)
    assert office.states() == [("uncertain", "worker-died"), ("sent", None)]
    with office.database.session() as session:
        [mail] = queries.troubled(session, session.get_one(Wave, study.wave.id))
        assert mails.send_again(session, mails=[mail], reason="Zij heeft niets gekregen.", by=study.anna) == 1
        session.commit()
    office.work()
    assert office.server.recipients() == to(1, 0)


def test_two_workers_that_come_for_the_same_mail_send_it_once(office: Office) -> None:
    """The second finds it in the hands of the first, and leaves it; the first still knows that it went."""
    study = office.set_up(1)
    office.plan(study, "invitation")
    assert work_once(office.database, office.settings, name="w")
    with office.database.session() as session:
        mail_id = session.scalars(select(Mail.id)).one()
        taken = sending.take(session, mail_id=mail_id, settings=office.settings)
        session.commit()
    assert isinstance(taken, sending.Taken)
    with office.database.session() as session:
        assert sending.take(session, mail_id=mail_id, settings=office.settings) is None
        session.commit()
    assert office.states() == [("uncertain", "worker-died")]
    with office.database.session() as session:
        sending.sent(session, taken)
        session.commit()
    assert office.states() == [("sent", None)]
    office.work()
    assert office.server.recipients() == []


def test_a_server_that_is_away_costs_no_attempts_and_the_pace_is_kept_when_it_is_back(
    office: Office, time: Time
) -> None:
    study = office.set_up(3)
    office.plan(study, "invitation", per_minute=60)
    gone = Settings(office.settings.database_url, SECRET_KEY, SITE, smtp=mail_server.away())
    for _ in range(30):
        office.work(gone)
        time.passes(minutes=10)
    assert [state for state, _ in office.states()] == ["waiting"] * 3
    with office.database.session(readonly=True) as session:
        assert set(session.scalars(select(Mail.attempts))) == {0}
    for _ in range(200):
        time.passes(seconds=1)
        office.work()
    assert sorted(office.server.recipients()) == to(0, 1, 2)


def test_a_server_that_says_later_is_asked_again_after_longer_and_longer_and_others_do_not_wait(
    office: Office, time: Time
) -> None:
    study = office.set_up(2)
    asked: list[float] = []
    began = time.moment

    def answer(address: str) -> str | None:
        if address == "a1@almelo.example":
            return None
        asked.append((time.moment - began).total_seconds() / 60)
        return "450 4.2.0 greylisted, a0@almelo.example"

    office.server.at_recipient = answer
    office.plan(study, "invitation")
    for _ in range(240):
        office.work()
        time.passes(minutes=1)
    assert office.server.recipients() == to(1)
    assert asked == [0, 5, 15, 35, 75, 155]
    assert office.states() == [("failed", "recipient-postponed 450"), ("sent", None)]


def test_what_a_server_refuses_failed_with_its_code_and_nothing_of_its_words(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    study = office.set_up(2)
    office.server.at_recipient = lambda to: "550 5.1.1 a0@almelo.example unknown" if to.startswith("a0") else None
    office.plan(study, "invitation")
    office.settle()
    assert office.states() == [("failed", "recipient-refused 550"), ("sent", None)]
    assert "almelo.example" not in caplog.text
    assert everything_but_people(office.database).count("almelo.example") == 0


def test_an_address_that_is_none_fails_by_itself(office: Office) -> None:
    study = office.set_up(2)
    with office.database.session() as session:
        first = session.scalars(select(Invitee).where(Invitee.wave_id == study.wave.id).order_by(Invitee.id)).first()
        assert first is not None
        first.email = "nobody at almelo\r\nBcc: dirk@elders.example"
        session.commit()
    office.plan(study, "invitation")
    office.settle()
    assert office.states() == [("failed", "unusable-email"), ("sent", None)]
    assert office.server.recipients() == to(1)


def test_a_colleague_gets_a_link_of_their_own(office: Office) -> None:
    study = office.set_up(0)
    with office.database.session() as session:
        wave = session.get_one(Wave, study.wave.id)
        mine = Study(study.anna, wave.evaluation, wave, wave.evaluation.memberships)
        response = mine.begin(session, "governor", t1_1="3")
        begun = Begun(response.id, 3, wave.id, wave.regime, response.membership_id, response.standing)
        delegation, token = delegations.pass_on(
            session,
            response=begun,
            section="first",
            name="Carla",
            email="carla@almelo.example",
            language="nl",
            secret_key=SECRET_KEY,
        )
        for _ in range(2):
            mails.for_delegation(session, delegation=delegation)
        session.commit()
    office.work()
    [got] = office.server.received
    assert got.to == "carla@almelo.example"
    assert got.message["Subject"] == "Bram vraagt uw hulp: Samen"
    assert f"{SITE}/c/{token}\n" in got.text
    assert "“Eerst”" in got.text
    assert "List-Unsubscribe" not in got.message


def test_a_section_that_was_taken_back_is_not_mailed(office: Office, time: Time) -> None:
    study = office.set_up(0)
    with office.database.session() as session:
        wave = session.get_one(Wave, study.wave.id)
        mine = Study(study.anna, wave.evaluation, wave, wave.evaluation.memberships)
        response = mine.begin(session, "governor", t1_1="3")
        taken_back = Delegation(
            response_id=response.id,
            section="first",
            name="Carla",
            email="carla@almelo.example",
            language="nl",
            created_at=time.moment,
            ended_at=time.moment,
        )
        session.add(taken_back)
        session.flush()
        mails.for_delegation(session, delegation=taken_back)
        session.commit()
    office.work()
    assert office.server.received == []
    assert office.states() == [("cancelled", "delegation-ended")]


def test_somebody_of_the_staff_gets_a_link_that_is_made_when_the_mail_is(office: Office) -> None:
    with office.database.session() as session:
        carla = users.create(session, email="carla@almelo.example", name="Carla", by=None)
        mails.for_user(session, user=carla, by=None)
        assert session.scalars(select(OneTimeLink)).all() == []
        session.commit()
    office.work()
    [got] = office.server.received
    [link] = [line for line in got.text.splitlines() if "/password/" in line]
    with office.database.session(readonly=True) as session:
        [kept] = session.scalars(select(OneTimeLink)).all()
        assert kept.token_hash == token_hash(link.rpartition("/")[2])


def test_a_researcher_sees_an_example_in_their_own_mailbox(office: Office) -> None:
    study = office.set_up(1)
    with office.database.session() as session:
        mails.to_oneself(
            session, wave=session.get_one(Wave, study.wave.id), purpose="reminder", language="en", user=study.anna
        )
        session.commit()
    office.work()
    [got] = office.server.received
    assert (got.to, got.message["Subject"]) == ("anna@bureau.example", "[Test] Reminder: Samen")
    assert f"{SITE}/r/example" in got.text
    assert not any(token in got.text for token in study.tokens.values())


def test_jobs_problems_and_the_log_hold_no_address_and_no_link(office: Office) -> None:
    study = office.set_up(3)
    office.server.at_recipient = lambda to: "550 unknown" if to.startswith("a1") else None
    office.plan(study, "invitation")
    office.settle()
    said = everything_but_people(office.database)
    assert "mailing.plan" in said
    assert "almelo.example" not in said
    assert not any(token in said for token in study.tokens.values())


def everything_but_people(database: Database) -> str:
    """All that jobs, mail and the log say."""
    with database.session(readonly=True) as session:
        return repr([_rows(session, model) for model in (Job, Event, Mail, Mailing)])


def _rows(session: Session, model: type[Job | Event | Mail | Mailing]) -> Sequence[object]:
    return [dict(row) for row in session.execute(select(*model.__table__.columns)).mappings()]
