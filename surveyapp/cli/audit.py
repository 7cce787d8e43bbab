"""``surveyapp audit``: is the log whole, and the log as a file."""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import click
from sqlalchemy.orm import Session

from surveyapp.config import from_environment
from surveyapp.models.database import Database
from surveyapp.queries import evaluations, events
from surveyapp.queries.events import Anchor, Fault, Wanted
from surveyapp.reports import log_files

_SENTENCES: Final = {
    events.CHANGED: "{lines}: changed, put in between or moved; they do not follow from the line before",
    events.REMOVED: "{lines}: removed",
    events.CUT_OFF: "{lines}: cut off at the end",
    events.ADDED: "{lines}: added behind the end",
    events.END_CHANGED: "the end of the log is not what its last line, {last}, says",
    events.NO_END: "the end of the log is gone, or there is more than one; its last line is {last}",
    events.ELSEWHERE: "line {last} is not the one that was noted down: the log was written anew, or cut off",
}
_FORMATS: Final = {".csv": log_files.as_csv, ".jsonl": log_files.as_json_lines}


@click.group()
def audit() -> None:
    """Who did what to what and when: check the log, and take it out."""


@audit.command()
@click.option("--noted", metavar="NUMBER:DIGEST", help="What an earlier run printed and was kept elsewhere.")
@click.pass_context
def verify(context: click.Context, noted: str | None) -> None:
    """Tell where the log was changed; ends with 1 when it was anywhere.

    Prints the last line as NUMBER:DIGEST. Keep it outside the installation and give it back with --noted: that finds
    even somebody who can write the database and made the whole chain anew.
    """
    anchor = _anchor(noted) if noted else None
    with _reading() as session:
        found = 0
        for fault in events.faults(session, anchor):
            click.echo(_worded(fault), err=True)
            found += 1
        last = events.end(session)
    if found:
        context.exit(1)
    click.echo(f"the log is whole, up to {last.number}:{last.digest}")


@audit.command()
@click.option("--evaluation", help="Only of this study: its name in the addresses of its pages.")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="FILE.csv or FILE.jsonl")
def export(evaluation: str | None, out: Path) -> None:
    """Write the log into a file: number, moment, actor, act, subject, reason, details and digest.

    It holds no answers and no links. The names of accounts are as they are now.
    """
    if out.suffix not in _FORMATS:
        raise click.BadParameter("end it with .csv or .jsonl", param_hint="--out")
    with _reading() as session:
        study = evaluations.by_slug(session, evaluation) if evaluation else None
        wanted = Wanted(evaluation_id=study.id if study is not None else None)
        _write(out, _FORMATS[out.suffix](events.every(session, wanted)))


def _anchor(noted: str) -> Anchor:
    number, _, digest = noted.partition(":")
    if not number.isdecimal() or len(digest) != 64:
        raise click.BadParameter("write it as an earlier run printed it", param_hint="--noted")
    return Anchor(int(number), digest)


def _worded(fault: Fault) -> str:
    lines = f"line {fault.first}" if fault.first == fault.last else f"lines {fault.first} to {fault.last}"
    return _SENTENCES[fault.code].format(lines=lines, last=fault.last)


def _write(out: Path, parts: Iterable[str]) -> None:
    """The whole file, or nothing."""
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", newline="", dir=out.parent, prefix=".surveyapp-", delete=False
    ) as file:
        room = Path(file.name)
        try:
            file.writelines(parts)
        except BaseException:
            room.unlink(missing_ok=True)
            raise
    room.replace(out)


@contextmanager
def _reading() -> Iterator[Session]:
    database = Database(from_environment().database_url)
    try:
        with database.session(readonly=True) as session:
            yield session
    finally:
        database.dispose()
