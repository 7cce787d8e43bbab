"""The agenda of the interviews at one place: what the machine proposes, and what the researcher makes of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from flask import redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from surveyapp.actions import agendas as verbs
from surveyapp.analysis.proposal import REGIONAL, STRENGTH, TOPIC, Proposed
from surveyapp.errors import InvalidContent, SurveyError, WrongState
from surveyapp.models import Agenda, AgendaTopic, User
from surveyapp.queries import agendas
from surveyapp.queries.agendas import Change
from surveyapp.web import visitor
from surveyapp.web.database import session
from surveyapp.web.errors import STATUS
from surveyapp.web.interviews.place import at, prepares
from surveyapp.web.interviews.prepared import Prepared, prepared
from surveyapp.web.interviews.room import interviews
from surveyapp.web.interviews.wording import CHANGED_ELSEWHERE, refusal
from surveyapp.web.told import tell
from surveyapp.web.words import N_, _

_VERBS: Final = "add, drop, keep, length, merge, move, restore, update, word"
Page = str | tuple[str, int] | Response


@dataclass(frozen=True)
class Row:
    """A topic on the page, of the agenda or, as long as there is none, of the proposal."""

    key: str
    kind: str
    title: str
    own_title: str
    """In the researcher's words."""
    why: str
    """The machine's reason."""
    steadiness: int | None
    everywhere: bool
    questions: tuple[str, ...] = ()
    minutes: int | None = None
    because: str = ""
    """The researcher's reason."""
    dropped: bool = False
    merged_into: str = ""
    together: list[str] = field(default_factory=list)
    """The titles of what is discussed with it."""

    @property
    def must_stay(self) -> bool:
        return self.kind == STRENGTH or self.everywhere


@interviews.get("/evaluations/<slug>/interviews/<code>/agenda")
@prepares
def agenda(slug: str, code: str) -> str:
    """The agenda as it is, with what newer data would change."""
    found = _asked(slug, code)
    if found is None:
        return _nothing(slug, code)
    return _page(found)


@interviews.post(f"/evaluations/<slug>/interviews/<code>/agenda/<any({_VERBS}):act>")
@prepares
def change_agenda(slug: str, code: str, act: str) -> Page:
    """Change it, unless somebody else did since the page was opened; then nothing typed is lost."""
    found = _asked(slug, code)
    if found is None:
        return _nothing(slug, code), 409
    try:
        _ACTS[act](session(), found, _begun(found))
    except SurveyError as problem:
        session().rollback()
        found = Prepared(found.place, found.role, found.found)
        return _page(found, problem, act), STATUS[type(problem)]
    session().commit()
    tell(_(_DONE[act]))
    anchor = request.form.get("key", "")
    address = url_for("interviews.agenda", slug=slug, code=code, role=found.role or None)
    return redirect(f"{address}#topic-{anchor}" if act in {"move", "word"} and anchor else address, 303)


def _asked(slug: str, code: str) -> Prepared | None:
    found = prepared(at(slug, code), request.values.get("role", ""))
    return found if found is not None and found.has_answers else None


def _nothing(slug: str, code: str) -> str:
    place = at(slug, code)
    back = url_for("interviews.index", slug=slug)
    return render_template("results/nothing_yet.html", evaluation=place.evaluation, name=place.name, back=back)


def _begun(found: Prepared) -> Agenda:
    """The agenda; the first change makes it."""
    if found.agenda is not None:
        return found.agenda
    if request.form.get("version", "0") != "0":
        raise WrongState(CHANGED_ELSEWHERE)
    return verbs.take_over(
        session(),
        wave=found.found.wave,
        membership=found.place.member,
        role=found.role,
        proposal=found.proposal,
        digest=found.digest,
        by=visitor.user(),
    )


# --- what was posted -------------------------------------------------------------------------------------------------


def _given(agenda: Agenda) -> dict[str, Any]:
    """What every verb wants: version 0 is that of the proposal, which has just been taken over."""
    written = request.form.get("version", "")
    version = int(written) if written.isdecimal() and len(written) < 10 else -1
    by: User | None = visitor.user()
    return {"agenda": agenda, "version": version or (1 if agenda.version == 1 else 0), "by": by}


def _text(name: str) -> str:
    return request.form.get(name, "").replace("\x00", "")


def _lines(name: str) -> list[str]:
    return _text(name).splitlines()


def _number(name: str) -> int | None:
    written = _text(name).strip()
    if not written:
        return None
    if not written.isdecimal() or len(written) > 4:
        raise InvalidContent("not-a-number", field=name)
    return int(written)


def _add(writing: Session, found: Prepared, agenda: Agenda) -> None:
    del found
    words: dict[str, Any] = {"title": _text("title"), "questions": _lines("questions"), "minutes": _number("minutes")}
    verbs.add(writing, **_given(agenda), **words, reason=_text("reason"))


def _word(writing: Session, found: Prepared, agenda: Agenda) -> None:
    title = _text("title")
    if title.strip() == found.title(_text("key")):
        title = ""
    words: dict[str, Any] = {"title": title, "questions": _lines("questions"), "minutes": _number("minutes")}
    verbs.word(writing, **_given(agenda), **words, key=_text("key"), reason=_text("reason"))


def _drop(writing: Session, found: Prepared, agenda: Agenda) -> None:
    chosen: dict[str, Any] = {"key": _text("key"), "replacement": _text("replacement"), "known": found.own.keys()}
    verbs.drop(writing, **_given(agenda), **chosen, reason=_text("reason"))


def _merge(writing: Session, found: Prepared, agenda: Agenda) -> None:
    del found
    verbs.merge(writing, **_given(agenda), key=_text("key"), into=_text("into"), reason=_text("reason"))


def _move(writing: Session, found: Prepared, agenda: Agenda) -> None:
    del found
    verbs.move(writing, **_given(agenda), key=_text("key"), up=_text("way") == "up")


def _restore(writing: Session, found: Prepared, agenda: Agenda) -> None:
    del found
    verbs.restore(writing, **_given(agenda), key=_text("key"))


def _length(writing: Session, found: Prepared, agenda: Agenda) -> None:
    del found
    verbs.set_length(writing, **_given(agenda), minutes=_number("minutes") or 0)


def _update(writing: Session, found: Prepared, agenda: Agenda) -> None:
    offered = agendas.changes(agenda, found.proposal)
    accepted = [change.key for change in offered] if "all" in request.form else request.form.getlist("accepted")
    verbs.update(writing, **_given(agenda), proposal=found.proposal, digest=found.digest, accepted=accepted)


def _keep(writing: Session, found: Prepared, agenda: Agenda) -> None:
    verbs.keep(writing, **_given(agenda), digest=found.digest)


_ACTS: Final[dict[str, Callable[[Session, Prepared, Agenda], None]]] = {
    "add": _add,
    "drop": _drop,
    "keep": _keep,
    "length": _length,
    "merge": _merge,
    "move": _move,
    "restore": _restore,
    "update": _update,
    "word": _word,
}
_DONE: Final = {
    "add": N_("The topic was added."),
    "drop": N_("The topic was dropped. It stays below, with the reason."),
    "keep": N_("The agenda stays as it is."),
    "length": N_("The length of the interview was changed."),
    "merge": N_("These topics are discussed together."),
    "move": N_("The topic was moved."),
    "restore": N_("The topic stands by itself again."),
    "update": N_("The agenda was updated."),
    "word": N_("The topic was changed."),
}


# --- the page --------------------------------------------------------------------------------------------------------


def _page(found: Prepared, problem: SurveyError | None = None, act: str = "") -> str:
    rows = _rows(found)
    on_it = {row.key for row in rows if not row.dropped and not row.merged_into}
    kept = found.agenda
    return render_template(
        "interviews/agenda.html",
        evaluation=found.place.evaluation,
        found=found,
        agenda=kept,
        version=kept.version if kept is not None else 0,
        minutes=kept.minutes if kept is not None else 60,
        parts=[(part, [row for row in rows if row.key in on_it and _part(row) == part]) for part in _PARTS],
        left_out=[row for row in rows if row.dropped],
        others=[(key, found.title(key)) for key in found.own if key not in on_it],
        changes=_offered(found),
        error=refusal(problem) if problem is not None else "",
        act=act,
        typed={name: _text(name) for name in request.form if name not in {"csrf_token", "version", "role"}}
        if act
        else {},
        conflict=problem is not None and problem.code == CHANGED_ELSEWHERE,
    )


_OURS: Final = {"csrf_token", "version", "role"}
_PARTS: Final = (TOPIC, STRENGTH, REGIONAL)


def _part(row: Row) -> str:
    return agendas.PARTS[row.kind]


def on_agenda(found: Prepared) -> list[Row]:
    """The topics themselves, in order: without the strength, and without what is asked everywhere beside them."""
    return [row for row in _rows(found) if not row.dropped and not row.merged_into and _part(row) == TOPIC]


def _rows(found: Prepared) -> list[Row]:
    if found.agenda is None:
        return [_proposed(found, one) for one in found.proposal]
    rows = [_kept(found, topic) for topic in found.agenda.topics]
    by_key = {row.key: row for row in rows}
    for row in rows:
        if row.merged_into in by_key:
            by_key[row.merged_into].together.append(row.title)
    return rows


def _proposed(found: Prepared, one: Proposed) -> Row:
    why = found.reason(one.key) if one.kind != STRENGTH else ""
    return Row(one.key, one.kind, found.title(one.key), "", why, one.steadiness, one.everywhere)


def _kept(found: Prepared, topic: AgendaTopic) -> Row:
    before = agendas.said_before(topic)
    return Row(
        key=topic.key,
        kind=topic.kind,
        title=topic.title or found.title(topic.key),
        own_title=topic.title,
        why=found.reason(topic.key) if topic.kind != STRENGTH else "",
        steadiness=before.steadiness if before is not None else None,
        everywhere=agendas.is_everywhere(topic),
        questions=tuple(topic.questions),
        minutes=topic.minutes,
        because=topic.reason,
        dropped=topic.dropped,
        merged_into=topic.merged_into,
    )


def _offered(found: Prepared) -> list[tuple[Change, str]]:
    """What newer data would change, with titles; nothing as long as the data are those it was compared with."""
    kept = found.agenda
    if kept is None or kept.data_digest == found.digest:
        return []
    titles = {topic.key: topic.title for topic in kept.topics if topic.title}
    return [
        (change, titles.get(change.key) or found.title(change.key)) for change in agendas.changes(kept, found.proposal)
    ]
