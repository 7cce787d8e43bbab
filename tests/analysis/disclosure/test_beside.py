"""What a theme and its statements tell side by side, though each of them leaves enough open."""

from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from surveyapp.analysis.attacking import Finding, attack
from surveyapp.analysis.attacking.finding import FEW_VALUES, NARROW
from surveyapp.analysis.disclosure import Policy, SafeResults, beside, protect, room, targets, veto
from surveyapp.analysis.disclosure.family import Family
from surveyapp.reports.csv_files import rounded
from surveyapp.reports.reading_back import read_all
from tests.analysis.attacking.generated import Generated, knowledge, study, with_second_theme
from tests.analysis.disclosure.studies import SmallStudy, written

LEAD, PUBLIC = Policy.of("lead"), Policy.of("public", threshold=6)
Answers = Mapping[tuple[str, str], Sequence[str]]
ALL_GAVE_FIVE: Answers = {
    ("A", "official"): ["532", "541", "533", "523", "534"],
    ("B", "official"): ["323"] * 3 + ["234", "432", "321"],
}
"""To the first statement, in A."""
SOMEBODY_MISSED_ONE: Answers = {
    ("A", "official"): ["535", "545", "535", "525", "535"],
    ("B", "official"): ["323"] * 5 + ["234", "432", "321"],
    ("B", "governor"): ["3-2", "243"],
}
"""So the last statement is kept back, to which all of A gave five as well."""


def found(made: SmallStudy | Generated, *published: SafeResults) -> list[Finding]:
    outside = made.outside if isinstance(made, Generated) else frozenset[str]()
    reading = read_all(
        (f"{number}/{name}.csv", rounded(frame).encode())
        for number, each in enumerate(published)
        for name, frame in (("scores", each.scores), ("gaps", each.gaps))
    )
    return attack(reading, knowledge(made.people, made.questionnaire, outside))


def means(safe: SafeResults, organisation: str) -> dict[str, float]:
    """Key -> what is shown of everybody in an organisation."""
    own = safe.scores[safe.scores["organisation"].eq(organisation) & safe.scores["role"].eq("all")].dropna(
        subset="mean"
    )
    return dict(zip(own["key"], own["mean"], strict=True))


def each_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(veto, "after_veto_together", lambda _values, decisions, _past: decisions)


@pytest.mark.parametrize("answers", [ALL_GAVE_FIVE, SOMEBODY_MISSED_ONE])
def test_what_everybody_gave_does_not_follow_from_their_theme_and_other_statements(answers: Answers) -> None:
    made = written(answers)
    safe = protect(made.results, LEAD)
    assert found(made, safe) == []
    assert "g1" in means(safe, "A")
    assert "g1_1" not in means(safe, "A")


@pytest.mark.parametrize("answers", [ALL_GAVE_FIVE, SOMEBODY_MISSED_ONE])
def test_each_by_itself_they_would_tell_it(answers: Answers, monkeypatch: pytest.MonkeyPatch) -> None:
    each_by_itself(monkeypatch)
    made = written(answers)
    narrow = [each for each in found(made, protect(made.results, LEAD)) if each.kind == NARROW]
    assert narrow
    assert all(each.low == pytest.approx(5) and each.who == ("A / official",) for each in narrow)


@pytest.mark.parametrize("seed", [273, 410])
def test_an_answer_with_two_possible_values_is_not_told(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    made = study(seed)
    assert found(made, protect(made.results, LEAD)) == []
    each_by_itself(monkeypatch)
    assert {each.kind for each in found(made, protect(made.results, LEAD))} == {FEW_VALUES}


def test_what_is_released_later_adds_nothing() -> None:
    made = study(273)
    first = protect(made.results, PUBLIC)
    assert found(made, first, protect(made.results, LEAD, [first])) == []


@pytest.mark.parametrize("seed", [89, 323, 350])
def test_what_only_the_project_lead_may_see_counts_when_the_public_is_next(seed: int) -> None:
    """Organisations of which one person has a role; and both bounds of a role, each rounded for itself."""
    made = study(seed)
    first = protect(made.results, LEAD)
    assert found(made, first, protect(made.results, Policy.of("public"), [first])) == []


def test_who_missed_a_statement_is_told_by_numbers_of_people(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of three projects one left out a statement; with that known, a mean of two officials has two possible values."""
    made = with_second_theme(study(124), 124)
    assert found(made, protect(made.results, LEAD)) == []
    monkeypatch.setattr(Family, "crowds", lambda _self, _place, _role: ())
    assert {each.kind for each in found(made, protect(made.results, LEAD))} == {FEW_VALUES}


def test_sizes_without_a_common_divisor_leave_more_than_one_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """31 marks of ten; a fifth, a third and half of whole sums come to 9.93: only 13, 10 and 8 would do."""
    made = with_second_theme(study(98), 98)
    assert found(made, protect(made.results, LEAD)) == []
    monkeypatch.setattr(targets, "MOST_CELLS", 0)
    assert FEW_VALUES in {each.kind for each in found(made, protect(made.results, LEAD))}


def test_where_statements_leave_enough_room_nothing_is_withheld_for_their_theme() -> None:
    safe = protect(written({**ALL_GAVE_FIVE, ("A", "official"): ["432", "241", "333", "523", "334"]}).results, LEAD)
    assert list(means(safe, "A")) == list(means(safe, "B")) == ["g1_1", "g1_2", "g1_3", "g1"]


@pytest.mark.parametrize("limit", [(beside, "MOST_CELLS", 1), (room, "MOST_STEPS", 1)], ids=["cells", "steps"])
def test_of_very_many_cells_those_of_one_organisation_are_looked_at(
    limit: tuple[object, str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beside, limit[1] if limit[0] is beside else "MOST_CELLS", limit[2])
    made = written(ALL_GAVE_FIVE)
    own = means(protect(made.results, LEAD), "A")
    assert not {"g1_1", "g1_2", "g1_3"} <= set(own)
    assert found(made, protect(made.results, LEAD)) == [] or np.isnan(own.get("g1_1", np.nan))
