"""What whoever keeps an installation meets at the prompt, above all when something is not right yet."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from surveyapp import clock
from surveyapp.actions import sign_ins
from surveyapp.cli import commands
from surveyapp.models.database import Database
from surveyapp.queries import users as user_queries
from tests import cast

KEY = "a secret of at least thirty-two characters"


def call(url: str, *arguments: str) -> Result:
    environment = {"SURVEYAPP_DATABASE_URL": url, "SURVEYAPP_SECRET_KEY": KEY, "SURVEYAPP_TRACE": ""}
    return CliRunner().invoke(commands, arguments, env=environment)


def test_an_owner_gets_a_link_each_time(database_url: str) -> None:
    results = [call(database_url, "owner", "anna@bureau.example") for _ in range(2)]
    assert [result.exit_code for result in results] == [0, 0]
    assert all(result.output.startswith("http://127.0.0.1:8000/password/") for result in results)
    assert results[0].output != results[1].output


def test_an_owner_who_is_locked_out_comes_in_again(database: Database, database_url: str) -> None:
    call(database_url, "owner", "anna@bureau.example")
    with database.session() as session:
        anna = user_queries.by_email(session, "anna@bureau.example")
        assert anna is not None
        anna.totp_secret, anna.disabled_at = "lost", clock.now()
        session.commit()
    result = call(database_url, "owner", "anna@bureau.example", "--reset-second-step")
    assert result.exit_code == 0
    token = result.output.strip().rpartition("/")[2]
    with database.session() as session:
        entered = sign_ins.with_new_password(session, token=token, password="vier woorden op een rij")
        assert entered.token is not None


def test_what_is_not_an_address_is_refused_in_words(database_url: str) -> None:
    result = call(database_url, "owner", "anna")
    assert (result.exit_code, result.output) == (
        1,
        "surveyapp: this is not an e-mail address: write it like anna@bureau.example\n",
    )


@pytest.mark.parametrize("arguments", [("owner", "anna@bureau.example"), ("recount", "samen")])
def test_a_database_without_tables_is_told_to_be_migrated(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    result = call(f"sqlite:///{tmp_path / 'empty.db'}", *arguments)
    assert result.exit_code == 3
    assert "surveyapp migrate" in result.output


@pytest.mark.parametrize("command", [("migrate",), ("owner", "anna@bureau.example")])
def test_a_database_that_is_away_or_no_database_fails_outside_with_advice(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    (tmp_path / "letter.txt").write_text("Geachte mevrouw,\n" * 100)
    for url in ("postgresql://nobody@127.0.0.1:1/nothing", f"sqlite:///{tmp_path / 'letter.txt'}"):
        result = call(url, *command)
        assert result.exit_code == 3
        assert "SURVEYAPP_DATABASE_URL" in result.output


def test_counting_again_ends_with_zero_where_nothing_was_wrong(database: Database, database_url: str) -> None:
    with database.session() as session:
        cast.study(session)
    result = call(database_url, "recount", "samen", "--as", "anna@bureau.example")
    assert (result.exit_code, result.output) == (0, "0 differences\n")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("nergens",), "there is no evaluation 'nergens'"),
        (("samen", "--wave", "9"), "evaluation 'samen' has no such wave"),
        (("samen", "--as", "dirk@elders.example"), "there is no account 'dirk@elders.example'"),
    ],
)
def test_what_cannot_be_counted_is_said_in_words(
    database: Database, database_url: str, arguments: tuple[str, ...], words: str
) -> None:
    with database.session() as session:
        cast.study(session)
    result = call(database_url, "recount", *arguments)
    assert result.exit_code == 1
    assert words in result.output
