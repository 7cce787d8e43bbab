"""One bead with its neighbours: what it rests on, and what it leads to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, url_for

from surveyapp.access import Permission
from surveyapp.analysis.counts import EVERYONE
from surveyapp.errors import NotFound
from surveyapp.models import Wave
from surveyapp.models.publication import LEAD
from surveyapp.queries import editions, evaluations, publications
from surveyapp.queries.thread import Bead, Place, Walker
from surveyapp.questionnaires.edition import Edition
from surveyapp.web import study
from surveyapp.web.database import session
from surveyapp.web.figures import theme_title
from surveyapp.web.findings.seen import Seen, seen
from surveyapp.web.findings.supports import place_name
from surveyapp.web.findings.waves import choices, chosen_wave, keep_wave
from surveyapp.web.findings.wording import JUDGEMENTS, many
from surveyapp.web.guard import needs
from surveyapp.web.language import current, said
from surveyapp.web.thread.walking import on_any, walker
from surveyapp.web.thread.wording import KINDS
from surveyapp.web.words import _

thread = Blueprint("thread", __name__, url_prefix="/evaluations/<slug>/thread")
keep_wave(thread)

_walks = needs(Permission.FINDING_WRITE, Permission.PUBLICATION_READ, Permission.PUBLICATION_READ_OWN, on=on_any)


@dataclass(frozen=True)
class Shown:
    """A bead in words: its kind, title, the page that it has elsewhere, and its own place on the thread."""

    kind: str
    title: str
    words: str
    remark: str
    contradicts: bool
    place: str
    page: str | None
    number: str = ""
    """Of a score: its mean and of how many."""


@thread.get("")
@_walks
def index(slug: str) -> str:
    """Where to begin: every recommendation and finding that the visitor may see."""
    who = _walker(slug)
    beads = [Bead("recommendation", str(each.number), each.text) for each in who.recommendations]
    beads += [Bead("finding", str(each.number), each.fact) for each in who.findings]
    told = [_shown(each, who) for each in beads if who.sees(each)]
    evaluation = study.evaluation(slug)
    waves = choices(evaluation, who.wave, "thread.index")
    return render_template("thread/index.html", evaluation=evaluation, beads=told, waves=waves)


@thread.get("/<kind>/<path:key>")
@_walks
def bead(slug: str, kind: str, key: str) -> str:
    """One bead between its neighbours; of those that the visitor may not see how many and of what kind."""
    who = _walker(slug)
    found: Place = who.place(kind, key)
    return render_template(
        "thread/bead.html",
        evaluation=study.evaluation(slug),
        bead=_shown(found.bead, who),
        rests_on=[_shown(each, who) for each in found.rests_on],
        leads_to=[_shown(each, who) for each in found.leads_to],
        hidden_below=_counted(found.hidden_below),
        hidden_above=_counted(found.hidden_above),
        judgement=_judgement(found.bead, who),
        norms=_norms(found.bead, editions.of(session(), who.wave)),
        segments=found.segments if who.team else None,
        team=who.team,
    )


def _walker(slug: str) -> Walker:
    evaluation = study.evaluation(slug)
    wave = chosen_wave(evaluation)
    if wave is None:
        raise NotFound("wave", evaluation=slug)
    return walker(evaluation, wave)


def _shown(bead: Bead, who: Walker) -> Shown:
    slug = who.wave.evaluation.slug
    title, page, number = _title(bead, who)
    return Shown(
        _(KINDS[bead.kind]),
        title,
        bead.words,
        bead.remark,
        bead.contradicts,
        url_for("thread.bead", slug=slug, kind=bead.kind, key=bead.key),
        page,
        number,
    )


def _title(bead: Bead, who: Walker) -> tuple[str, str | None, str]:
    """What a bead is called, the page that it has elsewhere, and of a score its number."""
    slug = who.wave.evaluation.slug
    if bead.kind == "score":
        return _score(bead, who)
    if bead.kind == "topic":
        organisation, _colon, subject = bead.key.partition(":")
        here = _numbers(who.wave, team=who.team)
        title = f"{_subject(here.edition, subject)} ({place_name(here, organisation, EVERYONE)})"
        return title, url_for("interviews.guide", slug=slug, code=organisation) if who.team else None, ""
    titles = {"finding": _("Finding %(number)s", number=bead.key)}
    titles["recommendation"] = _("Recommendation %(number)s", number=bead.key)
    return titles.get(bead.kind, _(KINDS[bead.kind])), _own_page(bead, who), ""


def _own_page(bead: Bead, who: Walker) -> str | None:
    """The page of the team about a finding or recommendation."""
    slug = who.wave.evaluation.slug
    if not who.team:
        return None
    if bead.kind == "finding":
        return next(
            url_for("findings.one", slug=slug, finding=each.id) for each in who.findings if str(each.number) == bead.key
        )
    if bead.kind == "recommendation":
        return next(
            url_for("recommendations.one", slug=slug, recommendation=each.id)
            for each in who.recommendations
            if str(each.number) == bead.key
        )
    return None


def _score(bead: Bead, who: Walker) -> tuple[str, str | None, str]:
    level, key, organisation, role = bead.key.split(":")
    here = _numbers(who.wave, team=who.team)
    title = f"{_subject(here.edition, key)} ({place_name(here, organisation, role)})"
    scores = here.own if who.team else here.published
    cell = None if scores is None else scores.cell(level, key, organisation, role)
    people = None if scores is None else scores.count("n", level, key, organisation, role)
    number = ""
    if cell is not None and cell.value is not None:
        told = cell.says(current(), here.threshold)
        number = told if people is None else _("%(score)s, of %(people)s answers", score=told, people=people)
    return title, _score_page(level, key, who), number


def _score_page(level: str, key: str, who: Walker) -> str:
    slug = who.wave.evaluation.slug
    page: dict[str, Any] = {"theme": key} if level == "theme" else {"question": key}
    name = "theme" if level == "theme" else "statement"
    if who.team and who.wave.regime != "anonymous":
        return url_for(f"results.{name}", slug=slug, **page)
    if who.organisation is None:
        return url_for(f"publication.{name}", slug=slug, **page)
    return url_for(f"own.{name}", slug=slug, code=who.organisation, **page)


def _numbers(wave: Wave, *, team: bool) -> Seen:
    """Scores as the visitor may see them: readers never touch those of the team."""
    if team:
        return seen(wave.evaluation.slug, wave)
    publication = publications.of(session(), wave, LEAD)
    found = evaluations.memberships(session(), wave.evaluation)
    members = found if publication is None else publications.members(session(), publication, current())
    return Seen(wave, editions.of(session(), wave), tuple(members), None, publication)


def _subject(edition: Edition, key: str) -> str:
    asked = edition.questionnaire
    if key in asked.themes:
        return theme_title(edition, key)
    return said(asked.questions[key].text) if key in asked.questions else key


def _judgement(bead: Bead, who: Walker) -> tuple[str, str]:
    """What the norm makes of a finding, and why: as its readers read in the report."""
    for each in who.findings:
        if bead.kind == "finding" and str(each.number) == bead.key:
            return _(JUDGEMENTS[each.judgement]), each.judgement_reason
    return "", ""


def _norms(bead: Bead, edition: Edition) -> list[str]:
    """Where the thread begins: the norm that a statement asks about, or those of a theme."""
    if bead.kind != "score":
        return []
    level, key, _organisation, _role = bead.key.split(":")
    asked = edition.questionnaire
    theme = key if level == "theme" else asked.theme_of.get(key)
    if theme is None:
        return []
    one = getattr(asked.questions[key], "norm", None) if level == "item" else None
    norms = edition.framework.theme(theme).norms
    return [said(norm.text) for norm in norms if one in {None, norm.key}]


def _counted(hidden: Mapping[str, int]) -> list[str]:
    return [many(kind, count) for kind, count in sorted(hidden.items())]
