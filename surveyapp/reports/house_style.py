"""An owner's house style: one file of design tokens, checked so that it can hold nothing else.

``house-style/tokens.css`` in the owner's folder of content::

    /* our blue, and larger letters */
    :root {
      --basis-color-action-1-bg-default: #004699;
      --basis-text-font-size-md: 1.25rem;
    }

Only custom properties inside ``:root {}``: the file changes how pages look and can neither hide anything on them nor
fetch anything from elsewhere.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from surveyapp.questionnaires.problem import Problem

FILE: Final = Path("house-style") / "tokens.css"
"""Within a folder of content."""
LARGEST: Final = 256 * 1024
_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_PIECE: Final = re.compile(r"([^{};]*)([{};]|$)")
_NAME: Final = re.compile(r"--[a-z0-9]+(?:[-_][a-z0-9]+)*", re.IGNORECASE)
_VALUE: Final = re.compile(r"[\w\s#%.,()+*/'\"-]+")
_FETCHING: Final = re.compile(
    r"\b(?:url|src|image|image-set|-webkit-image-set|attr|element|expression)\s*\(", re.IGNORECASE
)


def files(folder: Path) -> tuple[Path, ...]:
    """The token files in a folder and below it."""
    return tuple(sorted(path for path in folder.rglob(FILE.name) if path.parent.name == FILE.parent.name))


def check(path: Path) -> tuple[Problem, ...]:
    """Everything in this file that is no design token, with its line."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return (Problem(path, 1, "this file cannot be read as UTF-8 text: save it as such"),)
    if len(text) > LARGEST:
        return (Problem(path, 1, f"this file has more than {LARGEST} characters: leave out what is not a token"),)
    return tuple(Problem(path, line, message) for line, message in _faults(text))


def _faults(text: str) -> Iterator[tuple[int, str]]:
    """Line and message of each fault. Comments keep their line ends, so that lines still count."""
    bare = _COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), text)
    if "/*" in bare:
        yield bare[: bare.index("/*")].count("\n") + 1, "this comment has no end: close it with */"
        return
    inside = False
    for piece in _PIECE.finditer(bare):
        words, mark = piece[1].strip(), piece[2]
        start = piece.start() + len(piece[1]) - len(piece[1].lstrip())
        line = bare.count("\n", 0, start) + 1
        if mark == "{":
            if inside or words != ":root":
                yield line, f"'{_short(words)} {{' is no place for tokens: put all of them between ':root {{' and '}}'"
            inside = True
        elif words:
            fault = _fault(words) if inside else f"'{_short(words)}' stands outside ':root {{ }}': put it inside"
            if fault is not None:
                yield line, fault
        if mark == "}":
            if not inside:
                yield line, "this '}' closes nothing: remove it"
            inside = False
    if inside:
        yield bare.count("\n") + 1, "':root {' is not closed: end with '}'"


def _fault(declaration: str) -> str | None:
    name, colon, value = (part.strip() for part in declaration.partition(":"))
    if not colon or not value:
        return f"'{_short(declaration)}' is no token: write '--name: value;'"
    if not _NAME.fullmatch(name):
        return f"'{_short(name)}' is no token: only names that begin with -- may be set here"
    if _FETCHING.search(value):
        return f"'{name}' fetches something: only colours, sizes and names of fonts may be given"
    if not _VALUE.fullmatch(value):
        return f"'{name}' has the value '{_short(value)}': use letters, digits and # % . , ( ) + * / - ' \" only"
    return None


def _short(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= 40 else f"{flat[:39]}…"
