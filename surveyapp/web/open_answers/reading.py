"""Whose words this visitor may read, and reading them, which is logged."""

from collections.abc import Collection, Sequence
from typing import Final

from surveyapp.access import Permission, Scope, may
from surveyapp.actions import answers
from surveyapp.models import Evaluation, Membership, Wave
from surveyapp.queries import evaluations
from surveyapp.queries.answers import OpenAnswer
from surveyapp.web import study, visitor
from surveyapp.web.database import database, session

MOST: Final = 20_000
"""Texts that are searched at once; where more was written, something is to be chosen first."""
READING: Final = (Permission.ANSWERS_READ, Permission.INTERVIEW_PREPARE)
"""Of the whole study, or of the organisations where one interviews."""


def somewhere(slug: str) -> Scope:
    """The scope of a page with the words of the organisations that the visitor may read, for ``guard.needs``."""
    evaluation = study.evaluation(slug)
    of = None if _reads_everything(evaluation) else next(iter(readable(evaluation)), None)
    return Scope(evaluation.id, of.id if of is not None else None)


def readable(evaluation: Evaluation) -> list[Membership]:
    """The organisations whose words the visitor may read, in the order of the study."""
    members = evaluations.memberships(session(), evaluation)
    return [member for member in members if _reads(Scope(evaluation.id, member.id))]


def read(wave: Wave, questions: Collection[str], chosen: Sequence[Membership]) -> list[OpenAnswer] | None:
    """What was written to these questions in these organisations; None where that is more than ``MOST`` texts.

    It is logged at once: as a reading of the whole wave by who reads all of it, else of each organisation.
    """
    whole = _reads_everything(wave.evaluation) and len(chosen) == len(readable(wave.evaluation))
    found: list[OpenAnswer] = []
    with database().session() as writing:
        for member in [None] if whole else chosen:
            found += answers.read_open(
                writing,
                wave=wave,
                questions=questions,
                by=visitor.user(),
                membership=member,
                most=MOST + 1 - len(found),
            )
            if len(found) > MOST:
                break
        writing.commit()
    return found if len(found) <= MOST else None


def _reads_everything(evaluation: Evaluation) -> bool:
    return _reads(Scope(evaluation.id))


def _reads(on: Scope) -> bool:
    return any(may(visitor.user(), permission, on) for permission in READING)
