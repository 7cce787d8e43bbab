"""``surveyapp serve`` refuses what cannot work before it starts anything."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from surveyapp.cli import commands


@pytest.mark.parametrize("option", [("--port", "99999"), ("--port", "0"), ("--processes", "0"), ("--threads", "-1")])
def test_an_impossible_number_is_wrong_usage(option: tuple[str, str]) -> None:
    answer = CliRunner().invoke(commands, ["serve", *option])
    assert answer.exit_code == 2
    assert "is not in the range" in answer.output


def test_a_database_that_was_not_upgraded_is_not_served(tmp_path: Path) -> None:
    environment = {
        "SURVEYAPP_SECRET_KEY": "a secret of at least thirty-two characters",
        "SURVEYAPP_DATABASE_URL": f"sqlite:///{tmp_path / 'new.db'}",
    }
    answer = CliRunner().invoke(commands, ["serve"], env=environment)
    assert answer.exit_code == 3
    assert "surveyapp migrate" in answer.output
