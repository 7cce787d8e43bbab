"""Whoever keeps an installation sees beforehand what will be erased."""

from datetime import timedelta

import pytest
from click.testing import CliRunner

from surveyapp import clock
from surveyapp.actions import waves
from surveyapp.cli import commands
from surveyapp.models import Invitee
from surveyapp.models.database import Database
from tests import cast


def call(url: str, *arguments: str) -> str:
    environment = {"SURVEYAPP_DATABASE_URL": url, "SURVEYAPP_SECRET_KEY": cast.SECRET_KEY, "SURVEYAPP_TRACE": ""}
    result = CliRunner().invoke(commands, ("retain", *arguments), env=environment)
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.parametrize("closed", [True, False])
def test_what_is_kept_no_longer_is_told_and_then_erased(database: Database, database_url: str, closed: bool) -> None:
    with database.session() as session:
        study = cast.study(session)
        invitee = study.invite(session, "governor", name="Bram").invitee
        assert invitee is not None
        study.evaluation.invitees_until = clock.local(clock.now()).date() - timedelta(days=1)
        if closed:
            waves.close(session, wave=study.wave, by=None)
        session.commit()
        number = invitee.id
    told = "samen: names, addresses and links of 1 people, kept until "
    assert told in call(database_url, "--dry-run")
    assert told in call(database_url)
    with database.session(readonly=True) as session:
        assert session.get_one(Invitee, number).name == ("" if closed else "Bram")
    again = call(database_url)
    assert again == "nothing is to be erased today\n" if closed else again.endswith("waits for a wave to close\n")
