"""Numbers in places that nobody looks at, and that are shown nowhere."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from surveyapp.analysis.attacking.facts import Leftover, Reading

EQUAL: Final = 1e-6


def not_shown(reading: Reading) -> Iterator[Leftover]:
    """What is in a file and not in its tables.

    Beside a table a number may be rounded further than in it; elsewhere it must be one of all that are shown.
    """
    everywhere = sorted({abs(fact.value) for fact in reading.facts})
    tables = {name: sorted(map(abs, numbers)) for name, numbers in reading.shown.items()}
    counted: dict[tuple[str, str], list[Leftover]] = defaultdict(list)
    for each in reading.leftovers:
        if each.each and each.within in tables:
            counted[each.within, each.place].append(each)
        elif not _is_among(each, tables.get(each.within, everywhere)) and not (
            each.read and _is_among(each, everywhere)
        ):
            yield each
    for (within, _), written in counted.items():
        yield from _too_many(written, tables[within])


def _is_among(each: Leftover, numbers: Sequence[float]) -> bool:
    place = bisect_left(numbers, abs(each.value) - _half(each))
    return place < len(numbers) and numbers[place] <= abs(each.value) + _half(each)


def _half(each: Leftover) -> float:
    """How far the number in the table may lie from it."""
    return EQUAL + (0.05 if each.within and each.decimals == 1 else 0.0)


def _too_many(written: Iterable[Leftover], numbers: Sequence[float]) -> Iterator[Leftover]:
    """Those that are left when each number of the table is used once, the smallest first."""
    waiting = list(numbers)
    for each in sorted(written, key=lambda each: abs(each.value)):
        while waiting and waiting[0] < abs(each.value) - _half(each):
            waiting.pop(0)
        if waiting and waiting[0] <= abs(each.value) + _half(each):
            waiting.pop(0)
        else:
            yield each
