"""Inviting everybody of a list from the prompt: the same messages as in the browser, and nothing by halves."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from surveyapp.actions import settings, users, waves
from surveyapp.actions.invitations import token_for
from surveyapp.cli import commands
from surveyapp.models import Event, Invitation, Invitee
from surveyapp.models.database import Database
from surveyapp.queries import invitations
from tests import cast
from tests.analysis.reading.listed import workbook

KEY = "a secret of at least thirty-two characters"
TITLES = "name,email,organisation,role,language\n"
ANNA = ("--as", "anna@bureau.example")


@pytest.fixture
def study(database: Database) -> cast.Study:
    with database.session() as session:
        return cast.study(session)


def listed(folder: Path, *rows: str) -> str:
    file = folder / "people.csv"
    file.write_text(TITLES + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return str(file)


def call(url: str, *arguments: str) -> Result:
    environment = {"SURVEYAPP_DATABASE_URL": url, "SURVEYAPP_SECRET_KEY": KEY, "SURVEYAPP_TRACE": ""}
    return CliRunner().invoke(commands, ("invite", *arguments), env=environment)


def invited(database: Database) -> dict[str, str]:
    """Name -> address of everybody in Anna's study."""
    with database.session(readonly=True) as session:
        rows = session.execute(select(Invitee.name, Invitee.email, Invitee.wave_id).order_by(Invitee.id))
        first = session.scalars(select(Invitee.wave_id).where(Invitee.name == "Bram").limit(1)).first()
        return {name: email for name, email, wave in rows if wave != first}


GOOD = ("Carla,carla@almelo.example,Almelo,official,nl", "Dirk,dirk@borne.example,GM0147,Bestuurder,")


@pytest.mark.usefixtures("study")
def test_everybody_on_the_list_is_invited_with_a_link_that_works(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    result = call(database_url, "samen", listed(tmp_path, *GOOD), *ANNA)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("2 people invited\n")
    assert "/evaluations/samen/mail" in result.stdout
    assert invited(database) == {"Carla": "carla@almelo.example", "Dirk": "dirk@borne.example"}
    with database.session(readonly=True) as session:
        carla = session.scalars(select(Invitation).join(Invitee).where(Invitee.name == "Carla")).one()
        assert invitations.by_token(session, token_for(carla, KEY)) is not None
        event = session.scalars(select(Event).where(Event.verb == "people.let-in")).one()
        assert event.actor_id is not None
        assert event.details["people"] == 2


@pytest.mark.usefixtures("study")
def test_a_spreadsheet_does_as_well(database: Database, database_url: str, tmp_path: Path) -> None:
    file = tmp_path / "people.xlsx"
    file.write_bytes(workbook(("Carla", "carla@almelo.example", "Almelo", "Ambtenaar", "")))
    assert call(database_url, "samen", str(file), *ANNA).exit_code == 0
    assert invited(database) == {"Carla": "carla@almelo.example"}


@pytest.mark.usefixtures("study")
def test_with_a_fault_nobody_is_invited_and_every_fault_is_told(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    file = listed(tmp_path, *GOOD, "Eva,eva,Almeloo,king,fr")
    result = call(database_url, "samen", file, *ANNA)
    assert (result.exit_code, result.stdout) == (1, "")
    assert [line.removesuffix(" Did you mean ‘Almelo’?") for line in result.stderr.splitlines()] == [
        f"{file}:4: email: ‘eva’ is not an e-mail address. Fill in an address like name@municipality.nl.",
        f"{file}:4: organisation: ‘Almeloo’ does not take part in this study. Use a code or the exact name.",
        f"{file}:4: role: This questionnaire has no role ‘king’.",
        f"{file}:4: language: This study has no language ‘fr’. Leave the language empty or choose another.",
        "surveyapp: 4 problems: nobody was invited",
    ]
    assert invited(database) == {}


@pytest.mark.usefixtures("study")
def test_a_file_that_is_no_list_is_told_without_a_row(database_url: str, tmp_path: Path) -> None:
    file = tmp_path / "people.xlsx"
    file.write_bytes(b"PK\x03\x04 nothing")
    result = call(database_url, "samen", str(file), *ANNA)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"{file}: The Excel file is damaged.")


@pytest.mark.usefixtures("study")
def test_who_is_there_already_is_a_fault_unless_they_are_to_be_passed_over(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    assert call(database_url, "samen", listed(tmp_path, GOOD[0]), *ANNA).exit_code == 0
    again = call(database_url, "samen", listed(tmp_path, *GOOD), *ANNA)
    assert again.exit_code == 1
    assert "has been invited already" in again.stderr
    assert len(invited(database)) == 1
    passed = call(database_url, "samen", listed(tmp_path, *GOOD), *ANNA, "--skip-existing")
    assert passed.stdout.startswith("1 person invited; 1 passed over, who were invited already\n")
    assert len(invited(database)) == 2
    nobody = call(database_url, "samen", listed(tmp_path, *GOOD), *ANNA, "--skip-existing")
    assert (nobody.exit_code, nobody.stderr) == (
        1,
        "surveyapp: there is nobody in the list who is not invited already\n",
    )


@pytest.mark.usefixtures("study")
def test_checking_invites_nobody(database: Database, database_url: str, tmp_path: Path) -> None:
    result = call(database_url, "samen", listed(tmp_path, *GOOD), *ANNA, "--check")
    assert (result.exit_code, result.stdout) == (0, "2 people can be invited\n")
    assert invited(database) == {}


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("nergens", *ANNA), 1, "there is no evaluation 'nergens'"),
        (("samen", *ANNA, "--wave", "9"), 1, "has no such wave"),
        (("samen", "--as", "nobody@bureau.example"), 1, "there is no account 'nobody@bureau.example'"),
        (("samen", "--as", "dirk@elders.example"), 1, "may not invite people to 'samen'"),
        (("samen",), 2, "--as ACCOUNT"),
    ],
)
def test_who_may_not_or_what_is_not_there_is_said_in_words(
    database: Database, database_url: str, tmp_path: Path, arguments: tuple[str, ...], status: int, words: str
) -> None:
    with database.session() as session:
        study = cast.study(session)
        users.create(session, email="dirk@elders.example", name="Dirk", by=study.anna)
        session.commit()
    result = call(database_url, arguments[0], listed(tmp_path, *GOOD), *arguments[1:])
    assert result.exit_code == status
    assert words in result.stderr
    assert invited(database) == {}


def test_a_file_that_is_not_there_is_wrong_usage(database_url: str, tmp_path: Path) -> None:
    assert call(database_url, "samen", str(tmp_path / "nothing.csv"), *ANNA).exit_code == 2


def test_a_closed_wave_takes_nobody(database: Database, database_url: str, tmp_path: Path, study: cast.Study) -> None:
    with database.session() as session:
        wave = session.merge(study.wave)
        waves.close(session, wave=wave, by=None)
        session.commit()
    result = call(database_url, "samen", listed(tmp_path, *GOOD), *ANNA)
    assert result.exit_code == 1
    assert "the questionnaire is closed" in result.stderr


@pytest.mark.usefixtures("study")
def test_in_a_demonstration_the_researcher_does_it(database: Database, database_url: str, tmp_path: Path) -> None:
    with database.session() as session:
        settings.mark_demonstration(session)
        session.commit()
    assert call(database_url, "samen", listed(tmp_path, *GOOD)).exit_code == 0
    assert len(invited(database)) == 2
