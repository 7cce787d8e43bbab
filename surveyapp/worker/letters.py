"""Printing a file of letters: the links are derived, printed, sealed and forgotten."""

from surveyapp.actions import letters as verbs
from surveyapp.models import Rendering
from surveyapp.reports import printing
from surveyapp.worker.context import Context


def letters(context: Context, *, rendering: int) -> None:
    """Print one file; one that was made in the meantime, or thrown away, is left alone."""
    settings = context.settings
    with context.database.session(readonly=True) as session:
        wanted = session.get(Rendering, rendering)
        if wanted is None or wanted.content is not None:
            return
        composed = verbs.compose(session, rendering=wanted, secret_key=settings.secret_key, base_url=settings.base_url)
    made = printing.printed_letters(composed, fonts=context.fonts)
    with context.database.session() as session:
        target = session.get(Rendering, rendering)
        if target is not None:
            verbs.store(
                session,
                rendering=target,
                content=made.content,
                media_type=made.media_type,
                secret_key=settings.secret_key,
            )
        session.commit()
