"""Verbs on the codebook of a study: adding a code, changing, retiring and merging it, and letting in a whole file."""

from collections.abc import Collection
from dataclasses import asdict
from typing import Final

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import log
from surveyapp.analysis.coding import book
from surveyapp.analysis.coding.book import Entry, Problem
from surveyapp.errors import InvalidContent, WrongState
from surveyapp.models import Code, Coding, Evaluation, Resolution, User
from surveyapp.queries import coding

_TEXTS: Final = ("title", "definition", "not_for", "example", "theme")


class FaultyFile(InvalidContent):
    """A codebook with faults: ``problems`` are all of them."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("codebook-faulty", problems=len(problems))
        self.problems = problems


def add(session: Session, *, evaluation: Evaluation, entry: Entry, themes: Collection[str], by: User | None) -> Code:
    """A new code, at the end. Raises ``InvalidContent`` with the code of the first fault (see ``book.faults``), or
    ``key-taken``, also by a code that was retired."""
    there = _book(session, evaluation)
    if entry.key in there:
        raise InvalidContent("key-taken", value=entry.key)
    _refuse(entry, there, themes)
    last = session.scalar(select(func.max(Code.position)).where(Code.evaluation_id == evaluation.id))
    made = Code(evaluation_id=evaluation.id, key=entry.key, position=0 if last is None else last + 1)
    session.add(made)
    _write(session, made, entry)
    log.record(session, verb="code.add", subject=made, by=by, evaluation=evaluation, key=entry.key)
    return made


def change(
    session: Session, *, code: Code, entry: Entry, version: int, themes: Collection[str], by: User | None
) -> None:
    """Other words for a code, whose key stays. Raises ``InvalidContent`` as ``add`` does, and ``WrongState``
    (``changed-meanwhile``) where somebody changed it since ``version``."""
    evaluation = _evaluation(session, code)
    session.refresh(code, with_for_update=True)
    if code.version != version:
        raise WrongState("changed-meanwhile")
    kept = Entry(**{**asdict(entry), "key": code.key})
    _refuse(kept, _book(session, evaluation), themes)
    if kept == coding.entry(code):
        return
    _write(session, code, kept)
    code.version += 1
    log.record(session, verb="code.change", subject=code, by=by, evaluation=evaluation, key=code.key)


def retire(session: Session, *, code: Code, by: User | None) -> None:
    """Offer it no more; what was coded with it stays. Raises ``WrongState``: ``already-retired``."""
    if code.retired_at is not None:
        raise WrongState("already-retired")
    code.retired_at = clock.now()
    log.record(session, verb="code.retire", subject=code, by=by, evaluation=_evaluation(session, code), key=code.key)


def bring_back(session: Session, *, code: Code, by: User | None) -> None:
    """Offer it again. Raises ``WrongState``: ``not-retired``."""
    if code.retired_at is None:
        raise WrongState("not-retired")
    code.retired_at = None
    log.record(
        session, verb="code.bring-back", subject=code, by=by, evaluation=_evaluation(session, code), key=code.key
    )


def merge(session: Session, *, code: Code, into: Code, by: User | None) -> None:
    """Everything that was coded with the one is coded with the other from now on, and the one is retired.

    Where disagreements were settled about both, what was decided about ``into`` stands. Raises ``InvalidContent``:
    ``merge-with-itself``, ``merge-into-below``, and ``WrongState``: ``already-retired`` of either.
    """
    evaluation = _evaluation(session, code)
    if code.id == into.id or code.evaluation_id != into.evaluation_id:
        raise InvalidContent("merge-with-itself")
    if code.retired_at is not None or into.retired_at is not None:
        raise WrongState("already-retired")
    if book.is_below(coding.entry(into), code.key, _book(session, evaluation)):
        raise InvalidContent("merge-into-below")
    _move(session, code, into)
    session.execute(update(Code).where(Code.parent_id == code.id).values(parent_id=into.id))
    code.retired_at = clock.now()
    session.flush()
    session.expire_all()
    log.record(session, verb="code.merge", subject=into, by=by, evaluation=evaluation, key=code.key, into=into.key)


def let_in(
    session: Session, *, evaluation: Evaluation, content: bytes, themes: Collection[str], by: User | None
) -> tuple[int, int]:
    """Add the codes of a file and change those that are there; how many of either. Raises ``FaultyFile``: then nothing
    is let in."""
    there = {each.key: each for each in coding.codes(session, evaluation, retired=True)}
    entries, problems = book.read(content, themes=themes, there=[coding.entry(each) for each in there.values()])
    if problems:
        raise FaultyFile(problems)
    last = max((each.position for each in there.values()), default=-1)
    new = [entry for entry in entries if entry.key not in there]
    for place, entry in enumerate(new, last + 1):
        there[entry.key] = Code(evaluation_id=evaluation.id, key=entry.key, title=entry.title, position=place)
        session.add(there[entry.key])
    session.flush()
    changed = [entry for entry in entries if entry not in new and entry != coding.entry(there[entry.key])]
    for entry in (*new, *changed):
        _write(session, there[entry.key], entry)
    for entry in changed:
        there[entry.key].version += 1
    numbers = {"added": len(new), "changed": len(changed)}
    log.record(session, verb="code.let-in", subject=evaluation, by=by, evaluation=evaluation, **numbers)
    return len(new), len(changed)


def _move(session: Session, code: Code, into: Code) -> None:
    """Rows about the one become rows about the other, but where there is one about the other already."""
    there = {_whose(row) for row in _rows(session, into)}
    for row in _rows(session, code):
        if _whose(row) in there:
            session.delete(row)
        else:
            row.code_id = into.id
    session.flush()


def _rows(session: Session, code: Code) -> list[Coding | Resolution]:
    given = session.scalars(select(Coding).where(Coding.code_id == code.id))
    return [*given, *session.scalars(select(Resolution).where(Resolution.code_id == code.id))]


def _whose(row: Coding | Resolution) -> tuple[str, int, int]:
    return (row.__tablename__, row.segment_id, row.coder_id if isinstance(row, Coding) else 0)


def _book(session: Session, evaluation: Evaluation) -> dict[str, Entry]:
    return {each.key: coding.entry(each) for each in coding.codes(session, evaluation, retired=True)}


def _refuse(entry: Entry, there: dict[str, Entry], themes: Collection[str]) -> None:
    for code, value in book.faults(entry, {**there, entry.key: entry}, themes):
        raise InvalidContent(code, value=value)


def _write(session: Session, code: Code, entry: Entry) -> None:
    for name in _TEXTS:
        setattr(code, name, getattr(entry, name))
    code.parent_id = session.scalar(
        select(Code.id).where(Code.evaluation_id == code.evaluation_id, Code.key == entry.parent)
    )
    session.flush()
    session.refresh(code)


def _evaluation(session: Session, code: Code) -> Evaluation:
    return session.get_one(Evaluation, code.evaluation_id)
