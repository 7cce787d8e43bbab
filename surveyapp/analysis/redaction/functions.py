"""Functions in the singular: ``de wethouder`` and ``onze enige beleidsadviseur`` are one person in a municipality."""

import re
from typing import Final

from surveyapp.analysis.redaction.patterns import Span

FUNCTION: Final = "function"
_HOLDER: Final = (
    r"(?:[a-zà-ÿ-]*(?:wethouder|burgemeester|secretaris|griffier|raadslid|directeur|manager|teamleider|hoofd|adviseur"
    r"|medewerker|medewerkster|projectleider|portefeuillehouder|controller|inkoper|jurist|co[oö]rdinator|bestuurder"
    r"|ambtenaar|consulent|voorzitter|regisseur|kwartiermaker|trekker|voorganger|voorgangster|opvolger|opvolgster))"
)
_DETERMINER: Final = r"(?:de|onze|mijn|hun|haar|zijn|uw|jullie|die|deze|één|het|ons)"
_PRESENT: Final = re.compile(
    rf"(?<!\w)(?:{_DETERMINER}\s+(?:[a-zà-ÿ]+\s+){{0,2}}?{_HOLDER}|(?:wethouder|burgemeester|gemeentesecretaris)"
    r"(?=\s+(?:van|in)\s+[A-Z]))(?!\w)",
    re.IGNORECASE,
)
_NO_HOLDER: Final = frozenset(["hoofd"])
"""A head is a part of the body as well: only as the end of a longer word."""
_STOPS: Final = "en of maar met van voor door in op bij naar over een de het dat die als dan is was wordt heeft"
_STOPPING: Final = frozenset(_STOPS.split())


def found(text: str) -> list[Span]:
    """Where somebody is meant who can be known by their function; a warning, as the words may be needed."""
    return [
        Span(*match.span(), FUNCTION)
        for match in _PRESENT.finditer(text)
        if (parts := match.group().lower().split())[-1] not in _NO_HOLDER and not _STOPPING & set(parts[1:-1])
    ]
