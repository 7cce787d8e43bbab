"""Deleting a study with everything in it: people, answers, results, mail, files. The log keeps what was done.

What it asked goes too, unless another study asks the same.
"""

from sqlalchemy import ColumnElement, Table, delete, false, func, or_, select, tuple_
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from surveyapp.actions import anonymity, jobs, log
from surveyapp.models import Base, EditionDocument, Evaluation, Job, User, Wave


def delete_evaluation(session: Session, *, evaluation: Evaluation, by: User | None) -> None:
    """Delete every row that belongs to the study, found by following the references between the tables, so that a table
    that is added later is not forgotten. What the disk still held of it is erased by a job."""
    belonging = {table: _belongs(table, evaluation.id) for table in Base.metadata.sorted_tables}
    rows = sum(
        session.scalar(select(func.count()).select_from(table).where(belongs)) or 0
        for table, belongs in belonging.items()
    )
    asked = session.scalars(select(Wave.edition_digest).where(Wave.evaluation_id == evaluation.id).distinct()).all()
    log.record(session, verb="evaluation.delete", subject=evaluation, by=by, evaluation=evaluation, rows=rows)
    session.flush()
    session.expunge_all()
    for table, belongs in reversed(belonging.items()):
        session.execute(delete(table).where(belongs))
    for edition in sorted(asked):
        _forget_unless_used(session, edition)
    if session.get_bind().dialect.name == "sqlite" and not _is_waiting(session):
        jobs.enqueue(session, kind=anonymity.ERASE_TRACES)


def _forget_unless_used(session: Session, edition: str) -> None:
    """Delete the text of an edition that no wave asks. A wave that is planned with it at this moment keeps it."""
    used = select(Wave.id).where(Wave.edition_digest == edition).exists()
    forgetting = delete(EditionDocument).where(EditionDocument.digest == edition, ~used)
    try:
        with session.begin_nested():
            session.execute(forgetting.execution_options(synchronize_session=False))
    except IntegrityError:  # a wave that was committed after we looked asks it
        return


def _is_waiting(session: Session) -> bool:
    waiting = select(Job.id).where(Job.kind == anonymity.ERASE_TRACES, Job.state == "queued")
    return session.scalars(waiting.limit(1)).first() is not None


def _belongs(table: Table, evaluation: int) -> ColumnElement[bool]:
    """Of a row of this table, whether it refers to the study, directly or through other rows."""
    if table.name == Evaluation.__tablename__:
        return table.c.id == evaluation
    ways = [
        tuple_(*constraint.columns).in_(
            select(*(element.column for element in constraint.elements)).where(
                _belongs(constraint.referred_table, evaluation)
            )
        )
        for constraint in table.foreign_key_constraints
        if constraint.referred_table is not table and _leads_to_a_study(constraint.referred_table)
    ]
    return or_(false(), *ways)


def _leads_to_a_study(table: Table) -> bool:
    others = {reference.column.table for reference in table.foreign_keys} - {table}
    return table.name == Evaluation.__tablename__ or any(_leads_to_a_study(other) for other in others)
