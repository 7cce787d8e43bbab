"""A small questionnaire, served from a database of its own by a server that can be killed and come back."""

import os
import shutil
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from surveyapp.models.database import Database
from surveyapp.queries.tokens import token_hash
from surveyapp.questionnaires.edition import Edition
from surveyapp.questionnaires.questionnaire import Questionnaire
from tests import cast
from tests.journeys.servers import SURVEYAPP, free_port, wait_for

PATIENCE: Final = 30
"""Seconds in which something that happens by itself must have happened, also on a busy machine."""
_INVITATIONS: Final = 40
_ANSWERS: Final = (
    "SELECT question, value FROM answer JOIN response ON response.id = response_id"
    " JOIN invitation ON invitation.id = invitation_id WHERE token_hash = ?"
)
_RESPONSES: Final = (
    "SELECT response.id FROM response JOIN invitation ON invitation.id = invitation_id WHERE token_hash = ?"
)


@dataclass(frozen=True)
class Questioned:
    """Somebody who was invited, and what is stored of them."""

    link: str
    _file: Path

    def stored(self) -> dict[str, str]:
        """Question -> answer."""
        rows = self._rows(_ANSWERS)
        assert len(dict(rows)) == len(rows), "an answer was stored twice"
        return dict(rows)

    def stores(self, **answers: str) -> None:
        """Wait until these answers are stored."""
        deadline = time.monotonic() + PATIENCE
        while not answers.items() <= self.stored().items():
            assert time.monotonic() < deadline, f"not stored: {answers}; stored: {self.stored()}"
            time.sleep(0.05)

    def responses(self) -> int:
        """How many were begun with the invitation."""
        return len(self._rows(_RESPONSES))

    def _rows(self, query: str) -> list[Any]:
        with closing(sqlite3.connect(self._file)) as opened:
            return opened.execute(query, (token_hash(self.link.rpartition("/")[2]),)).fetchall()


class Server:
    """Serves a questionnaire to people who were invited."""

    def __init__(self, folder: Path, migrated: Path, questionnaire: dict[str, Any]) -> None:
        self._file = folder / "survey.db"
        shutil.copyfile(migrated, self._file)
        self._log = folder / "log"
        self._address = ("127.0.0.1", free_port())
        self._process: subprocess.Popen[bytes] | None = None
        self._tokens = self._invited(questionnaire)

    def _invited(self, questionnaire: dict[str, Any]) -> list[str]:
        asked = Questionnaire.model_validate(questionnaire)
        edition = Edition.model_validate(dict(cast.edition()) | {"questionnaire": asked})
        database = Database(f"sqlite:///{self._file}")
        with database.session() as session:
            study = cast.study(session, asked=edition)
            for number in range(_INVITATIONS):
                study.invite(session, "governor", email=f"bram{number}@almelo.example")
            session.commit()
        database.dispose()
        return list(study.tokens.values())

    def invited(self) -> Questioned:
        """Somebody who has not answered yet."""
        return Questioned(f"http://{self._address[0]}:{self._address[1]}/r/{self._tokens.pop()}", self._file)

    def start(self) -> None:
        """Serve, on the same port as before."""
        environment = {
            "SURVEYAPP_DATABASE_URL": f"sqlite:///{self._file}",
            "SURVEYAPP_SECRET_KEY": cast.SECRET_KEY,
            "SURVEYAPP_BASE_URL": f"http://{self._address[0]}:{self._address[1]}",
        }
        port = self._address[1]
        command = [str(SURVEYAPP), "serve", "--port", str(port), "--no-worker", "--processes", "1"]
        with self._log.open("ab") as output:
            self._process = subprocess.Popen(
                command, env=os.environ | environment, stdout=output, stderr=output, start_new_session=True
            )
        wait_for(port, self._process, self._log)

    def kill(self) -> None:
        """Without a warning, in whatever it does."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None
