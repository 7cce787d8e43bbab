"""What the researcher wrote in the report of the invented study, with numbers that stay current."""

from pathlib import Path
from typing import Final

from ruamel.yaml import YAML
from sqlalchemy.orm import Session

from surveyapp.actions import report_texts
from surveyapp.models import User, Wave
from surveyapp.models.publication import LEAD
from surveyapp.queries import reports
from surveyapp.questionnaires.text import DEFAULT_LANGUAGE

_FILE: Final = Path(__file__).with_name("report_texts.yaml")


def make(session: Session, wave: Wave, by: User) -> None:
    """Through the verb that people use, once the findings are written."""
    report = reports.of(session, wave, audience=LEAD, language=DEFAULT_LANGUAGE)
    for each in YAML(typ="safe").load(_FILE)["texts"]:
        report_texts.write(
            session, wave=wave, report=report, section=each["section"], text=each["text"], version=0, by=by
        )
