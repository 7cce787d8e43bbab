"""Values that R packages gave, with the numbers that went in: ``reference/reference.R`` makes them anew."""

import json
from pathlib import Path
from typing import Any

_FOUND: dict[str, list[dict[str, Any]]] = json.loads(
    Path(__file__).with_name("reference").joinpath("reference.json").read_text(encoding="utf-8")
)


def cases(name: str) -> list[dict[str, Any]]:
    """Every case of a method: what went in and what came out, by name."""
    found = _FOUND[name]
    assert found
    return found
