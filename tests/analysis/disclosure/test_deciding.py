"""Worked example: four municipalities with one to three governors, so that naive tables name people."""

from fractions import Fraction

import numpy as np
import pytest

from surveyapp.analysis.disclosure.candidates import EVERY_ROLE, REGION, Name, Structure, candidates
from surveyapp.analysis.disclosure.deciding import LINKED, SHOWN, SMALL, decide
from surveyapp.analysis.disclosure.policy import Policy
from surveyapp.analysis.disclosure.release import Release, Row

ALM, BOR, DIN, ENS = range(4)
GOVERNORS, OFFICIALS = range(2)
SIZES = ((2, 6), (1, 5), (2, 4), (3, 9))
SUMS = ((9, 18), (2, 17), (7, 13), (12, 26))
PLACES = range(4)

REGION_ROWS: dict[str, Row] = {
    "reg": tuple((place, (1, 1)) for place in PLACES),
    "reg|A": tuple((place, (0, 1)) for place in PLACES),
    "reg|B": tuple((place, (1, 0)) for place in PLACES),
}
NAMES = ("Alm", "Bor", "Din", "Ens")
POOLED: dict[str, Row] = {name: ((place, (1, 1)),) for place, name in enumerate(NAMES)}
BALANCED: dict[str, Row] = {f"{name}|bal": ((place, SIZES[place][::-1]),) for place, name in enumerate(NAMES)}
OF_ROLES: dict[str, Row] = {
    f"{name}|{role}": ((place, vector),)
    for place, name in enumerate(NAMES)
    for role, vector in (("A", (0, 1)), ("B", (1, 0)))
}
TOO_SMALL = {"Alm|B", "Bor|B", "Bor|bal", "Din|A", "Din|B", "Ens|B"}


def published(*groups: dict[str, Row]) -> set[str]:
    """What goes out when the candidates are tried in this order."""
    release, shown = Release.empty(SIZES, 5), set()
    for name, row in ((name, row) for group in groups for name, row in group.items() if name not in TOO_SMALL):
        longer = release.admitting(row)
        if longer is not None:
            release = longer
            shown.add(name)
    return shown


def recovered(names: set[str]) -> dict[str, float]:
    """What follows exactly from these means, worked out with floating point."""
    everything = REGION_ROWS | POOLED | BALANCED | OF_ROLES
    matrix, values = [], []
    for name in sorted(names):
        vectors = [dict(everything[name]).get(place, (0, 0)) for place in PLACES]
        matrix.append([float(value) for vector in vectors for value in vector])
        values.append(
            sum(c * s for vector, sums in zip(vectors, SUMS, strict=True) for c, s in zip(vector, sums, strict=True))
        )
    a, b = np.array(matrix), np.array(values, dtype=float)
    found = {}
    for name in TOO_SMALL - {"Bor|bal"}:
        ((place, vector),) = OF_ROLES[name]
        target = np.zeros(8)
        target[2 * place + vector.index(1)] = 1 / SIZES[place][vector.index(1)]
        weights, *_ = np.linalg.lstsq(a.T, target, rcond=None)
        if np.allclose(a.T @ weights, target, atol=1e-9):
            found[name] = float(weights @ b)
    return found


def test_hiding_only_small_cells_gives_all_five_away() -> None:
    naive = {*REGION_ROWS, *POOLED, *BALANCED, *OF_ROLES} - TOO_SMALL
    assert recovered(naive) == pytest.approx(
        {"Alm|B": 4.5, "Bor|B": 2.0, "Din|B": 3.5, "Din|A": 3.25, "Ens|B": 4.0}, abs=1e-9
    )


def test_pooled_means_first_shows_the_region_and_every_municipality() -> None:
    shown = published(REGION_ROWS, POOLED, BALANCED, OF_ROLES)
    assert shown == {*REGION_ROWS, *POOLED}
    assert recovered(shown) == {}


def test_balanced_means_first_shows_one_less() -> None:
    shown = published(REGION_ROWS, BALANCED, POOLED, OF_ROLES)
    assert shown == {*REGION_ROWS, "Alm|bal", "Din|bal", "Ens|bal"}
    assert recovered(shown) == {}


def test_roles_first_shows_officials_where_they_can_be_shown() -> None:
    shown = published(REGION_ROWS, {key: row for key, row in OF_ROLES.items() if key[0] in "AB"}, POOLED, BALANCED)
    assert {"Alm|A", "Bor|A"} <= shown
    assert recovered(shown) == {}


def test_the_policy_of_a_lead_tries_pooled_means_first() -> None:
    decision = decide(Structure(SIZES, (True,) * 4), Policy.of("lead"))
    shown = {name for name, why in decision.suppressed.items() if why == SHOWN and name.statistic == "mean"}
    assert shown == {Name(REGION, EVERY_ROLE), Name(REGION, 0), Name(REGION, 1), *(Name(m, EVERY_ROLE) for m in PLACES)}


def test_a_role_inside_an_organisation_is_tried_last() -> None:
    decision = decide(Structure(SIZES, (True,) * 4), Policy("lead", role_split=True))
    assert decision.suppressed[Name(ENS, EVERY_ROLE)] == SHOWN
    assert decision.suppressed[Name(ENS, OFFICIALS)] == LINKED
    assert decision.suppressed[Name(ENS, GOVERNORS)] == SMALL


def test_a_small_organisation_takes_the_next_larger_with_it_one_for_each_mean_of_the_region() -> None:
    decision = decide(Structure(((6,), (7,), (8,), (3,)), (True,) * 4), Policy.of("lead"))
    assert decision.shows(Name(REGION, EVERY_ROLE))
    assert decision.shows(Name(REGION, EVERY_ROLE, "equal"))
    why = [decision.suppressed[Name(place, EVERY_ROLE)] for place in range(4)]
    assert why == [LINKED, LINKED, SHOWN, SMALL]


def test_an_organisation_outside_the_region_hides_nobody_and_needs_no_hiding() -> None:
    decision = decide(Structure(((6,), (7,), (3,), (5,)), (True, True, True, False)), Policy.of("lead"))
    assert decision.suppressed[Name(3, EVERY_ROLE)] == SHOWN
    assert decision.suppressed[Name(0, EVERY_ROLE)] == LINKED


def test_people_behind_a_weighted_mean_are_counted_by_kish() -> None:
    found = {
        candidate.name: candidate for candidate in candidates(Structure(((1,), (10,)), (True, True)), Policy.of("lead"))
    }
    assert found[Name(REGION, EVERY_ROLE, "equal")].people == Fraction(4 * 10, 11)
    assert found[Name(REGION, EVERY_ROLE)].people == 11


def test_the_public_sees_no_organisation_with_a_single_governor() -> None:
    decision = decide(Structure(((1, 12), (2, 11), (0, 12), (3, 12)), (True,) * 4), Policy.of("public"))
    shown = [place for place in PLACES if decision.shows(Name(place, EVERY_ROLE))]
    assert shown == [1, 2, 3]


def test_what_another_audience_knows_already_counts() -> None:
    structure = Structure(((6,), (7,), (3,)), (True,) * 3)
    known = frozenset({(Name(0, EVERY_ROLE), 5)})
    decision = decide(structure, Policy.of("lead"), known)
    assert decision.suppressed[Name(1, EVERY_ROLE)] == LINKED
