"""Verbs on renderings: asking for a figure or document, storing what the worker made of it, throwing it away."""

from datetime import datetime
from typing import Final

from sqlalchemy import delete
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import jobs
from surveyapp.errors import InvalidContent, Unavailable
from surveyapp.models import Evaluation, Rendering, upsert
from surveyapp.queries import renderings

RESPONDENT: Final = "respondent"
AUDIENCES: Final = ("team", "lead", "public", "organisation", RESPONDENT)
PAPER_FORM: Final = "paper-form"
OWN_COPY: Final = "own-copy"


def request(
    session: Session,
    *,
    evaluation: Evaluation,
    audience: str,
    membership_id: int | None,
    kind: str,
    specification: dict[str, object],
    digest: str,
    response_id: int | None = None,
    expires_at: datetime | None = None,
) -> Rendering:
    """The rendering of this specification for this audience; asked for the first time, a worker gets the job.

    Respondents get an empty questionnaire (``paper-form``), or their own answers (``own-copy``): these belong to a
    ``response_id``, which ``digest`` covers too, and expire. Asked for again, they stay until the later moment.
    """
    if audience not in AUDIENCES or (audience == "organisation" and membership_id is None):
        raise InvalidContent("unknown-audience", audience=audience)
    _must_fit(audience, kind, response_id, expires_at)
    row = {
        "evaluation_id": evaluation.id,
        "digest": digest,
        "audience": audience,
        "membership_id": membership_id,
        "response_id": response_id,
        "expires_at": expires_at,
        "kind": kind,
        "specification": specification,
        "requested_at": clock.now(),
    }
    is_new = upsert.insert_missing(session, Rendering, row)
    rendering = renderings.kept(session, evaluation.id, digest, audience, membership_id, response_id)
    if rendering is None:
        raise Unavailable("rendering-withdrawn")
    if is_new:
        jobs.enqueue(session, kind="render", evaluation_id=evaluation.id, rendering=rendering.id)
    elif expires_at is not None and (rendering.expires_at is None or rendering.expires_at < expires_at):
        rendering.expires_at = expires_at
        session.flush()
    return rendering


def store(session: Session, *, rendering: Rendering, media_type: str, content: bytes) -> None:
    """Keep what was made; made twice, the last one stays."""
    rendering.media_type, rendering.content = media_type, content
    session.flush()


def discard_expired(session: Session) -> None:
    """Throw away what may not be kept any longer. It is no act of anybody, and leaves no event."""
    session.execute(delete(Rendering).where(Rendering.expires_at <= clock.now()))


def _must_fit(audience: str, kind: str, response_id: int | None, expires_at: datetime | None) -> None:
    """Only what is made for respondents reaches them, and one's own answers have an owner and an end."""
    if (audience == RESPONDENT) != (kind in {PAPER_FORM, OWN_COPY}):
        raise InvalidContent("not-for-this-audience", audience=audience, kind=kind)
    owned = response_id is not None and expires_at is not None
    if owned != (kind == OWN_COPY):
        raise InvalidContent("whose-copy", kind=kind)
