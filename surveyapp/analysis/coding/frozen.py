"""How many people said what, per theme, as readers may know it for good: what was told once is not told apart later."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

from surveyapp.analysis.coding.people import Said, shown


@dataclass(frozen=True)
class Told:
    """A code by its name at that time, with the number of people in one of whose texts it stands."""

    key: str
    title: str
    people: int


@dataclass(frozen=True)
class Table:
    """The codes of the open answers about one theme; ``of`` are the people of whom any such answer was sorted."""

    theme: str
    of: int
    codes: tuple[Told, ...]

    def to_document(self) -> dict[str, Any]:
        """For a JSON column; ``from_document`` reads it back."""
        return asdict(self)

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """What ``to_document`` wrote."""
        return cls(document["theme"], document["of"], tuple(Told(**one) for one in document["codes"]))


def tables(texts: Mapping[str, Collection[Said]], titles: Mapping[str, str], *, least: int) -> tuple[Table, ...]:
    """Of every theme with anything to tell: each code that ``people.shown`` shows, what most people said first.

    ``titles`` are those of the codes by key, in the order of the codebook.
    """
    found = []
    for theme, said in texts.items():
        counts = shown(said, list(titles), least=least)
        told = [Told(each.code, titles[each.code], each.people) for each in counts if each.people]
        everybody = next((each.of for each in counts), None)
        if told and everybody is not None:
            found.append(Table(theme, everybody, tuple(sorted(told, key=lambda each: -each.people))))
    return tuple(found)


def frozen(new: Sequence[Table], before: Sequence[Sequence[Table]], *, least: int) -> tuple[Table, ...]:
    """``new`` after all that was told ``before``, in order: a theme keeps the last table that it had where the new one
    beside any of the earlier would tell of a few people.

    That is so where a code, or its not being said, or everybody differs by fewer than ``least`` people, and not by
    none: whoever was coded, erased or excluded in between would be known. So many people disappear among one another.
    """
    earlier: dict[str, list[Table]] = {}
    for once in before:
        for table in once:
            earlier.setdefault(table.theme, []).append(table)
    fresh = {table.theme: table for table in new}
    kept = {
        theme: told[-1]
        for theme, told in earlier.items()
        if theme not in fresh or any(_tells(one, fresh[theme], least) for one in told)
    }
    return tuple({**fresh, **kept}[theme] for theme in dict.fromkeys((*earlier, *fresh)))


def _tells(one: Table, other: Table, least: int) -> bool:
    before, after = ({each.key: each.people for each in table.codes} for table in (one, other))
    steps = [other.of - one.of]
    for key in before.keys() & after.keys():
        steps += [after[key] - before[key], (other.of - after[key]) - (one.of - before[key])]
    return any(0 < abs(step) < least for step in steps)
