"""``surveyapp retain``: erase what studies keep no longer, as a worker does every day."""

import click

from surveyapp import clock
from surveyapp.actions import retention
from surveyapp.actions.retention import Due
from surveyapp.config import from_environment
from surveyapp.models.database import Database

_WHAT = {
    retention.INVITEES: "names, addresses and links of {number} people",
    retention.TEXTS: "{number} texts that somebody wrote",
    retention.ANSWERS: "the single answers of {number} people",
}


@click.command(short_help="Erase what studies keep no longer.")
@click.option("--dry-run", is_flag=True, help="Only tell what would be erased.")
def retain(dry_run: bool) -> None:
    """Erase what was kept until a day that has passed: names and links, texts, or single answers, as each study says.

    A worker does this every day. Totals and publications stay. A study with a wave that has not closed waits.
    """
    database = Database(from_environment().database_url)
    try:
        with database.session() as session:
            found = retention.retain(session, day=clock.local(clock.now()).date(), dry_run=dry_run)
            session.commit()
        if not dry_run and any(not one.waits for one in found):
            database.erase_traces()
    finally:
        database.dispose()
    for one in found:
        click.echo(_told(one, dry_run=dry_run))
    if not found:
        click.echo("nothing is to be erased today")


def _told(one: Due, *, dry_run: bool) -> str:
    what = _WHAT[one.what].format(number=one.number)
    done = "waits for a wave to close" if one.waits else "would be erased" if dry_run else "erased"
    return f"{one.slug}: {what}, kept until {one.until}: {done}"
