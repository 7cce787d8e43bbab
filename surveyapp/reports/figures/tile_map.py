"""Where in the region? A tile per organisation, about where it lies."""

from abc import abstractmethod
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from surveyapp.questionnaires.shape import Content
from surveyapp.reports.figures.figure import Cell, Count, DataTable, Figure, sentences
from surveyapp.reports.figures.words import word
from surveyapp.reports.numbers import decimal

Place = tuple[Annotated[int, Field(ge=0, le=99)], Annotated[int, Field(ge=0, le=99)]]
"""Column and row, from the top left."""


class Tile(Content):
    """An organisation; without a ``place`` it stands below those that have one."""

    label: str
    cell: Cell
    place: Place | None = None
    n: Count | None = None


class RegionMap(Figure):
    """What tiles and areas have in common: a score per organisation on a fixed scale."""

    row_title: str
    subject: str = ""
    """What the numbers are: the name of a theme."""
    lowest: int = 1
    highest: int = 5
    lowest_label: str = ""
    highest_label: str = ""

    @abstractmethod
    def scores(self) -> tuple[tuple[str, Cell, int | None], ...]:
        """Name, score and n of each organisation."""

    def alternative_text(self) -> str:
        """Kind and size, the lowest and highest organisation, and how many are hidden."""
        opening = self._opening(word("region_map", self.language))
        count = word("organisation_count", self.language, count=len(self.scores()))
        hidden = sum(cell.hidden in {"small", "linked"} for _, cell, _ in self.scores())
        return sentences(opening, count, self._extremes(), self._hidden_sentence(hidden))

    def _extremes(self) -> str:
        known = [(cell.value, label) for label, cell, _ in self.scores() if cell.value is not None]
        if not known:
            return word("no_numbers", self.language)
        (low, weakest), (high, strongest) = min(known), max(known)
        return sentences(
            word("lowest", self.language, where=weakest, value=decimal(low, self.language)),
            word("highest", self.language, where=strongest, value=decimal(high, self.language)),
        )

    def table(self) -> DataTable:
        """One row per organisation: its score, and n where given."""
        with_n = any(n is not None for *_, n in self.scores())
        n_head = (word("n", self.language),) if with_n else ()
        rows = tuple(
            (label, cell.says(self.language, self.threshold), *(("–" if n is None else str(n),) if with_n else ()))
            for label, cell, n in self.scores()
        )
        header = (self.row_title, self.subject or word("score", self.language), *n_head)
        return DataTable(self.title, header, rows)


class TileMap(RegionMap):
    """Tiles of one size, so that a large municipality does not count for more than a small one."""

    figure: Literal["tile_map"] = "tile_map"
    tiles: tuple[Tile, ...]

    @model_validator(mode="after")
    def _one_tile_in_a_place(self) -> Self:
        places = [tile.place for tile in self.tiles if tile.place is not None]
        if len(set(places)) < len(places):
            raise ValueError("two tiles have the same place")
        return self

    def scores(self) -> tuple[tuple[str, Cell, int | None], ...]:
        return tuple((tile.label, tile.cell, tile.n) for tile in self.tiles)
