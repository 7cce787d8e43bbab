"""``surveyapp migrate``, ``owner`` and ``recount``: what whoever keeps an installation runs at the prompt."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import click
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import second_factors, sign_ins, tallies, users
from surveyapp.config import Settings, from_environment
from surveyapp.errors import NotFound
from surveyapp.models import User, schema
from surveyapp.models.database import Database
from surveyapp.queries import evaluations
from surveyapp.queries import users as user_queries

LINK_LASTS = timedelta(hours=48)


@click.command()
@click.option("--check", is_flag=True, help="Only tell whether the migrations give the tables that the code has.")
@click.pass_context
def migrate(context: click.Context, check: bool) -> None:
    """Bring the database to the newest schema; run it after every upgrade, before the server starts.

    With --check nothing of an installation is touched: the migrations are run on an empty database of their own.
    """
    if not check:
        url = from_environment().database_url
        schema.upgrade(url)
        click.echo(f"the database is at revision {schema.head(url)}")
        return
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'empty.db'}"
        schema.upgrade(url)
        found = schema.differences(url)
    for difference in found:
        click.echo(difference, err=True)
    context.exit(1 if found else 0)


@click.command()
@click.argument("email")
@click.option("--reset-second-step", is_flag=True, help="Take app, passkeys and recovery codes away, if all were lost.")
def owner(email: str, reset_second_step: bool) -> None:
    """Make the first owner, or one more, and print a link to set a password: it works once, for two days.

    For an owner who is locked out as well: an account that was disabled is enabled again.
    """
    settings = from_environment()
    with _session(settings) as session:
        user = users.make_owner(session, email=email)
        users.enable(session, user=user, by=None)
        if reset_second_step:
            second_factors.reset(session, user=user, by=None)
        expires = clock.now() + LINK_LASTS
        token = sign_ins.one_time_link(session, user=user, purpose="password", expires_at=expires, by=None)
        session.commit()
    click.echo(f"{settings.base_url}/password/{token}")


@click.command()
@click.argument("evaluation")
@click.option("--wave", type=int, help="The number of the wave; the latest when left out.")
@click.option("--as", "account", help="The account that does this; it stands in the log.")
@click.pass_context
def recount(context: click.Context, evaluation: str, wave: int | None, account: str | None) -> None:
    """Count the submitted answers of EVALUATION again, repair the kept counts and tell every difference.

    Ends with 1 when there was any.
    """
    with _session(from_environment()) as session:
        by = _account(session, account) if account else None
        counted = evaluations.wave(session, evaluations.by_slug(session, evaluation), wave)
        differences = tallies.recount(session, wave=counted, by=by)
        session.commit()
    for difference in differences:
        key = " ".join(str(part) for part in difference.key)
        click.echo(f"{difference.tally} {key}: kept {difference.kept}, counted {difference.counted}")
    click.echo(f"{len(differences)} differences" + (", repaired" if differences else ""))
    context.exit(1 if differences else 0)


@contextmanager
def _session(settings: Settings) -> Iterator[Session]:
    """A session of this command; its connection is closed with it."""
    database = Database(settings.database_url)
    try:
        with database.session() as session:
            yield session
    finally:
        database.dispose()


def _account(session: Session, email: str) -> User:
    found = user_queries.by_email(session, email)
    if found is None:
        raise NotFound("account", email=email)
    return found
