"""Codes with the number of people who wrote something to which they fit: for the team, and protected for anybody else.

Only open answers count: whether somebody who was talked with also answered is not always known.
"""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from surveyapp.analysis.coding.people import Said, shown
from surveyapp.analysis.disclosure import Policy
from surveyapp.models import Wave
from surveyapp.queries import coding, source_texts
from surveyapp.queries.source_texts import ANSWER


@dataclass(frozen=True)
class CountedCode:
    """A code with how many people said it, ``of`` how many; None where readers may not know."""

    key: str
    title: str
    theme: str
    people: int | None
    of: int | None


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


def code_counts(session: Session, wave: Wave, audience: str) -> list[CountedCode]:
    """The codes in use, in the order of the codebook, as this audience (``lead``, ``organisation``, ``public``) may
    see them: of the region as a whole, where the threshold of the audience is met on either side."""
    codes = coding.codes(session, wave.evaluation)
    texts = [one for _theme, one in said(session, wave)]
    least = Policy.of(audience, wave.regime).distribution
    counts = shown(texts, [code.key for code in codes], least=least)
    return [
        CountedCode(code.key, code.title, code.theme, count.people, count.of)
        for code, count in zip(codes, counts, strict=True)
    ]
