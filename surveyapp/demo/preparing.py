"""The demonstration's database and the file that says how to enter it."""

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from surveyapp.demo import study
from surveyapp.demo.study import Made, Tell
from surveyapp.models import schema
from surveyapp.models.database import Database

FOLDER: Final = Path("var/demo")


@dataclass(frozen=True)
class Demonstration:
    """Where the demonstration is: its links and the environment that serves it."""

    links: dict[str, object]
    environment: dict[str, str]


def prepare(folder: Path, port: int, tell: Tell) -> Demonstration:
    """Make the demonstration afresh in ``folder`` and write ``links.json``; what was there before is replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    file = (folder / "surveyapp.db").resolve()
    for part in (file, Path(f"{file}-wal"), Path(f"{file}-shm"), Path(f"{file}-line"), folder / "links.json"):
        part.unlink(missing_ok=True)
    environment = {
        "SURVEYAPP_DATABASE_URL": f"sqlite:///{file}",
        "SURVEYAPP_SECRET_KEY": secrets.token_hex(32),
        "SURVEYAPP_BASE_URL": f"http://127.0.0.1:{port}",
    }
    tell("an empty database")
    schema.upgrade(environment["SURVEYAPP_DATABASE_URL"])
    database = Database(environment["SURVEYAPP_DATABASE_URL"])
    try:
        made = study.make(database, environment["SURVEYAPP_SECRET_KEY"], tell)
    finally:
        database.dispose()
    links = _links(made, environment)
    unfinished = folder / "links.json.new"
    unfinished.write_text(json.dumps(links, indent=2) + "\n", encoding="utf-8")
    unfinished.chmod(0o600)
    unfinished.replace(folder / "links.json")
    return Demonstration(links, environment)


def existing(folder: Path, port: int) -> Demonstration | None:
    """The demonstration that was made before, if there is one to be served on this port."""
    try:
        links = json.loads((folder / "links.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    base_url = f"http://127.0.0.1:{port}"
    if links["base_url"] != base_url or not (folder / "surveyapp.db").exists():
        return None
    return Demonstration(links, links["environment"])


def serving_environment(demonstration: Demonstration) -> dict[str, str]:
    """The environment of this process with the demonstration's settings in it."""
    return {**os.environ, **demonstration.environment}


def _links(made: Made, environment: dict[str, str]) -> dict[str, object]:
    base = environment["SURVEYAPP_BASE_URL"]
    return {
        "base_url": base,
        "researcher": f"{base}/demonstration/{made.researcher}?next=/evaluations/{made.evaluation}",
        "project_lead": f"{base}/demonstration/{made.project_lead}?next=/evaluations/{made.evaluation}",
        "municipality": f"{base}/demonstration/{made.municipality}?next=/evaluations/{made.evaluation}",
        "municipality_code": study.READS_OWN,
        "invitations": [f"{base}/r/{token}" for token in made.invitations],
        "open_link": f"{base}/o/{made.open_link}",
        "evaluation": made.evaluation,
        "environment": environment,
    }
