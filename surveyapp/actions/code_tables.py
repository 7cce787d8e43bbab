"""Telling readers how many people said what: frozen beside what was published, once the answers have been coded."""

from sqlalchemy.orm import Session

from surveyapp.actions import log
from surveyapp.analysis.coding.frozen import Table, frozen
from surveyapp.errors import WrongState
from surveyapp.models import User, Wave
from surveyapp.models.publication import LEAD
from surveyapp.queries import code_counts, publications


def tell(session: Session, *, wave: Wave, by: User) -> tuple[Table, ...]:
    """Freeze what may be told now, beside everything that was told before; see ``analysis.coding.frozen``.

    Raises ``WrongState``: ``not-published`` while nothing was published, ``too-few-said`` where there is nothing to
    tell, and ``nothing-new`` where readers are told the same already.
    """
    publication = publications.of(session, wave, LEAD)
    if publication is None:
        raise WrongState("not-published")
    session.refresh(publication, with_for_update=True)
    before = code_counts.told(session, wave)
    now = frozen(code_counts.tellable(session, wave), before, least=code_counts.least(wave))
    if not now:
        raise WrongState("too-few-said")
    if before and now == before[-1]:
        raise WrongState("nothing-new")
    publication.codes = [*(publication.codes or []), {"tables": [table.to_document() for table in now]}]
    log.record(session, verb="wave.tell-codes", subject=wave, by=by, evaluation=wave.evaluation, themes=len(now))
    return now
