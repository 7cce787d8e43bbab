"""What of a generated study is fetched: other files of every next one, so that together they have all there is."""

from dataclasses import dataclass, replace
from typing import Final

from surveyapp.models.publication import LEAD, PUBLIC
from surveyapp.reports.datasets.packing import FORMATS
from surveyapp.reports.report import FORMATS as REPORTED
from tests.effort import EFFORT

_FEWEST: Final = 3
"""Organisations that every study has."""
_DRAWN_ONE_IN: Final = 32
"""Figures that are drawn, wide and narrow ones counted."""
_REPORTED_ONE_IN: Final = 4
"""Studies of which reports are made."""


@dataclass(frozen=True)
class Choice:
    """``turn`` chooses what is read by turns.

    Where ``thorough`` every CSV is read and every page of the whole publication; of each organisation the first page,
    and those behind it of every other one; the tables of every third figure; of each audience one more format.
    """

    turn: int = 0
    thorough: bool = EFFORT > 1
    formats: tuple[str, ...] = ()
    """Of the whole publication always, whoever's turn it is."""
    audience: str = LEAD
    form: str = ""
    """Of every report and paper, whoever's turn it is."""

    @classmethod
    def next(cls, turn: int) -> "Choice":
        """CSV, and for every audience one other format, another one in each study."""
        return cls(turn)

    @classmethod
    def every_format(cls) -> "Choice":
        return cls(formats=FORMATS)

    def of(self, audience: str) -> "Choice":
        return replace(self, audience=audience)

    def is_fetched(self, address: str) -> bool:
        """A page or file of a publication, of one organisation in it, or the table of a figure."""
        path, _, query = address.partition("?")
        if "/figures/" in path:
            return int(path[-10:-4], 16) % _FEWEST == self.turn % _FEWEST
        before, _, own = path.partition("/organisations/")
        if path.endswith(".zip"):
            kind = path.rsplit(".", 2)[1]
            return self._is_turn_of(kind, int(own.partition("/")[0][1:])) if own else self._is_packed(kind)
        code, _, further = own.partition("/")
        if self.thorough:
            return not own or path.endswith(".csv") or not (further or query) or self._is_even(code)
        if own and before.endswith("/publication"):
            return self._is_of_one(own, query)
        is_seldom = path.startswith("/public/") or "number=" in query
        return path.endswith(".csv") or not is_seldom or (len(address) + self.turn) % _FEWEST == 0

    def is_drawn(self, place: int, audience: str, layout: str) -> bool:
        """Wide or narrow: both are drawn of the same numbers."""
        if self.thorough:
            return (place + self.turn) % _DRAWN_ONE_IN in (0, _DRAWN_ONE_IN // 2 + 1)
        return audience == LEAD and layout == "wide" and (place + self.turn) // 2 % 4 == 0

    @property
    def has_reports(self) -> bool:
        """Whether reports, papers and drafts are made of this study."""
        return self.turn % _REPORTED_ONE_IN == 0

    def is_reported(self, number: int) -> bool:
        """Whether the report of this organisation is made."""
        return bool(self.form) or (number + self.turn) % _FEWEST == 0

    def forms(self, code: str, *, is_newest: bool) -> tuple[str, ...]:
        """Formats of the report of an organisation; that of the region is made as a page, the newest as one more."""
        own = self.paper(int(code[1:] or 0))
        return (own,) if code or self.form else tuple(dict.fromkeys(("html", *([own] if is_newest else []))))

    def paper(self, number: int) -> str:
        """The format of what an interviewee of this organisation gets beforehand."""
        return self.form or REPORTED[(self.turn + number) % len(REPORTED)]

    def _is_packed(self, kind: str) -> bool:
        return kind in (*self.formats, "csv") or self._is_turn_of(kind, self.audience == PUBLIC)

    def _is_turn_of(self, kind: str, number: int) -> bool:
        return kind == FORMATS[(self.turn + number) % len(FORMATS)]

    def _is_of_one(self, own: str, query: str) -> bool:
        """Of some organisations everything, of others the page or its files."""
        code, _, further = own.partition("/")
        number = int(code[1:])
        is_its_turn = (self.turn + number + bool(further)) % 2 == 0
        return number == self.turn % _FEWEST or (is_its_turn and (further.endswith(".csv") or not (further or query)))

    def _is_even(self, code: str) -> bool:
        return (int(code[1:]) + self.turn) % 2 == 0
