"""What the research team can download of a wave: every answer, and results that are not protected."""

from sqlalchemy.orm import Session

from surveyapp.analysis.analyse import analyse
from surveyapp.models import Wave
from surveyapp.queries import counts, editions, evaluations
from surveyapp.queries.answers import People
from surveyapp.reports.datasets import respondents, results
from surveyapp.reports.datasets.table import Download


def of_answers(session: Session, wave: Wave) -> Download:
    """Every submitted answer, excluded ones too, for the research team; read while it is written, in this session.

    What may be done with it is decided by ``actions.answers.may_take_out`` and ``take_out``.
    """
    edition = editions.of(session, wave)
    people = People(session, wave)
    return respondents.download(
        edition,
        people,
        title=wave.evaluation.title,
        organisations=_places(session, wave),
        notes=_notes(wave) | {"respondents": str(len(people)), "excluded": str(people.excluded)},
        excluded=people.excluded > 0,
    )


def of_results(session: Session, wave: Wave) -> Download:
    """The results of this moment, unprotected, for the research team of a wave that is not anonymous."""
    edition = editions.of(session, wave)
    counted = counts.of(session, wave, edition.questionnaire)
    return results.unprotected(
        analyse(counted, edition.questionnaire),
        counted,
        edition,
        title=wave.evaluation.title,
        organisations=_places(session, wave),
        notes=_notes(wave),
    )


def _notes(wave: Wave) -> dict[str, str]:
    return {"study": wave.evaluation.slug, "wave": str(wave.number), "regime": wave.regime}


def _places(session: Session, wave: Wave) -> dict[str, str]:
    """Code -> name, in the order of the study."""
    members = evaluations.memberships(session, wave.evaluation)
    return {member.organisation.code: member.organisation.name for member in members}
