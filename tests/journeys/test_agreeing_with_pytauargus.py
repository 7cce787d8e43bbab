"""Agreement with another engine (pytauargus) on an additive table: the worked example of four places."""

from pathlib import Path

import pytauargus  # type: ignore[import-untyped]
import pytest

from surveyapp.analysis.disclosure import Policy
from surveyapp.analysis.disclosure.candidates import EVERY_ROLE, Name, Structure
from surveyapp.analysis.disclosure.deciding import decide

PLACES, ROLES = ("Alm", "Bor", "Din", "Ens"), ("A", "B")
SIZES = ((6, 2), (5, 1), (4, 2), (9, 3))
"""Officials and governors."""


def test_both_withhold_the_same_cells_of_the_worked_example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # its solver leaves logs where it runs
    people = [
        {"place": place, "role": role, "mark": 3}
        for place, sizes in zip(PLACES, SIZES, strict=True)
        for role, size in zip(ROLES, sizes, strict=True)
        for _ in range(size)
    ]
    table = pytauargus.protect(people, ["place", "role"], "mark", "FREQ(5,20)", "OPT(1)", workdir=str(tmp_path)).tables[
        0
    ]
    theirs = {(str(row["place"]), str(row["role"])): str(row["status"]) for row in table.rows}
    withheld = {cell for cell, status in theirs.items() if status in ("U", "M")}
    assert {cell for cell, status in theirs.items() if status == "U"} == {
        ("Alm", "B"), ("Bor", "B"), ("Din", "A"), ("Din", "B"), ("Ens", "B")
    }  # fmt: skip

    ours = decide(Structure(SIZES, (True,) * 4), Policy("lead", role_split=True)).suppressed
    names = {(place, role): Name(at, of) for at, place in enumerate(PLACES) for of, role in enumerate(ROLES)}
    names |= {(place, "Total"): Name(at, EVERY_ROLE) for at, place in enumerate(PLACES)}
    assert {cell for cell, name in names.items() if ours[name]} == withheld
