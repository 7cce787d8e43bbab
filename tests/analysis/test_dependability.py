"""How far themes can be relied on: one table of what is worked out from answers and from counts."""

import pytest

from surveyapp.analysis.dependability import DEPENDABILITY_COLUMNS, dependability
from surveyapp.analysis.intraclass import intraclass
from surveyapp.analysis.reliability import omegas, reliability
from tests.analysis.builders import Person, answers_of, counts_of, person, questionnaire_of, tallies_of

ASKED = questionnaire_of({"g1": ["a", "b", "c"], "g2": ["d"]})


def study_of(number: int) -> list[Person]:
    places = ("almelo", "borne", "dinkelland")
    return [
        person(
            places[one % 3], "official", a=1 + one % 5, b=1 + (one // 2) % 5, c=1 + (one + one // 7) % 5, d=1 + one % 2
        )
        for one in range(number)
    ]


def test_each_theme_has_one_row_with_the_numbers_of_the_methods_themselves() -> None:
    study = study_of(120)
    answers, counts = answers_of(study), counts_of(study, ASKED)
    found = dependability(counts, ASKED, answers)
    assert list(found.columns) == list(DEPENDABILITY_COLUMNS)
    assert found["key"].tolist() == ["g1", "g2"]
    assert found["items"].tolist() == [3, 1]
    assert found["n"].tolist() == [120, 120]
    alpha = reliability(answers, ASKED).set_index("key")
    for name in ("alpha", "lower", "upper"):
        assert found[name].tolist() == pytest.approx(alpha[name].tolist(), nan_ok=True)
    assert found["omega"].tolist() == pytest.approx(omegas(answers, ASKED)["omega"].tolist(), nan_ok=True)
    differing = intraclass(tallies_of(study, ASKED))
    assert found["people"].tolist() == differing["n"].tolist() == [120, 120]
    assert found["icc1"].tolist() == pytest.approx(differing["icc1"].tolist(), nan_ok=True)
    assert found["icc2"].tolist() == pytest.approx(differing["icc2"].tolist(), nan_ok=True)


def test_without_answers_only_what_counts_can_tell_is_known() -> None:
    found = dependability(counts_of(study_of(40), ASKED), ASKED, None)
    assert found["organisations"].tolist() == [3, 3]
    assert found["items"].tolist() == [3, 1]
    assert found["icc1"].notna().all()
    assert found[["n", "alpha", "lower", "upper", "omega"]].isna().all(axis=None)


def test_few_people_have_no_alpha_but_are_counted() -> None:
    study = study_of(29)
    found = dependability(counts_of(study, ASKED), ASKED, answers_of(study)).set_index("key")
    assert found.loc["g1", "n"] == 29
    assert found[["alpha", "omega"]].isna().all(axis=None)
