"""Pictures and documents on pages: a page asks for what is missing, a worker makes it, the browser fetches it."""

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from flask import Blueprint, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from surveyapp.access import Permission
from surveyapp.actions import renderings as verbs
from surveyapp.errors import NotFound
from surveyapp.models import Evaluation, Membership, Rendering
from surveyapp.queries import renderings
from surveyapp.reports.figures.figure import DataTable, Figure
from surveyapp.reports.figures.files import FORMATS, digest_of, name_of, table_file
from surveyapp.reports.figures.specification import from_document
from surveyapp.web import guard, study
from surveyapp.web.database import database, session
from surveyapp.web.guard import needs

pictures = Blueprint("pictures", __name__)

PATIENCE: Final = 20.0
"""Seconds that a request waits for a worker."""
_LOOK_AGAIN: Final = 0.15
_KEPT: Final = "private, max-age=31536000, immutable"
_KEPT_BY_ALL: Final = "public, max-age=31536000, immutable"
_NOT_KEPT: Final = "no-store"
"""Unprotected figures do not stay behind on a computer that others use too."""
_PICTURE_ALONE: Final = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
"""A drawing that is opened by itself has its colours in style attributes, and may do nothing else."""
_SIZE: Final = re.compile(rb'<svg [^>]*\bwidth="([\d.]+)" height="([\d.]+)"')


@dataclass(frozen=True)
class Audience:
    """For whom a picture is: ``team``, ``lead``, ``public``, or ``organisation`` with the organisation.

    For the ``team`` with an organisation: for who prepares the interviews there.
    """

    evaluation: Evaluation
    name: str
    member: Membership | None = None

    @property
    def membership_id(self) -> int | None:
        return self.member.id if self.member is not None else None

    def address(self, digest: str, form: str = "svg", **more: str) -> str:
        """Where a figure for this audience is, as ``svg``, ``png`` or ``csv``."""
        found: dict[str, Any] = {"slug": self.evaluation.slug, "digest": digest, "form": form, **more}
        if self.member is not None:
            page = "pictures.interview" if self.name == "team" else "pictures.organisation"
            return url_for(page, code=self.member.organisation.code, **found)
        return url_for(f"pictures.{self.name}", **found)


@dataclass(frozen=True)
class Picture:
    """One layout of a figure; its size is known once it has been drawn."""

    address: str
    width: int | None
    height: int | None


@dataclass(frozen=True)
class Download:
    """The figure as a file: ``form`` is ``SVG``, ``PNG`` or ``CSV``."""

    form: str
    address: str


@dataclass(frozen=True)
class Placed:
    """A figure on a page: pictures for a wide and a narrow screen, the text instead of them, and the numbers."""

    wide: Picture
    narrow: Picture
    alternative_text: str
    table: DataTable
    downloads: tuple[Download, ...] = ()
    """The wide figure and its numbers, as files to keep."""


def place(audience: Audience, figures: Sequence[Figure]) -> list[Placed]:
    """Everything a template needs to show these figures; what was never drawn is asked for in one transaction."""
    layouts = [(figure, figure.narrow()) for figure in figures]
    drawn = {layout.digest: _find(audience, layout.digest) for pair in layouts for layout in pair}
    missing = [layout for pair in layouts for layout in pair if drawn[layout.digest] is None]
    if missing:
        _ask(audience, "figure", {layout.digest: layout.to_document() for layout in missing})
    return [
        Placed(
            _picture(audience, wide, drawn[wide.digest]),
            _picture(audience, narrow, drawn[narrow.digest]),
            wide.alternative_text(),
            wide.table(),
            tuple(Download(form.upper(), audience.address(wide.digest, form, save="1")) for form in FORMATS),
        )
        for wide, narrow in layouts
    ]


def _find(audience: Audience, digest: str) -> Rendering | None:
    return renderings.find(session(), audience.evaluation.id, digest, audience.name, audience.membership_id)


def _ask(audience: Audience, kind: str, missing: dict[str, dict[str, object]]) -> None:
    """Have a worker make these specifications, by digest."""
    with database().session() as writing:
        for digest, specification in missing.items():
            verbs.request(
                writing,
                evaluation=audience.evaluation,
                audience=audience.name,
                membership_id=audience.membership_id,
                kind=kind,
                specification=specification,
                digest=digest,
            )
        writing.commit()


def _picture(audience: Audience, figure: Figure, drawn: Rendering | None) -> Picture:
    size = _SIZE.search(drawn.content[:1000]) if drawn is not None and drawn.content is not None else None
    width, height = (round(float(size[side])) for side in (1, 2)) if size else (None, None)
    return Picture(audience.address(figure.digest), width, height)


@pictures.get("/evaluations/<slug>/figures/team/<digest>.<any(svg, png, csv):form>")
@needs(Permission.RESULTS_ANALYSE, on=study.on_evaluation)
def team(slug: str, digest: str, form: str) -> Response:
    """A figure of unprotected results."""
    return _sent(Audience(study.evaluation(slug), "team"), digest, form)


@pictures.get("/evaluations/<slug>/figures/interviews/<code>/<digest>.<any(svg, png, csv):form>")
@needs(Permission.INTERVIEW_PREPARE, on=study.on_organisation)
def interview(slug: str, code: str, digest: str, form: str) -> Response:
    """A figure of unprotected results in the interview guide of one organisation."""
    return _sent(Audience(study.evaluation(slug), "team", study.membership(slug, code)), digest, form)


@pictures.get("/evaluations/<slug>/figures/lead/<digest>.<any(svg, png, csv):form>")
@needs(Permission.PUBLICATION_READ, on=study.on_evaluation)
def lead(slug: str, digest: str, form: str) -> Response:
    """A figure of the publication."""
    return _sent(Audience(study.evaluation(slug), "lead"), digest, form)


@pictures.get("/evaluations/<slug>/figures/organisations/<code>/<digest>.<any(svg, png, csv):form>")
@needs(Permission.PUBLICATION_READ_OWN, Permission.PUBLICATION_READ, on=study.on_organisation)
def organisation(slug: str, code: str, digest: str, form: str) -> Response:
    """A figure of one organisation's page of the publication."""
    return _sent(Audience(study.evaluation(slug), "organisation", study.membership(slug, code)), digest, form)


@pictures.get("/public/<slug>/figures/<digest>.<any(svg, png, csv):form>")
@guard.public("a figure of what was published for everybody")
def public(slug: str, digest: str, form: str) -> Response:
    """A figure of the public pages; there is none before a page showed it."""
    return _sent(Audience(study.evaluation(slug), "public"), digest, form)


def _sent(audience: Audience, digest: str, form: str) -> Response:
    """The figure in this format. A picture is drawn where it was not yet; a table never waits for a worker."""
    asked = _find(audience, digest)
    if asked is None or asked.kind != "figure":
        raise NotFound("rendering")
    figure = from_document(asked.specification)
    if form == "csv":
        table = table_file(figure)
        return Response(table.content, mimetype=table.media_type, headers=_headers(audience, table.name))
    as_asked = digest_of(digest, form)
    if as_asked != digest and _find(audience, as_asked) is None:
        _ask(audience, FORMATS[form], {as_asked: figure.to_document()})
    name = name_of(figure, form) if form != "svg" or request.args.get("save") else ""
    made = wait_for(audience, as_asked)
    if made is None:
        return Response("\n", status=503, headers={"Retry-After": "5"}, mimetype="text/plain")
    return Response(made.content, mimetype=made.media_type, headers=_headers(audience, name))


def _headers(audience: Audience, name: str) -> dict[str, str]:
    """``name``: of the file that it is kept as; empty for a picture on a page."""
    kept = {"Content-Disposition": f'attachment; filename="{name}"'} if name else {}
    cache = {"team": _NOT_KEPT, "public": _KEPT_BY_ALL}.get(audience.name, _KEPT)
    return {"Cache-Control": cache, "Content-Security-Policy": _PICTURE_ALONE, **kept}


def wait_for(audience: Audience, digest: str) -> Rendering | None:
    """What a worker made of this; None when it takes longer than a visitor should wait.

    Raises ``NotFound`` for what no page asked for.
    """
    keys = (audience.evaluation.id, digest, audience.name, audience.membership_id)
    return waited(lambda reading: renderings.find(reading, *keys))


def waited(look: Callable[[Session], Rendering | None]) -> Rendering | None:
    """The same for a rendering that is looked up in another way.

    Looks in short transactions of its own, so that nothing is held while it waits.
    """
    session().close()
    patience = time.monotonic() + PATIENCE
    while True:
        with database().session(readonly=True) as reading:
            found = look(reading)
        if found is None:
            raise NotFound("rendering")
        if found.content is not None:
            return found
        if time.monotonic() >= patience:
            return None
        time.sleep(_LOOK_AGAIN)
