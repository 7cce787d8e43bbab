"""The rows of a file for SPSS, put in the place of the one row with which a library wrote everything else.

As https://www.gnu.org/software/pspp/pspp-dev/html_node/System-File-Format.html tells: a row is numbers of eight bytes
and text in pieces of eight, and each piece has a code that says whether it is written out. Code 0 means nothing, so
that what is written at one go may end with some.
"""

import struct
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryFile
from types import TracebackType
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

Words = tuple[bytes, ...]
Bytes = NDArray[np.uint8]

_AT_A_TIME: Final = 1_000
"""Rows that wait in memory."""
_ROOM: Final = 4 << 20
"""Bytes of rows that are laid out at once, however wide they are."""
_PIECE, _PART, _OF_PART, _STRIDE = 8, 255, 252, 256
"""Text is laid out in pieces; beyond 255 bytes in parts of as many, each in 256, and one for every 252 bytes."""
_END_OF_VARIABLES: Final = struct.pack("<ii", 999, 0)
_NUMBER_OF_ROWS: Final = 80
_NUMBER_OF_ROWS_AGAIN: Final = struct.pack("<iiiiq", 7, 16, 8, 2, 1)
"""In the header, and in a record of its own."""
_BIAS, _WRITTEN_OUT, _SPACES, _NONE = 100, 253, 254, 255
_LEAST, _MOST = 1 - _BIAS, 251 - _BIAS
"""The whole numbers that are their own code."""


class Kept:
    """Rows in a temporary file, numbers and text apart; ``widths`` says how wide each column of text became."""

    def __init__(self, text: Sequence[bool]) -> None:
        self._text = text
        self._words = [place for place, is_text in enumerate(text) if is_text]
        self._numbers = [place for place, is_text in enumerate(text) if not is_text]
        self._widest = np.ones(len(self._words), np.int64)
        self._waiting: list[list[float | bytes]] = []
        self._file = TemporaryFile(prefix="surveyapp-")  # noqa: SIM115 - closed by __exit__
        self._sizes: list[int] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def __len__(self) -> int:
        return sum(self._sizes)

    @property
    def widths(self) -> list[int | None]:
        """Bytes for each column of text, one at least; None for numbers."""
        widest = iter(self._widest.tolist())
        return [next(widest) if is_text else None for is_text in self._text]

    def add(self, row: list[float | bytes]) -> None:
        """One row: bytes where there is text, elsewhere numbers."""
        self._waiting.append(row)
        if len(self._waiting) == _AT_A_TIME:
            self.finish()

    def finish(self) -> None:
        """Put away what waits; to be called after the last row."""
        rows, self._waiting = self._waiting, []
        if not rows:
            return
        np.array([[row[place] for place in self._numbers] for row in rows], np.float64).tofile(self._file)
        lengths = np.array([[len(row[place]) for place in self._words] for row in rows], np.int32)  # type: ignore[arg-type]
        lengths.tofile(self._file)
        self._file.write(b"".join(row[place] for row in rows for place in self._words))  # type: ignore[misc]
        self._widest = np.maximum(self._widest, lengths.max(axis=0, initial=1))
        self._sizes.append(len(rows))

    def parts(self) -> Iterator[tuple[NDArray[np.float64], list[Words]]]:
        """Some rows at a time: their numbers, and their words."""
        self._file.seek(0)
        for size in self._sizes:
            shape = (size, len(self._numbers))
            numbers = np.fromfile(self._file, np.float64, size * len(self._numbers)).reshape(shape)
            lengths = np.fromfile(self._file, np.int32, size * len(self._words)).reshape(size, len(self._words))
            yield numbers, self._read_words(lengths)

    def _read_words(self, lengths: NDArray[np.int32]) -> list[Words]:
        read = self._file.read
        return [tuple(read(length) for length in row) for row in lengths.tolist()]


def replace_rows(out: Path, kept: Kept) -> None:
    """Leave what this file says of its variables, and put these rows in the place of the one that it has."""
    with out.open("r+b") as file:
        head = bytearray(file.read())
        del head[head.rindex(_END_OF_VARIABLES) + len(_END_OF_VARIABLES) :]
        struct.pack_into("<i", head, _NUMBER_OF_ROWS, len(kept))
        again = head.rindex(_NUMBER_OF_ROWS_AGAIN) + len(_NUMBER_OF_ROWS_AGAIN)
        struct.pack_into("<q", head, again, len(kept))
        file.seek(0)
        file.truncate()
        file.write(head)
        layout = _Layout(kept.widths)
        for numbers, words in kept.parts():
            for first in range(0, len(words), layout.at_once):
                some = slice(first, first + layout.at_once)
                file.write(_compressed(*layout.laid_out(numbers[some], words[some])))


class _Layout:
    """Where in a row everything stands."""

    def __init__(self, widths: Sequence[int | None]) -> None:
        sizes = [_PIECE if width is None else _stored(width) for width in widths]
        starts = np.cumsum([0, *sizes])
        self._size = int(starts[-1])
        self._words = [int(start) for start, width in zip(starts, widths, strict=False) if width is not None]
        self._numbers = [int(start) // _PIECE for start, width in zip(starts, widths, strict=False) if width is None]
        self.at_once = max(1, _ROOM // self._size)

    def laid_out(self, numbers: NDArray[np.float64], words: Sequence[Words]) -> tuple[NDArray[np.uint64], Bytes]:
        """The rows as pieces, one after another, and the code of each."""
        room = bytearray(b" ") * (self._size * len(words))
        for start, row in zip(range(0, len(room), self._size), words, strict=True):
            for place, text in zip(self._words, row, strict=True):
                for number, begin in enumerate(range(0, len(text), _PART)):
                    part = text[begin : begin + _PART]
                    at = start + place + number * _STRIDE
                    room[at : at + len(part)] = part
        pieces = np.frombuffer(room, np.uint64).reshape(len(words), -1)
        codes = np.where(pieces == np.frombuffer(b" " * _PIECE, np.uint64)[0], _SPACES, _WRITTEN_OUT).astype(np.uint8)
        pieces[:, self._numbers] = numbers.view(np.uint64)
        codes[:, self._numbers] = _codes(numbers)
        return pieces.ravel(), codes.ravel()


def _stored(width: int) -> int:
    """The bytes that text of at most this width takes in a row."""
    parts = -(-width // _OF_PART) if width > _PART else 1
    last = width - (parts - 1) * _OF_PART
    return (parts - 1) * _STRIDE + -(-last // _PIECE) * _PIECE


def _codes(numbers: NDArray[np.float64]) -> Bytes:
    """A small whole number is its own code, and none has one too."""
    small = (numbers >= _LEAST) & (numbers <= _MOST) & (numbers == np.rint(numbers))
    found = np.where(small, np.where(small, numbers, 0) + _BIAS, _WRITTEN_OUT)
    return np.where(np.isnan(numbers), _NONE, found).astype(np.uint8)


def _compressed(pieces: NDArray[np.uint64], codes: Bytes) -> bytes:
    """Eight codes, then those of their pieces that are written out, and so on."""
    missing = -len(codes) % _PIECE
    codes = np.concatenate([codes, np.zeros(missing, np.uint8)])
    pieces = np.concatenate([pieces, np.zeros(missing, np.uint64)])
    together = np.column_stack([codes.view(np.uint64), pieces.reshape(-1, _PIECE)])
    written = np.column_stack([np.ones(len(together), bool), (codes == _WRITTEN_OUT).reshape(-1, _PIECE)])
    return bytes(together[written].tobytes())
