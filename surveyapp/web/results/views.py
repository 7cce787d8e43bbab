"""Where is it weak, how do answers spread, who differs, and what to talk about: unprotected, for the research team."""

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from surveyapp.access import Permission
from surveyapp.analysis.analyse import analyse
from surveyapp.errors import NotFound
from surveyapp.queries import downloads as download_queries
from surveyapp.reports.csv_files import agenda_frame, exact
from surveyapp.reports.datasets.results import with_open_links
from surveyapp.web import downloads, figures, study
from surveyapp.web.anonymous import must_not_be_anonymous, show_publication_instead
from surveyapp.web.database import session
from surveyapp.web.downloads import csv
from surveyapp.web.guard import needs
from surveyapp.web.overviews.opening import open_to
from surveyapp.web.overviews.reader import Reader
from surveyapp.web.results import tables
from surveyapp.web.results.written import written_by_section
from surveyapp.web.unprotected import open_answers, unprotected

results = Blueprint("results", __name__)
show_publication_instead(results)

_team = needs(Permission.RESULTS_ANALYSE, on=study.on_evaluation)


def _reading(slug: str) -> Reader | str:
    found = unprotected(slug)
    return found.reader if found is not None and found.answered else _nothing_yet(slug)


open_to(results, "/evaluations/<slug>/scores", _team, _reading, team=True)


@results.get("/evaluations/<slug>/scores/organisations/<code>")
@_team
def organisation(slug: str, code: str) -> str:
    """One organisation beside the region, what to talk about there, and what its people wrote."""
    member = study.membership(slug, code)
    found = unprotected(slug)
    if found is None or not found.has_answers_of(member):
        return _nothing_yet(slug, member.organisation.name)
    reader = found.reader
    others = [each for each in found.counts.region if each != code]
    figure = figures.profile(found.sight, member, band=[*others, code] if others else [])
    written = open_answers(found, member)
    return render_template(
        "results/organisation.html",
        evaluation=found.evaluation,
        found=found,
        member=member,
        figure=reader.placed([figure])[0],
        links={title: address for _key, title, address in reader.themes},
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
