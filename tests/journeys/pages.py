"""Where rows stand in an SQLite file, byte by byte (https://www.sqlite.org/fileformat2.html)."""

from collections import defaultdict
from collections.abc import Iterator

_INTERIOR_INDEX, _INTERIOR_TABLE, _LEAF_INDEX, _LEAF_TABLE = 2, 5, 10, 13


def places(file: bytes, root: int) -> dict[int, list[int]]:
    """First key of a row (its rowid, or the number that its primary key begins with) -> where such rows stand.

    Other first keys are told by -1. Within a page rows are written from its end, so an earlier row stands further on.
    """
    found: dict[int, list[int]] = defaultdict(list)
    for key, place in _rows(file, root):
        found[key].append(place)
    return found


def _rows(file: bytes, number: int) -> Iterator[tuple[int, int]]:
    size = int.from_bytes(file[16:18])
    size = size if size > 1 else 65_536
    start = (number - 1) * size
    head = start + (100 if number == 1 else 0)
    kind, cells = file[head], int.from_bytes(file[head + 3 : head + 5])
    pointers = head + (12 if kind in {_INTERIOR_INDEX, _INTERIOR_TABLE} else 8)
    for cell in range(cells):
        at = start + int.from_bytes(file[pointers + 2 * cell : pointers + 2 * cell + 2])
        if kind in {_INTERIOR_INDEX, _INTERIOR_TABLE}:
            yield from _rows(file, int.from_bytes(file[at : at + 4]))
        if kind == _LEAF_TABLE:
            _length, body = _varint(file, at)
            yield _varint(file, body)[0], at
        elif kind in {_LEAF_INDEX, _INTERIOR_INDEX}:
            _length, body = _varint(file, at + (4 if kind == _INTERIOR_INDEX else 0))
            yield _first_number(file, body), at
    if kind in {_INTERIOR_INDEX, _INTERIOR_TABLE}:
        yield from _rows(file, int.from_bytes(file[head + 8 : head + 12]))


def _first_number(file: bytes, record: int) -> int:
    length, types = _varint(file, record)
    kind, _next = _varint(file, types)
    width = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}.get(kind)
    return int.from_bytes(file[record + length : record + length + width], signed=True) if width else -1


def _varint(file: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes, and where the next begins."""
    value = 0
    for step in range(8):
        value = value << 7 | file[at + step] & 0x7F
        if file[at + step] < 0x80:
            return value, at + step + 1
    return value << 8 | file[at + 8], at + 9
