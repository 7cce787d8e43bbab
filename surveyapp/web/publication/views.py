"""The publication: the heatmap, a page per theme, a page per organisation, and files."""

from flask import Blueprint, render_template, url_for
from werkzeug.wrappers import Response

from surveyapp.access import Permission
from surveyapp.analysis.disclosure import SafeResults
from surveyapp.errors import NotFound
from surveyapp.models import Membership
from surveyapp.queries import publication_download
from surveyapp.reports.csv_files import rounded
from surveyapp.reports.datasets.results import with_open_links
from surveyapp.web import downloads, figures, study
from surveyapp.web.database import session
from surveyapp.web.downloads import csv
from surveyapp.web.gaps import published_gaps
from surveyapp.web.guard import needs
from surveyapp.web.publication import tables
from surveyapp.web.publication.published import Published, published
from surveyapp.web.renderings import Audience, place
from surveyapp.web.words import _

publication = Blueprint("publication", __name__)

_all = needs(Permission.PUBLICATION_READ, on=study.on_evaluation)
_own = needs(Permission.PUBLICATION_READ_OWN, Permission.PUBLICATION_READ, on=study.on_organisation)


@publication.get("/evaluations/<slug>/publication")
@_all
def heatmap(slug: str) -> str:
    """Themes by organisation; what is hidden is marked, and why."""
    found = published(slug)
    if found is None:
        return _not_yet(slug)
    figure = figures.heatmap(found.sight, found.members, _("Scores per organisation"))
    return render_template(
        "publication/heatmap.html",
        evaluation=found.evaluation,
        found=found,
        themes=_themes(found),
        figure=place(Audience(found.evaluation, "lead"), [figure])[0],
    )


@publication.get("/evaluations/<slug>/publication/themes/<theme>")
@_all
def theme(slug: str, theme: str) -> str:
    """The statements of one theme over the region, with the roles where they may be shown."""
    found = published(slug)
    if found is None:
        return _not_yet(slug)
    if theme not in found.edition.questionnaire.themes:
        raise NotFound("theme", theme=theme)
    roles = tables.shown_roles(found)
    pair = (roles[0], roles[1]) if len(roles) > 1 else None
    gaps = published_gaps(found.results, pair[0].key, pair[1].key) if pair else {}
    apart = [figures.dumbbell(found.sight, theme, pair, gaps)] if pair else []
    placed = place(Audience(found.evaluation, "lead"), apart)
    return render_template(
        "publication/theme.html",
        evaluation=found.evaluation,
        found=found,
        theme=theme,
        title=figures.theme_title(found.edition, theme),
        about=found.edition.framework.theme(theme),
        roles=roles,
        pair=pair,
        gap=gaps.get(theme),
        dumbbell=placed[0] if placed else None,
        statements=tables.statement_rows(found, theme),
        organisations=tables.organisation_rows(found, theme),
        themes=_themes(found),
    )


@publication.get("/evaluations/<slug>/publication/organisations/<code>")
@_own
def organisation(slug: str, code: str) -> str:
    """One organisation beside the region: made of what that organisation may see, whoever looks."""
    member = study.membership(slug, code)
    everything = published(slug)
    if everything is None:
        return _not_yet(slug)
    found = everything.of(member)
    placed = place(Audience(found.evaluation, "organisation", member), [figures.profile(found.sight, member)])
    return render_template(
        "publication/organisation.html",
        evaluation=found.evaluation,
        found=found,
        member=member,
        figure=placed[0],
        roles=tables.shown_roles(found, code),
        subjects=list(tables.subject_rows(found, code)),
    )


@publication.get("/evaluations/<slug>/publication/<any(scores, gaps):name>.csv")
@_all
def download(slug: str, name: str) -> Response:
    """The whole publication as files."""
    found = published(slug)
    if found is None:
        raise NotFound("publication")
    return _file(found, found.results, name, slug)


@publication.get("/evaluations/<slug>/publication/organisations/<code>/<any(scores, gaps):name>.csv")
@_own
def own_download(slug: str, code: str, name: str) -> Response:
    """What one organisation may see of the publication as files."""
    found = published(slug)
    if found is None:
        raise NotFound("publication")
    return _file(found, found.results.select(code), name, f"{slug}-{code}")


@publication.get(f"/evaluations/<slug>/publication/results.{downloads.KIND}.zip")
@_all
def packed(slug: str, kind: str) -> Response:
    """The whole publication in one format, with codebook and README."""
    return _packed(slug, kind, "lead")


@publication.get(f"/evaluations/<slug>/publication/organisations/<code>/results.{downloads.KIND}.zip")
@_own
def own_packed(slug: str, code: str, kind: str) -> Response:
    """The same of what one organisation may see."""
    return _packed(slug, kind, "organisation", study.membership(slug, code))


def _packed(slug: str, kind: str, audience: str, member: Membership | None = None) -> Response:
    wave = study.asked_wave(study.evaluation(slug))
    if wave is None:
        raise NotFound("publication")
    stem = f"{slug}-{wave.number}" + (f"-{member.organisation.code}" if member is not None else "")
    download = publication_download.of(session(), wave, audience, member)
    return downloads.sent(downloads.packed(download, kind, stem), stem, kind)


def _file(found: Published, results: SafeResults, name: str, stem: str) -> Response:
    frame = results.scores if name == "scores" else results.gaps
    return csv(rounded(with_open_links(frame, found.edition)), f"{stem}-{name}.csv")


def _not_yet(slug: str) -> str:
    """A page that says that nothing was published."""
    return render_template("publication/not_yet.html", evaluation=study.evaluation(slug))


def _themes(found: Published) -> list[tuple[str, str, str]]:
    """Key, title and address of every theme's page."""
    slug = found.evaluation.slug
    return [
        (key, figures.theme_title(found.edition, key), url_for("publication.theme", slug=slug, theme=key))
        for key in found.edition.questionnaire.themes
    ]
