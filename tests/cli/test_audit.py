"""Whoever keeps an installation finds out whether the log is whole, and takes it out."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import delete, update

from surveyapp.actions import log
from surveyapp.cli import commands
from surveyapp.models import Event, EventChain
from surveyapp.models.database import Database
from tests import cast


@pytest.fixture
def study(database: Database) -> Iterator[cast.Study]:
    with database.session() as session:
        yield cast.study(session)


def call(url: str, *arguments: str) -> Result:
    environment = {"SURVEYAPP_DATABASE_URL": url, "SURVEYAPP_SECRET_KEY": cast.SECRET_KEY, "SURVEYAPP_TRACE": ""}
    return CliRunner().invoke(commands, ("audit", *arguments), env=environment)


@pytest.mark.usefixtures("study")
def test_a_whole_log_ends_with_zero_and_tells_its_last_line_to_note_down(database_url: str) -> None:
    result = call(database_url, "verify")
    assert result.exit_code == 0
    noted = result.output.split()[-1]
    assert call(database_url, "verify", "--noted", noted).exit_code == 0


@pytest.mark.usefixtures("study")
def test_a_changed_log_ends_with_one_and_says_where(database: Database, database_url: str) -> None:
    with database.session() as session:
        session.execute(update(Event).where(Event.id == 3).values(verb="wave.close"))
        session.execute(delete(Event).where(Event.id.in_([6, 7])))
        session.execute(update(EventChain).values(last=99))
        session.commit()
    result = call(database_url, "verify")
    assert result.exit_code == 1
    for told in ("line 3: changed", "lines 6 to 7: removed", "to 99: cut off at the end"):
        assert told in result.output


@pytest.mark.usefixtures("study")
def test_a_log_that_was_made_anew_is_found_by_what_was_noted(database_url: str) -> None:
    result = call(database_url, "verify", "--noted", f"5:{'0' * 64}")
    assert (result.exit_code, "line 5 is not the one" in result.output) == (1, True)
    assert call(database_url, "verify", "--noted", "5").exit_code == 2


def test_the_log_becomes_a_file_of_all_or_of_one_study(study: cast.Study, database_url: str, tmp_path: Path) -> None:
    everything, own = tmp_path / "log.csv", tmp_path / "own.jsonl"
    assert call(database_url, "export", "--out", str(everything)).exit_code == 0
    assert call(database_url, "export", "--evaluation", "samen", "--out", str(own)).exit_code == 0
    with everything.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    lines = [json.loads(line) for line in own.read_text(encoding="utf-8").splitlines()]
    assert [int(row["number"]) for row in rows] == list(range(1, len(rows) + 1))
    assert {row["evaluation"] for row in rows} == {"", "samen", "elders"}
    assert {line["evaluation"] for line in lines} == {"samen"}
    assert lines[0]["name"] == study.anna.name
    assert len(lines[0]["digest"]) == 64
    assert everything.stat().st_mode & 0o077 == 0, "others on this machine may read it"


def test_words_of_people_are_no_formula_in_a_spreadsheet(
    study: cast.Study, database: Database, database_url: str, tmp_path: Path
) -> None:
    with database.session() as session:
        wave = session.merge(study.wave)
        log.record(session, verb="wave.close", subject=wave, by=None, evaluation=wave.evaluation, reason="=cmd()")
        session.commit()
    out = tmp_path / "log.csv"
    call(database_url, "export", "--out", str(out))
    assert "'=cmd()" in out.read_text(encoding="utf-8")


@pytest.mark.usefixtures("study")
def test_nothing_is_written_where_it_cannot_be_told_what(database_url: str, tmp_path: Path) -> None:
    assert call(database_url, "export", "--out", str(tmp_path / "log.txt")).exit_code == 2
    assert call(database_url, "export", "--evaluation", "nergens", "--out", str(tmp_path / "log.csv")).exit_code == 1
    assert list(tmp_path.glob("log*")) == []
    assert list(tmp_path.glob(".surveyapp-*")) == []
