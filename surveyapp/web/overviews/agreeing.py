"""How far people agree, in words: where they are divided is something to talk about."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from surveyapp.analysis import divided
from surveyapp.analysis.counts import EVERYONE
from surveyapp.questionnaires.questionnaire import ScaleQuestion
from surveyapp.reports.scores import ITEM
from surveyapp.web.language import said
from surveyapp.web.overviews.reader import Reader
from surveyapp.web.words import N_, _

WORDS: Final = {
    divided.AGREED: N_("of one mind"),
    divided.MIXED: N_("mixed"),
    divided.DIVIDED: N_("divided"),
    divided.POLARISED: N_("in two camps"),
}
_APART: Final = frozenset({divided.DIVIDED, divided.POLARISED})


@dataclass(frozen=True)
class Divided:
    """A statement over which the people of one organisation are divided."""

    organisation: str
    organisation_address: str | None
    statement: str
    address: str
    n: int | None
    ad: float
    words: str


def words(reader: Reader, question: str, organisation: str, role: str = EVERYONE) -> str | None:
    """How far people agree on this statement; None where that is not known or may not be said."""
    found = _word(reader, question, organisation, role)
    return None if found is None else _(WORDS[found])


def apart(reader: Reader, theme: str) -> Iterator[Divided]:
    """The statements of the theme that divide an organisation, in the order of the study."""
    for member in reader.members:
        code = member.organisation.code
        for item in reader.questionnaire.scored_items(theme):
            found = _word(reader, item.key, code, EVERYONE)
            ad = reader.scores.number("ad", ITEM, item.key, code)
            if found in _APART and ad is not None:
                yield Divided(
                    member.organisation.name,
                    reader.organisation_address(member),
                    said(item.text),
                    reader.address("statement", question=item.key),
                    reader.scores.count("n", ITEM, item.key, code),
                    ad,
                    _(WORDS[found]),
                )


def _word(reader: Reader, question: str, organisation: str, role: str) -> str | None:
    item = reader.questionnaire.questions[question]
    numbers = [reader.scores.number(name, ITEM, question, organisation, role) for name in ("ad", "agreement")]
    ad, agreement = numbers
    if ad is None or agreement is None or not isinstance(item, ScaleQuestion):
        return None
    return divided.word(ad, agreement, len(reader.questionnaire.scale(item.scale).points))
