"""Mail at the prompt: planned by who may, told how far it is, and marked when it comes back."""

from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import users
from surveyapp.cli import commands
from surveyapp.models import Event, Job, Mail, Mailing
from surveyapp.models.database import Database
from tests import cast
from tests.mail.test_bounces import OURS, report

ANNA = "anna@bureau.example"
SERVER = {
    "SURVEYAPP_SMTP_HOST": "127.0.0.1",
    "SURVEYAPP_SMTP_SECURITY": "none",
    "SURVEYAPP_MAIL_FROM": "post@bureau.example",
    "SURVEYAPP_MAILS_PER_MINUTE": "30",
}


def call(url: str, *arguments: str, **environment: str | None) -> Result:
    known = {"SURVEYAPP_DATABASE_URL": url, "SURVEYAPP_SECRET_KEY": cast.SECRET_KEY, "SURVEYAPP_TRACE": ""}
    return CliRunner().invoke(commands, arguments, env={**known, **SERVER, **environment})


@pytest.fixture
def invited(session: Session) -> int:
    """Anna's study with two people; one mail of it has been sent. The number of that mail."""
    study = cast.study(session)
    for name in ("bram", "carla"):
        study.invite(session, "official", email=f"{name}@almelo.example")
    users.create(session, email="dirk@elders.example", name="Dirk", by=None)
    sent = Mail(
        purpose="invitation",
        invitee_id=study.invite(session, "official").invitee_id,
        state="sent",
        due_at=clock.now(),
        message_id=OURS,
    )
    session.add(sent)
    session.commit()
    return sent.id


@pytest.mark.usefixtures("invited")
def test_a_round_is_planned_for_an_amsterdam_time_at_the_pace_of_the_installation(
    database_url: str, database: Database
) -> None:
    at = clock.local(clock.now() + timedelta(hours=3)).replace(second=0, microsecond=0)
    result = call(database_url, "mail", "samen", "invitation", "--as", ANNA, "--at", f"{at:%Y-%m-%d %H:%M}")
    assert result.output == f"invitation 1 is planned for {at:%Y-%m-%d %H:%M}; it would go to 2 people now\n"
    with database.session(readonly=True) as session:
        planned = session.scalars(select(Mailing)).one()
        assert (planned.scheduled_at, planned.per_minute, planned.purpose) == (at, 30, "invitation")
        job = session.scalars(select(Job)).one()
        assert (job.kind, job.arguments, job.leased_until) == ("mailing", {"mailing": planned.id}, at)
        actor = session.scalars(select(Event.actor_id).where(Event.verb == "mailing.plan")).one()
        assert actor == planned.created_by
    told = call(database_url, "mail", "samen", "--as", ANNA)
    assert told.output == f"invitation 1, {at:%Y-%m-%d %H:%M}: planned\n"


@pytest.mark.usefixtures("invited")
@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("samen", "invitation"), "account"),
        (("samen", "invitation", "--as", "bram@almelo.example"), "there is no account 'bram@almelo.example'"),
        (("samen", "invitation", "--as", "dirk@elders.example"), "may not send mail of 'samen'"),
        (("samen", "--as", "dirk@elders.example"), "may not send mail of 'samen'"),
        (("ergens", "invitation", "--as", ANNA), "there is no evaluation 'ergens'"),
        (("samen", "invitation", "--as", ANNA, "--wave", "7"), "has no such wave"),
        (("samen", "invitation", "--as", ANNA, "--at", "2020-01-01 09:00"), "the wave is not open by then"),
        (("samen", "reminder", "--as", ANNA, "--at", "2099-01-01 09:00"), "the wave is closed by then"),
    ],
)
def test_what_cannot_be_planned_is_refused_in_words(database_url: str, arguments: tuple[str, ...], says: str) -> None:
    result = call(database_url, "mail", *arguments)
    assert result.exit_code == 1
    assert says in result.output


@pytest.mark.usefixtures("invited")
def test_without_a_server_nothing_is_planned(database_url: str) -> None:
    result = call(database_url, "mail", "samen", "invitation", "--as", ANNA, SURVEYAPP_SMTP_HOST=None)
    assert (result.exit_code, "SURVEYAPP_SMTP_HOST" in result.output) == (1, True)


def test_mail_that_came_back_is_marked_however_often_it_is_told(
    database_url: str, database: Database, invited: int, tmp_path: Path
) -> None:
    ours, others = tmp_path / "ours.eml", tmp_path / "others.eml"
    ours.write_text(report())
    others.write_text(report().replace(OURS, "<of-another@elders.example>"))
    for _ in range(2):
        result = call(database_url, "bounces", str(ours), str(others))
        told = "2 reports of mail that did not arrive, 1 of them of mail that was sent from here\n"
        assert (result.exit_code, result.output) == (0, told)
    with database.session(readonly=True) as session:
        mail = session.get_one(Mail, invited)
        assert (mail.state, mail.problem) == ("bounced", "5.1.1")
        [event] = session.scalars(select(Event).where(Event.verb == "mail.bounce"))
        assert (event.subject, event.details) == (f"mail:{invited}", {})
