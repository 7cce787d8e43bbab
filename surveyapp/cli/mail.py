"""``surveyapp mail`` and ``surveyapp bounces``: the rounds of mail of a study, and what came back of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.access import Permission
from surveyapp.actions import mailings, mails
from surveyapp.cli import rights
from surveyapp.config import Smtp, from_environment
from surveyapp.errors import NotFound
from surveyapp.mail import bounces as reports
from surveyapp.models.database import Database
from surveyapp.queries import evaluations
from surveyapp.queries import mailings as queries
from surveyapp.queries.mailings import Round

_MOMENTS = ("%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M")


@click.command(short_help="Plan a round of mail, or tell how far they are.")
@click.argument("evaluation")
@click.argument("purpose", required=False, type=click.Choice(mailings.PLANNED))
@click.option(
    "--as", "account", help="The account that does this; it stands in the log. Not needed in a demonstration."
)
@click.option("--wave", type=int, help="The number of the wave; the latest when left out.")
@click.option("--at", type=click.DateTime(_MOMENTS), help="When, on an Amsterdam clock; at once when left out.")
@click.option("--per-minute", type=click.IntRange(1, mailings.MOST_PER_MINUTE), help="How many mails a minute.")
def mail(
    evaluation: str,
    purpose: str | None,
    account: str | None,
    wave: int | None,
    at: datetime | None,
    per_minute: int | None,
) -> None:
    """Plan a round of mail of EVALUATION: `surveyapp worker` sends it. To whom it goes is decided when it begins.

    Without a PURPOSE this tells of every round what became of its mail.
    """
    known = from_environment()
    if purpose is not None and known.smtp is None:
        raise NotFound("mail-server")
    with _session(known.database_url) as session:
        study = evaluations.by_slug(session, evaluation)
        by = rights.allowed(session, study, account, Permission.MAIL_SEND, refusal="may-not-mail")
        target = evaluations.wave(session, study, wave)
        if purpose is None:
            for found in queries.rounds(session, target):
                click.echo(_told(found))
            return
        planned = mailings.plan(
            session,
            wave=target,
            purpose=purpose,
            per_minute=per_minute or (known.smtp or Smtp).per_minute,
            scheduled_at=None if at is None else at.replace(tzinfo=clock.AMSTERDAM),
            by=by,
        )
        people = len(queries.recipients(session, target, purpose, planned.number))
        session.commit()
        when = f"{clock.local(planned.scheduled_at):%Y-%m-%d %H:%M}"
        click.echo(f"{purpose} {planned.number} is planned for {when}; it would go to {people} people now")


@click.command(short_help="Mark mail that came back.")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def bounces(files: tuple[Path, ...]) -> None:
    """Read what mail servers sent back in FILES (mbox or single messages) and mark the mail that did not arrive.

    Run it again with the same files as often as you want.
    """
    found = [bounce for file in files for bounce in reports.read(file)]
    ours = 0
    with _session(from_environment().database_url) as session:
        for bounce in found:
            ours += mails.bounce(session, message_id=bounce.message_id, problem=bounce.status, by=None) is not None
        session.commit()
    click.echo(f"{len(found)} reports of mail that did not arrive, {ours} of them of mail that was sent from here")


def _told(found: Round) -> str:
    when = f"{clock.local(found.mailing.scheduled_at):%Y-%m-%d %H:%M}"
    counts = ", ".join(f"{count} {state}" for state, count in sorted(found.counts.items()))
    return f"{found.mailing.purpose} {found.mailing.number}, {when}: {found.state}" + (f" ({counts})" if counts else "")


@contextmanager
def _session(url: str) -> Iterator[Session]:
    database = Database(url)
    try:
        with database.session() as session:
            yield session
    finally:
        database.dispose()
