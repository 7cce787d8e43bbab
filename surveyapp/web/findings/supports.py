"""What a finding rests on, in words: each link with its address, its number, and what readers will see of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask import url_for
from sqlalchemy import select

from surveyapp.actions.grounding import THEME
from surveyapp.analysis.counts import EVERYONE
from surveyapp.models import Code, Finding, Note, Quote, Reference, Support, TextRelease
from surveyapp.models.wave import ANONYMOUS
from surveyapp.reports.figures.figure import Cell
from surveyapp.web.database import session
from surveyapp.web.figures import theme_title
from surveyapp.web.findings.seen import Seen
from surveyapp.web.language import said
from surveyapp.web.words import N_, _

KINDS: Final = {
    "score": N_("Score"),
    "code": N_("Code of open answers"),
    "answer": N_("Released answer"),
    "quote": N_("Quote"),
    "note": N_("Note of an interview"),
    "reference": N_("Document"),
}
_LONGEST: Final = 160


@dataclass(frozen=True)
class Linked:
    """A link of a finding: what it is, where it is, and of a score its number for the team and for readers."""

    support: Support
    kind: str
    title: str
    address: str | None = None
    score: Cell | None = None
    published: Cell | None = None
    """None for what is no score, and while nothing was published."""
    to_readers: str = ""
    """What readers see of what is no score."""


def linked(finding: Finding, seen: Seen) -> list[Linked]:
    """Every link of a finding in words."""
    return [_LINKED[support.kind](support, seen) for support in finding.supports]


def place_name(seen: Seen, organisation: str, role: str) -> str:
    """``Almelo, Bestuurders``; the region for everywhere."""
    names = {member.organisation.code: member.organisation.name for member in seen.members}
    where = _("the region") if organisation == EVERYONE else names.get(organisation, organisation)
    roles = {each.key: said(each.plural) for each in seen.edition.questionnaire.roles}
    return where if role == EVERYONE else f"{where}, {roles.get(role, role)}"


def subject_title(seen: Seen, level: str, key: str) -> str:
    """The name of a theme, or the words of a statement."""
    asked = seen.edition.questionnaire
    if level == THEME:
        return theme_title(seen.edition, key) if key in asked.themes else key
    return said(asked.questions[key].text) if key in asked.questions else key


def _score(support: Support, seen: Seen) -> Linked:
    level, key, organisation, role = support.target.split(":")
    room = "publication" if seen.wave.regime == ANONYMOUS else "results"
    page: dict[str, Any] = {"theme": key} if level == THEME else {"question": key}
    name = "theme" if level == THEME else "statement"
    return Linked(
        support,
        _kind("score"),
        f"{subject_title(seen, level, key)} ({place_name(seen, organisation, role)})",
        url_for(f"{room}.{name}", slug=seen.wave.evaluation.slug, **page),
        seen.to_team(level, key, organisation, role),
        seen.to_readers(level, key, organisation, role),
    )


def _code(support: Support, seen: Seen) -> Linked:
    mine = (Code.evaluation_id == seen.wave.evaluation_id, Code.key == support.target)
    code = session().scalar(select(Code).where(*mine))
    readers = _("That it is there, no words")
    if code is None:
        return Linked(support, _kind("code"), support.target, to_readers=readers)
    where = url_for("themes.entry", slug=seen.wave.evaluation.slug, number=code.id)
    return Linked(support, _kind("code"), code.title, where, to_readers=readers)


def _text(support: Support, seen: Seen, text: str | None) -> Linked:
    mine = (
        TextRelease.wave_id == seen.wave.id,
        TextRelease.source == support.kind,
        TextRelease.source_key == support.target,
    )
    release = session().scalar(select(TextRelease).where(*mine))
    is_out = release is not None and release.state == "released"
    words = release.text if release is not None and is_out else text or ""
    readers = _("The released words") if is_out else _("That it is there, no words")
    return Linked(support, _kind(support.kind), _shortened(words) or _("no longer there"), None, to_readers=readers)


def _answer(support: Support, seen: Seen) -> Linked:
    return _text(support, seen, None)


def _note(support: Support, seen: Seen) -> Linked:
    note = session().get(Note, support.target)
    return _of_interview(_text(support, seen, note.text if note else None), note, seen)


def _quote(support: Support, seen: Seen) -> Linked:
    quote = session().get(Quote, support.target)
    return _of_interview(_text(support, seen, quote.text if quote else None), quote, seen)


def _of_interview(found: Linked, source: Note | Quote | None, seen: Seen) -> Linked:
    if source is None:
        return found
    slug = seen.wave.evaluation.slug
    where = url_for("interviews.conversation", slug=slug, interview=source.interview_id)
    return Linked(found.support, found.kind, found.title, where, to_readers=found.to_readers)


def _reference(support: Support, seen: Seen) -> Linked:
    del seen
    document = session().get(Reference, int(support.target))
    if document is None:
        return Linked(support, _kind("reference"), _("no longer there"))
    title = ", ".join(filter(None, (document.title, document.dated, document.place)))
    return Linked(support, _kind("reference"), title, to_readers=_("Title and page"))


def _kind(kind: str) -> str:
    return _(KINDS[kind])


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1].rstrip() + "…"


_LINKED: Final[Mapping[str, Callable[[Support, Seen], Linked]]] = {
    "score": _score,
    "code": _code,
    "answer": _answer,
    "note": _note,
    "quote": _quote,
    "reference": _reference,
}
