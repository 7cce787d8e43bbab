"""The publication: the pages about results, a page per organisation, and files."""

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from surveyapp.access import Permission
from surveyapp.analysis.disclosure import SafeResults
from surveyapp.errors import NotFound
from surveyapp.models import Membership
from surveyapp.queries import publication_download
from surveyapp.reports.csv_files import rounded
from surveyapp.reports.datasets.results import with_open_links
from surveyapp.web import downloads, study
from surveyapp.web.database import session
from surveyapp.web.downloads import csv
from surveyapp.web.guard import needs
from surveyapp.web.overviews.opening import open_to
from surveyapp.web.overviews.reader import Reader
from surveyapp.web.publication.one import page_of
from surveyapp.web.publication.published import Published, member_of, on_place, published

publication = Blueprint("publication", __name__)
own = Blueprint("own", __name__)
"""What one organisation may see; the project lead may look at it too."""

_all = needs(Permission.PUBLICATION_READ, on=study.on_evaluation)
_own = needs(Permission.PUBLICATION_READ_OWN, Permission.PUBLICATION_READ, on=on_place)


def _reading(slug: str) -> Reader | str:
    found = published(slug)
    return found.reader if found is not None else _not_yet(slug)


def _reading_own(slug: str, code: str) -> Reader | str:
    member = member_of(slug, code)
    found = published(slug)
    return found.of(member).reader_of(member) if found is not None else _not_yet(slug)


open_to(publication, "/evaluations/<slug>/publication", _all, _reading)
open_to(own, "/evaluations/<slug>/publication/organisations/<code>", _own, _reading_own, one=True)


@publication.get("/evaluations/<slug>/publication/organisations/<code>")
@_own
def organisation(slug: str, code: str) -> str:
    """One organisation beside the region: made of what that organisation may see, whoever looks."""
    member = member_of(slug, code)
    everything = published(slug)
    if everything is None:
        return _not_yet(slug)
    return page_of(everything.of(member).reader_of(member), member.organisation.code)


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
    member = member_of(slug, code)
    found = published(slug)
    if found is None:
        raise NotFound("publication")
    return _file(found, found.of(member).results, name, f"{slug}-{code}")


@publication.get(f"/evaluations/<slug>/publication/results.{downloads.KIND}.zip")
@_all
def packed(slug: str, kind: str) -> Response:
    """The whole publication in one format, with codebook and README."""
    return _packed(slug, kind)


@publication.get(f"/evaluations/<slug>/publication/organisations/<code>/results.{downloads.KIND}.zip")
@_own
def own_packed(slug: str, code: str, kind: str) -> Response:
    """The same of what one organisation may see."""
    return _packed(slug, kind, member_of(slug, code))


def _packed(slug: str, kind: str, member: Membership | None = None) -> Response:
    found = published(slug)
    if found is None:
        raise NotFound("publication")
    stem = f"{slug}-{found.wave.number}" + (f"-{member.organisation.code}" if member is not None else "")
    audience = "organisation" if member is not None else "lead"
    download = publication_download.made(session(), found.publication, audience, member)
    return downloads.sent(downloads.packed(download, kind, stem), stem, kind)


def _file(found: Published, results: SafeResults, name: str, stem: str) -> Response:
    frame = results.scores if name == "scores" else results.gaps
    return csv(rounded(with_open_links(frame, found.edition)), f"{stem}-{name}.csv")


def _not_yet(slug: str) -> str:
    """A page that says that nothing was published."""
    return render_template("publication/not_yet.html", evaluation=study.evaluation(slug))
