"""What was published for everybody: the same pages without a sign-in, a cookie or a name; there is nothing else here.

Whoever may know the address may keep what it shows: it is frozen, and was protected for everybody.
"""

from typing import Final

from flask import Blueprint, g
from werkzeug.wrappers import Response

from surveyapp.errors import NotFound
from surveyapp.models.publication import PUBLIC
from surveyapp.queries import publication_download
from surveyapp.reports.csv_files import rounded
from surveyapp.reports.datasets.results import with_open_links
from surveyapp.web import downloads, guard, headers
from surveyapp.web.database import session
from surveyapp.web.overviews.opening import open_to
from surveyapp.web.overviews.reader import Reader
from surveyapp.web.publication.one import page_of
from surveyapp.web.publication.published import Published, published

public = Blueprint("public", __name__)

FOR_A_WHILE: Final = "public, max-age=300"
"""Short enough for a correction to be seen soon."""
_PLACE: Final = "/public/<slug>"
_everybody = guard.public("shows what a study has published for everybody, and nothing where it has not")


def _published(slug: str) -> Published:
    """Raises ``NotFound`` (``page``) in one way, whether there is no such study or nothing of it is public."""
    try:
        found = published(slug, PUBLIC)
    except NotFound:
        found = None
    if found is None:
        raise NotFound("page")
    g.is_searchable = found.wave.searchable
    return found


def _reading(slug: str) -> Reader:
    return _published(slug).reader


open_to(public, _PLACE, _everybody, _reading)


@public.get(f"{_PLACE}/organisations/<code>")
@_everybody
def organisation(slug: str, code: str) -> str:
    """One organisation, or several that are shown as one, beside the region."""
    found = _published(slug)
    member = found.shown_as(code)
    return page_of(found.reader, member.organisation.code, member)


@public.get(f"{_PLACE}/<any(scores, gaps):name>.csv")
@_everybody
def download(slug: str, name: str) -> Response:
    """All of it as a file."""
    found = _published(slug)
    frame = found.results.scores if name == "scores" else found.results.gaps
    return downloads.csv(rounded(with_open_links(frame, found.edition)), f"{slug}-{name}.csv")


@public.get(f"{_PLACE}/results.{downloads.KIND}.zip")
@_everybody
def packed(slug: str, kind: str) -> Response:
    """All of it in one format, with codebook and README."""
    found = _published(slug)
    stem = f"{slug}-{found.wave.number}"
    made = publication_download.made(session(), found.publication, PUBLIC)
    return downloads.sent(downloads.packed(made, kind, stem), stem, kind)


@public.after_request
def _may_be_kept(response: Response) -> Response:
    """By browsers and by what stands between; and by search engines where the study says so."""
    if response.status_code == 200:
        response.headers["Cache-Control"] = FOR_A_WHILE
        if g.get("is_searchable"):
            response.headers[headers.ROBOTS] = "all"
    return response
