"""Pictures and documents on pages: a page asks for what is missing, a worker makes it, the browser fetches it."""

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from flask import Blueprint, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from surveyapp.access import Permission
from surveyapp.actions import renderings as verbs
from surveyapp.errors import NotFound
from surveyapp.models import Evaluation, Membership, Rendering
from surveyapp.queries import renderings
from surveyapp.reports.figures.figure import DataTable, Figure
from surveyapp.web import study
from surveyapp.web.database import database, session
from surveyapp.web.guard import needs

pictures = Blueprint("pictures", __name__)

PATIENCE: Final = 20.0
"""Seconds that a request waits for a worker."""
_LOOK_AGAIN: Final = 0.15
_KEPT: Final = "private, max-age=31536000, immutable"
_NOT_KEPT: Final = "no-store"
"""Unprotected figures do not stay behind on a computer that others use too."""
_PICTURE_ALONE: Final = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
"""A drawing that is opened by itself has its colours in style attributes, and may do nothing else."""
_SIZE: Final = re.compile(rb'<svg [^>]*\bwidth="([\d.]+)" height="([\d.]+)"')


@dataclass(frozen=True)
class Audience:
    """For whom a picture is: ``team``, ``lead``, or ``organisation`` with the organisation.

    For the ``team`` with an organisation: for who prepares the interviews there.
    """

    evaluation: Evaluation
    name: str
    member: Membership | None = None

    @property
    def membership_id(self) -> int | None:
        return self.member.id if self.member is not None else None

    def address(self, digest: str) -> str:
        """Where a picture for this audience is."""
        if self.member is not None:
            page = "pictures.interview" if self.name == "team" else "pictures.organisation"
            return url_for(page, slug=self.evaluation.slug, code=self.member.organisation.code, digest=digest)
        return url_for(f"pictures.{self.name}", slug=self.evaluation.slug, digest=digest)


@dataclass(frozen=True)
class Picture:
    """One layout of a figure; its size is known once it has been drawn."""

    address: str
    width: int | None
    height: int | None


@dataclass(frozen=True)
class Placed:
    """A figure on a page: pictures for a wide and a narrow screen, the text instead of them, and the numbers."""

    wide: Picture
    narrow: Picture
    alternative_text: str
    table: DataTable


def place(audience: Audience, figures: Sequence[Figure]) -> list[Placed]:
    """Everything a template needs to show these figures; what was never drawn is asked for in one transaction."""
    layouts = [(figure, figure.narrow()) for figure in figures]
    drawn = {layout.digest: _find(audience, layout.digest) for pair in layouts for layout in pair}
    missing = [layout for pair in layouts for layout in pair if drawn[layout.digest] is None]
    if missing:
        _ask(audience, missing)
    return [
        Placed(
            _picture(audience, wide, drawn[wide.digest]),
            _picture(audience, narrow, drawn[narrow.digest]),
            wide.alternative_text(),
            wide.table(),
        )
        for wide, narrow in layouts
    ]


def _find(audience: Audience, digest: str) -> Rendering | None:
    return renderings.find(session(), audience.evaluation.id, digest, audience.name, audience.membership_id)


def _ask(audience: Audience, missing: Sequence[Figure]) -> None:
    with database().session() as writing:
        for layout in missing:
            verbs.request(
                writing,
                evaluation=audience.evaluation,
                audience=audience.name,
                membership_id=audience.membership_id,
                kind="figure",
                specification=layout.to_document(),
                digest=layout.digest,
            )
        writing.commit()


def _picture(audience: Audience, figure: Figure, drawn: Rendering | None) -> Picture:
    size = _SIZE.search(drawn.content[:1000]) if drawn is not None and drawn.content is not None else None
    width, height = (round(float(size[side])) for side in (1, 2)) if size else (None, None)
    return Picture(audience.address(figure.digest), width, height)


@pictures.get("/evaluations/<slug>/figures/team/<digest>.svg")
@needs(Permission.RESULTS_ANALYSE, on=study.on_evaluation)
def team(slug: str, digest: str) -> Response:
    """A figure of unprotected results."""
    return _sent(Audience(study.evaluation(slug), "team"), digest)


@pictures.get("/evaluations/<slug>/figures/interviews/<code>/<digest>.svg")
@needs(Permission.INTERVIEW_PREPARE, on=study.on_organisation)
def interview(slug: str, code: str, digest: str) -> Response:
    """A figure of unprotected results in the interview guide of one organisation."""
    return _sent(Audience(study.evaluation(slug), "team", study.membership(slug, code)), digest)


@pictures.get("/evaluations/<slug>/figures/lead/<digest>.svg")
@needs(Permission.PUBLICATION_READ, on=study.on_evaluation)
def lead(slug: str, digest: str) -> Response:
    """A figure of the publication."""
    return _sent(Audience(study.evaluation(slug), "lead"), digest)


@pictures.get("/evaluations/<slug>/figures/organisations/<code>/<digest>.svg")
@needs(Permission.PUBLICATION_READ_OWN, Permission.PUBLICATION_READ, on=study.on_organisation)
def organisation(slug: str, code: str, digest: str) -> Response:
    """A figure of one organisation's page of the publication."""
    return _sent(Audience(study.evaluation(slug), "organisation", study.membership(slug, code)), digest)


def _sent(audience: Audience, digest: str) -> Response:
    made = wait_for(audience, digest)
    if made is None:
        return Response("\n", status=503, headers={"Retry-After": "5"}, mimetype="text/plain")
    headers = {
        "Cache-Control": _NOT_KEPT if audience.name == "team" else _KEPT,
        "Content-Security-Policy": _PICTURE_ALONE,
    }
    return Response(made.content, mimetype=made.media_type, headers=headers)


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
