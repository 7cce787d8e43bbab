"""What changed since the wave before: from the tallies for the research team, from publications for their readers."""

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.analysis import wave_changes
from surveyapp.analysis.counts import Counts, region_of
from surveyapp.analysis.disclosure import SafeResults
from surveyapp.models import Publication, Wave
from surveyapp.models.wave import ANONYMOUS
from surveyapp.queries import counts, editions, publications
from surveyapp.questionnaires.questionnaire import Questionnaire


def before(session: Session, wave: Wave) -> Wave | None:
    """The wave of the same study that was opened before this one; None for the first."""
    earlier = select(Wave).where(
        Wave.evaluation_id == wave.evaluation_id, Wave.number < wave.number, Wave.ready_at.is_not(None)
    )
    return session.scalar(earlier.order_by(Wave.number.desc()).limit(1))


def publication_before(session: Session, publication: Publication) -> Publication | None:
    """What the same audience last read of an earlier wave; None where that is nothing."""
    wave = publication.wave
    published = publications.published_waves(session, wave.evaluation, publication.audience)
    earlier = next((found for found in published if found.number < wave.number), None)
    return None if earlier is None else publications.of(session, earlier, publication.audience)


def for_team(session: Session, wave: Wave) -> pd.DataFrame | None:
    """``WAVE_CHANGE_COLUMNS`` since the wave before, unprotected.

    None for a first wave, and where either is anonymous: of those the team too sees only what is published.
    """
    earlier = before(session, wave)
    if earlier is None or ANONYMOUS in (earlier.regime, wave.regime):
        return None
    return wave_changes.for_team(
        _analysed(session, earlier), _analysed(session, wave), _bridges(session, earlier, wave)
    )


def in_print(session: Session, publication: Publication) -> pd.DataFrame | None:
    """``WAVE_CHANGE_COLUMNS`` since the publication before, from their printed numbers; None where there is none.

    For one organisation: its own rows and those of the region, as of the publications themselves.
    """
    earlier = publication_before(session, publication)
    if earlier is None:
        return None
    kinds = {
        member.organisation.code: member.organisation.kind
        for shown in (earlier, publication)
        for member in publications.members(session, shown, "nl")
    }
    bridges = _bridges(session, earlier.wave, publication.wave)
    sides = _printed(session, earlier), _printed(session, publication)
    return wave_changes.in_print(*sides, region_of(kinds), bridges)


def _analysed(session: Session, wave: Wave) -> tuple[Counts, Questionnaire]:
    asked = editions.of(session, wave).questionnaire
    return counts.of(session, wave, asked), asked


def _printed(session: Session, publication: Publication) -> tuple[SafeResults, Questionnaire]:
    asked = publications.edition(session, publication).questionnaire
    return publications.safe_results(publication), asked


def _bridges(session: Session, earlier: Wave, later: Wave) -> tuple[str, ...]:
    """What the later edition says goes on though it was changed; nothing where it is not the next version."""
    old, new = (editions.by_digest(session, wave.edition_digest) for wave in (earlier, later))
    if new.changes is None or old.questionnaire.key != new.questionnaire.key:
        return ()
    return new.changes.bridged_from(old.questionnaire.version)
