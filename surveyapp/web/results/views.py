"""Where is it weak, how do answers spread, who differs, and what to talk about: unprotected, for the research team."""

from itertools import combinations

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from surveyapp.access import Permission
from surveyapp.analysis.analyse import analyse
from surveyapp.analysis.counts import EVERYONE
from surveyapp.errors import NotFound
from surveyapp.queries import downloads as download_queries
from surveyapp.questionnaires.questionnaire import Role
from surveyapp.reports.csv_files import agenda_frame, exact
from surveyapp.reports.datasets.results import with_open_links
from surveyapp.web import downloads, figures, study
from surveyapp.web.anonymous import must_not_be_anonymous, show_publication_instead
from surveyapp.web.database import session
from surveyapp.web.downloads import csv
from surveyapp.web.figures import Sight
from surveyapp.web.gaps import unprotected_gaps
from surveyapp.web.guard import needs
from surveyapp.web.language import said
from surveyapp.web.renderings import Audience, place
from surveyapp.web.results import tables
from surveyapp.web.results.written import written_by_section
from surveyapp.web.unprotected import Unprotected, open_answers, unprotected
from surveyapp.web.words import _

results = Blueprint("results", __name__)
show_publication_instead(results)

_team = needs(Permission.RESULTS_ANALYSE, on=study.on_evaluation)


@results.get("/evaluations/<slug>/scores")
@_team
def heatmap(slug: str) -> str:
    """Themes by organisation, of everybody or of one role, or with the roles of an organisation weighing the same."""
    found = unprotected(slug)
    if found is None or not found.answered:
        return _nothing_yet(slug)
    role = _chosen_role(tables.roles(found))
    balanced = role == EVERYONE and request.args.get("view") == "balanced"
    figure = figures.heatmap(
        Sight(found.edition, found.scores),
        found.members,
        _heatmap_title(found, role, balanced=balanced),
        role=role,
        column="balanced" if balanced else None,
    )
    return render_template(
        "results/heatmap.html",
        evaluation=found.evaluation,
        found=found,
        role=role,
        roles=tables.roles(found),
        balanced=balanced,
        themes=_themes(found),
        figure=place(Audience(found.evaluation, "team"), [figure])[0],
    )


def _heatmap_title(found: Unprotected, role: str, *, balanced: bool) -> str:
    if balanced:
        return _("Scores per organisation, every role weighing the same (unprotected)")
    if role == EVERYONE:
        return _("Scores per organisation (unprotected)")
    group = found.edition.questionnaire.role(role)
    return _("Scores per organisation: %(role)s (unprotected)", role=said(group.plural))


@results.get("/evaluations/<slug>/scores/themes/<theme>")
@_team
def theme(slug: str, theme: str) -> str:
    """The statements of one theme over the region: how answers spread, and where two roles differ."""
    found = unprotected(slug)
    if found is None or not found.answered:
        return _nothing_yet(slug)
    _must_be_theme(found, theme)
    inside = tables.region_roles(found)
    role, pairs = _chosen_role(inside), list(combinations(inside, 2))
    pair = _chosen_pair(pairs)
    gaps = unprotected_gaps(found.results, pair[0].key, pair[1].key) if pair else {}
    spread = list(figures.bars(found.edition, found.counts, theme, role))
    apart = [figures.dumbbell(Sight(found.edition, found.scores), theme, pair, gaps)] if pair else []
    placed = place(Audience(found.evaluation, "team"), [*spread, *apart])
    return render_template(
        "results/theme.html",
        evaluation=found.evaluation,
        found=found,
        theme=theme,
        title=figures.theme_title(found.edition, theme),
        about=found.edition.framework.theme(theme),
        role=role,
        roles=inside,
        every_role=tables.roles(found),
        pair=pair,
        pairs=pairs,
        gap=gaps.get(theme),
        bars=placed[: len(spread)],
        dumbbell=placed[-1] if apart else None,
        statements=tables.statement_rows(found, theme, role),
        organisations=tables.organisation_rows(found, theme),
        themes=_themes(found),
    )


@results.get("/evaluations/<slug>/scores/organisations/<code>")
@_team
def organisation(slug: str, code: str) -> str:
    """One organisation beside the region, what to talk about there, and what its people wrote."""
    member = study.membership(slug, code)
    found = unprotected(slug)
    if found is None or not found.has_answers_of(member):
        return _nothing_yet(slug, member.organisation.name)
    others = [each for each in found.counts.region if each != code]
    figure = figures.profile(Sight(found.edition, found.scores), member, band=[*others, code] if others else [])
    written = open_answers(found, member)
    return render_template(
        "results/organisation.html",
        evaluation=found.evaluation,
        found=found,
        member=member,
        figure=place(Audience(found.evaluation, "team"), [figure])[0],
        links={title: address for _key, title, address in _themes(found)},
        guide=found.guide(member, written),
        subjects=list(tables.subject_rows(found, member)),
        ranking=tables.ranking(found, member),
        written=written_by_section(found.edition.questionnaire, written),
    )


@results.get("/evaluations/<slug>/<any(scores, gaps, shrinkage, agenda):name>.csv")
@_team
def download(slug: str, name: str) -> Response:
    """The frames of the analysis, unrounded; empty but for their header where nobody answered."""
    found = unprotected(slug)
    if found is None:
        raise NotFound("wave")
    if name == "agenda":
        frame = agenda_frame(found.topics, found.edition.questionnaire)
    elif name == "gaps":
        frame = analyse(found.counts, found.edition.questionnaire).gaps
    else:
        frame = getattr(found.results, name)
    return csv(exact(with_open_links(frame, found.edition)), f"{slug}-{name}.csv")


@results.get(f"/evaluations/<slug>/results.{downloads.KIND}.zip")
@_team
def packed(slug: str, kind: str) -> Response:
    """All results in one format, with codebook and README; unrounded, and with how often each answer was given."""
    wave = study.asked_wave(study.evaluation(slug))
    if wave is None:
        raise NotFound("wave")
    must_not_be_anonymous(wave)
    stem = f"{slug}-{wave.number}-team"
    return downloads.sent(downloads.packed(download_queries.of_results(session(), wave), kind, stem), stem, kind)


def _nothing_yet(slug: str, name: str | None = None) -> str:
    """A page that says that there are no answers, and so no numbers."""
    return render_template("results/nothing_yet.html", evaluation=study.evaluation(slug), name=name)


def _themes(found: Unprotected) -> list[tuple[str, str, str]]:
    """Key, title and address of every theme's page."""
    return [
        (key, figures.theme_title(found.edition, key), url_for("results.theme", slug=found.evaluation.slug, theme=key))
        for key in found.edition.questionnaire.themes
    ]


def _must_be_theme(found: Unprotected, theme: str) -> None:
    if theme not in found.edition.questionnaire.themes:
        raise NotFound("theme", theme=theme)


def _chosen_role(roles: tuple[Role, ...]) -> str:
    """The role that the address asks for; everybody where it asks for none, or for one that is not there."""
    asked = request.args.get("role", EVERYONE)
    return asked if asked in {role.key for role in roles} else EVERYONE


def _chosen_pair(pairs: list[tuple[Role, Role]]) -> tuple[Role, Role] | None:
    """The two roles that the address asks for, else the first two."""
    asked = {request.args.get("first"), request.args.get("second")}
    return next((pair for pair in pairs if {role.key for role in pair} == asked), pairs[0] if pairs else None)
