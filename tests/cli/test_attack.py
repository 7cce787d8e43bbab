"""``surveyapp attack``: what it reads, what it says, and how it ends."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy.orm import Session

from surveyapp.actions import publications, waves
from surveyapp.cli import commands
from surveyapp.cli.attack import FOUND
from tests import cast
from tests.cli import twente
from tests.cli.test_analyse import HABITS, analyse

KEY = "a secret of at least thirty-two characters"
HEADER = "level,key,organisation,role,n,mean,equal,suppressed\n"
SAFE = "item,q1,A,all,7,3.14,,\nitem,q1,A,governor,,,,small\n"
LEAKING = SAFE + "item,q1,A,official,5,3.00,,\n"


def attack(*arguments: str | Path) -> Result:
    return CliRunner().invoke(commands, ["attack", *map(str, arguments)])


def file(path: Path, rows: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(HEADER + rows)
    return path


def test_files_that_give_nothing_away_end_with_zero(tmp_path: Path) -> None:
    result = attack(file(tmp_path / "scores.csv", SAFE))
    assert result.exit_code == 0
    files, read, tried, found = result.output.splitlines()
    assert files == "files: 1 csv"
    assert read == "read: 2 numbers in 1 cells, and 1 cells that are hidden"
    assert re.fullmatch(
        "tried: combinations, intervals and whole answers on 1 themes and questions, and 0 numbers in corners of the "
        r"files, in \d+\.\d seconds",
        tried,
    )
    assert found == "found: nobody; nothing about fewer people than the threshold follows from these files"


def test_a_leak_is_told_with_the_numbers_it_follows_from(tmp_path: Path) -> None:
    result = attack(file(tmp_path / "scores.csv", LEAKING))
    assert result.exit_code == FOUND
    assert "q1: the answers of 2 people (A / governor) follow from other numbers: mean 3.50, from" in result.output
    assert "q1, A, official: mean 3.00 (scores.csv, row 4)" in result.output


def test_a_folder_is_taken_as_what_one_person_has(tmp_path: Path) -> None:
    file(tmp_path / "all" / "one.csv", SAFE)
    assert attack(tmp_path / "all").exit_code == 0
    file(tmp_path / "all" / "two.csv", "item,q1,A,official,5,3.00,,\n")
    assert attack(tmp_path / "all").exit_code == FOUND


def test_formats_are_read_together_and_others_are_counted(tmp_path: Path) -> None:
    file(tmp_path / "all" / "one.csv", SAFE)
    page = "<h1>q1</h1><table><tr><th>key</th><th>organisation</th><th>role</th><th>n</th><th>mean</th></tr>"
    row = "<tr><td>q1</td><td>A</td><td>official</td><td>5</td><td>3.00</td></tr></table>"
    (tmp_path / "all" / "page.html").write_text(page + row)
    (tmp_path / "all" / "letter.rtf").write_bytes(b"")
    result = attack(tmp_path / "all")
    assert result.exit_code == FOUND
    assert "files: 1 csv, 1 html; passed over 1 of other kinds" in result.output
    assert "q1, A, official: mean 3.00 (page.html, row 2)" in result.output


def test_several_are_taken_as_released_one_after_another(tmp_path: Path) -> None:
    first = file(tmp_path / "one" / "scores.csv", "item,q1,A,all,7,3.00,,\n")
    second = file(tmp_path / "two" / "scores.csv", "item,q1,A,all,8,3.25,,\n")
    result = attack(first, second)
    assert result.exit_code == FOUND
    assert "1 person (A / *, since release 2)" in result.output


def test_the_threshold_can_be_another(tmp_path: Path) -> None:
    six = file(tmp_path / "scores.csv", "item,q1,A,all,6,3.17,,\n")
    assert attack(six).exit_code == 0
    assert attack(six, "--threshold", "10").exit_code == FOUND


@pytest.mark.parametrize("audience", ["lead", "public"])
def test_what_analyse_writes_for_others_gives_nothing_away(audience: str, tmp_path: Path) -> None:
    twente.write_study(tmp_path)
    assert analyse(tmp_path, *HABITS, "--audience", audience).exit_code == 0
    result = attack(tmp_path / "out", "--outside", twente.REGION_BODY)
    assert (result.exit_code, result.output.count("nothing about fewer people")) == (0, 1)


def test_a_file_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    result = attack(tmp_path / "nothing.csv")
    assert result.exit_code == 2
    assert "there is no file or folder" in " ".join(result.output.split())


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"no workbook")
    result = attack(tmp_path)
    assert result.exit_code == 1
    assert "file cannot be read: name a.xlsx" in result.output


def published(session: Session, regime: str) -> int:
    """A publication of six officials and one governor of one municipality, and one governor of another."""
    study = cast.study(session, regime=regime)
    for value in (1, 3, 4, 4, 5, 2):
        study.respond(session, "official", t1_1=str(value), t1_2="2", t1_3="4")
    study.respond(session, "governor", member=1, t1_1="4", t1_2="3")
    waves.close(session, wave=study.wave, by=study.anna)
    publication = publications.publish(session, wave=study.wave, by=study.anna)
    session.commit()
    return publication.id


def by_number(number: int, database_url: str) -> Result:
    settings = {"SURVEYAPP_SECRET_KEY": KEY, "SURVEYAPP_DATABASE_URL": database_url}
    return CliRunner().invoke(commands, ["attack", str(number)], env=settings)


@pytest.mark.parametrize(("regime", "status"), [("confidential", 0), ("attributable", FOUND)])
def test_a_publication_is_attacked_by_its_number(regime: str, status: int, session: Session, database_url: str) -> None:
    number = published(session, regime)
    result = by_number(number, database_url)
    assert result.exit_code == status, result.output
    for kind in ("csv", "json", "ods", "sav", "txt", "xlsx"):
        assert f" {kind}" in result.output.splitlines()[0]


@pytest.mark.usefixtures("session")
def test_a_number_that_no_publication_has_is_told(database_url: str) -> None:
    result = by_number(77, database_url)
    assert (result.exit_code, result.output) == (1, "surveyapp: there is no publication: number 77\n")
