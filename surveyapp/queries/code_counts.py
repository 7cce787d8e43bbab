"""Codes with the number of people who wrote something to which they fit: for the team, and as it is told to readers.

Only open answers count: whether somebody who was talked with also answered is not always known.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.analysis.coding.frozen import Table, tables
from surveyapp.analysis.coding.people import Said
from surveyapp.analysis.disclosure import Policy
from surveyapp.models import Publication, Wave
from surveyapp.models.publication import LEAD, PUBLIC
from surveyapp.queries import coding, editions, source_texts
from surveyapp.queries.source_texts import ANSWER


def said(session: Session, wave: Wave) -> list[tuple[str, Said]]:
    """The theme and codes of every open answer that somebody sorted; unprotected."""
    judged = coding.judged(coding.codings(session, wave))
    resolved = coding.resolutions(session, wave)
    found = []
    for text in source_texts.of(session, wave, sources=(ANSWER,)):
        place = (text.source, text.key)
        if place in judged:
            of_text = {key: one for (where, key), one in resolved.items() if where == place}
            codes = coding.settled(judged[place], of_text)
            found.append((text.theme, Said(text.person, text.role, codes)))
    return found


def least(wave: Wave) -> int:
    """So many people must have said it, and as many must not, whoever reads it; 0 where nothing is held back."""
    return max(Policy.of(audience, wave.regime).distribution for audience in (LEAD, PUBLIC))


def tellable(session: Session, wave: Wave) -> tuple[Table, ...]:
    """What readers might be told now of every theme of the questionnaire, over the region as a whole.

    Of each theme apart, and not of all together: what was said elsewhere cannot be subtracted.
    """
    texts: dict[str, list[Said]] = {theme: [] for theme in editions.of(session, wave).questionnaire.themes}
    for theme, one in said(session, wave):
        if theme in texts:
            texts[theme].append(one)
    titles = {code.key: code.title for code in coding.codes(session, wave.evaluation)}
    return tables(texts, titles, least=least(wave))


def told(session: Session, wave: Wave) -> list[tuple[Table, ...]]:
    """Everything that readers of this wave were ever told, in order; the last is what they are told now."""
    published = select(Publication).where(Publication.wave_id == wave.id).order_by(Publication.id)
    return [
        tuple(Table.from_document(table) for table in once["tables"])
        for publication in session.scalars(published)
        for once in publication.codes or ()
    ]
