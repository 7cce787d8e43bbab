"""Work that is still to be done, is being done, went wrong or was done: for who waits for it, and for who minds it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.models import Evaluation, Job

LATELY: Final = timedelta(days=1)
"""How long what was done stays in the list."""
SOON: Final = timedelta(minutes=2)
"""In which a worker that has nothing else to do takes what waits."""
MOST_SHOWN: Final = 100
"""Jobs that are listed one by one."""


@dataclass(frozen=True)
class Group:
    """Jobs of one kind for one study (or for the installation), as a round of mail is many jobs."""

    kind: str
    evaluation_id: int | None
    number: int
    moment: datetime | None
    """Of what waits, when the first is due; of what was done, when the last was."""


@dataclass(frozen=True)
class Minded:
    """What whoever minds the jobs sees of them; the first that is due first, the latest failed and done first."""

    waiting: Sequence[Group]
    running: Sequence[Job]
    again: Sequence[Job]
    """Waiting because they failed before; the next first, at most ``MOST_SHOWN``."""
    failed: Sequence[Job]
    """At most ``MOST_SHOWN``."""
    failures: int
    """How many there are in all."""
    done: Sequence[Group]
    """Lately."""

    @property
    def is_empty(self) -> bool:
        return not (self.waiting or self.running or self.again or self.failed or self.done)

    def is_left(self, moment: datetime) -> bool:
        """Whether something should have begun a while ago and nobody is at work: perhaps no worker runs."""
        due = [group.moment for group in self.waiting if group.moment is not None]
        return not self.running and any(each < moment - SOON for each in due)


def pending(session: Session, kind: str, **arguments: int | str) -> bool:
    """Whether a job of this kind with at least these arguments waits or runs."""
    waiting = session.scalars(select(Job.arguments).where(Job.kind == kind, Job.state.in_(("queued", "running"))))
    return any(arguments.items() <= found.items() for found in waiting)


def minded(session: Session, *, evaluation_id: int | None) -> Minded:
    """All jobs of one study, or (None) of the installation with all its studies."""
    mine = (Job.evaluation_id == evaluation_id,) if evaluation_id is not None else ()
    failed = (Job.state == "failed", *mine)
    latest_first = select(Job).where(*failed).order_by(Job.finished_at.desc(), Job.id.desc())
    first_due, last_done = func.min(func.coalesce(Job.leased_until, Job.created_at)), func.max(Job.finished_at)
    return Minded(
        waiting=_grouped(session, first_due, Job.state == "queued", Job.problem.is_(None), *mine),
        running=session.scalars(select(Job).where(Job.state == "running", *mine).order_by(Job.id)).all(),
        again=session.scalars(
            select(Job)
            .where(Job.state == "queued", Job.problem.is_not(None), *mine)
            .order_by(Job.leased_until, Job.id)
            .limit(MOST_SHOWN)
        ).all(),
        failed=session.scalars(latest_first.limit(MOST_SHOWN)).all(),
        failures=session.scalar(select(func.count()).select_from(Job).where(*failed)) or 0,
        done=_grouped(session, last_done, Job.state == "done", Job.finished_at > clock.now() - LATELY, *mine)[::-1],
    )


def by_id(session: Session, number: int, *, evaluation_id: int | None) -> Job | None:
    """The job with this number, if it works for this study (None: whatever it works for)."""
    found = session.get(Job, number)
    return found if found is not None and evaluation_id in {None, found.evaluation_id} else None


def titles(session: Session, found: Minded) -> dict[int, Evaluation]:
    """The studies that these jobs work for, by their ids."""
    ids = {each.evaluation_id for each in (*found.waiting, *found.done)}
    ids |= {each.evaluation_id for each in (*found.running, *found.again, *found.failed)}
    return {each.id: each for each in session.scalars(select(Evaluation).where(Evaluation.id.in_(ids - {None})))}


def _grouped(session: Session, moment: ColumnElement[Any], *conditions: ColumnElement[bool]) -> Sequence[Group]:
    """By what ``moment`` says of each group, the earliest first."""
    rows = session.execute(
        select(Job.kind, Job.evaluation_id, func.count(), moment)
        .where(*conditions)
        .group_by(Job.kind, Job.evaluation_id)
        .order_by(moment, Job.kind)
    )
    return [Group(*row) for row in rows]
