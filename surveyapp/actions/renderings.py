"""Verbs on renderings: asking for a figure or document, storing what the worker made of it."""

from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import jobs
from surveyapp.errors import InvalidContent, Unavailable
from surveyapp.models import Evaluation, Rendering, upsert
from surveyapp.queries import renderings

AUDIENCES = ("team", "lead", "organisation")


def request(
    session: Session,
    *,
    evaluation: Evaluation,
    audience: str,
    membership_id: int | None,
    kind: str,
    specification: dict[str, object],
    digest: str,
) -> Rendering:
    """The rendering of this specification for this audience; asked for the first time, a worker gets the job."""
    if audience not in AUDIENCES or (audience == "organisation" and membership_id is None):
        raise InvalidContent("unknown-audience", audience=audience)
    row = {
        "evaluation_id": evaluation.id,
        "digest": digest,
        "audience": audience,
        "membership_id": membership_id,
        "kind": kind,
        "specification": specification,
        "requested_at": clock.now(),
    }
    is_new = upsert.insert_missing(session, Rendering, row)
    rendering = renderings.find(session, evaluation.id, digest, audience, membership_id)
    if rendering is None:
        raise Unavailable("rendering-withdrawn")
    if is_new:
        jobs.enqueue(session, kind="render", rendering=rendering.id)
    return rendering


def store(session: Session, *, rendering: Rendering, media_type: str, content: bytes) -> None:
    """Keep what was made; made twice, the last one stays."""
    rendering.media_type, rendering.content = media_type, content
    session.flush()
