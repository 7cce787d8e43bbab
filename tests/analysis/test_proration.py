"""The check for skipped statements, against the definition."""

from random import Random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.analysis.proration import PRORATION_COLUMNS, proration
from tests.analysis.builders import Person, answers_of, mark_of, person, questionnaire_of
from tests.analysis.plain import Study
from tests.analysis.studies import studies
from tests.effort import tries

TWO = questionnaire_of({"g1": ["easy", "hard"]})
COMPLETE = [person("borne", "official", easy=5, hard=1), person("borne", "official", easy=5, hard=3)]


def checked(study: list[Person], *region: str) -> pd.DataFrame:
    return proration(answers_of(study), TWO, region or ("almelo", "borne")).set_index("organisation")


def test_who_skips_the_hard_statement_looks_better_than_they_would() -> None:
    """The region gives 5 to the easy and 2 to the hard statement; 5 on the easy one is as usual, so 3.5."""
    found = checked([*COMPLETE, person("almelo", "official", easy=5), person("almelo", "official", easy=5)])
    almelo = found.loc["almelo"]
    assert [almelo["mean"], almelo["adjusted"], almelo["difference"]] == [5, 3.5, -1.5]
    assert found["flagged"].tolist() == [False, True, True]


def test_when_everybody_answered_everything_nothing_changes() -> None:
    found = checked([*COMPLETE, person("almelo", "official", easy=4, hard=4)])
    assert found["difference"].abs().max() == pytest.approx(0, abs=1e-12)
    assert not found["flagged"].any()


@pytest.mark.parametrize(("easy", "flagged"), [(3.4, True), (3.2, False)])
def test_a_fifth_of_a_point_is_the_warning(easy: float, flagged: bool) -> None:
    """Complete respondents give ``easy`` to the one and 3 to the other statement; Almelo answered the first alone."""
    tenths = round((easy - 3) * 10)
    whole = [person("borne", "official", easy=4, hard=3) for _ in range(tenths)]
    whole += [person("borne", "official", easy=3, hard=3) for _ in range(10 - tenths)]
    found = checked([*whole, person("almelo", "official", easy=3)], "borne")
    assert found.loc["almelo", "difference"] == pytest.approx(-(easy - 3) / 2)
    assert found.loc["almelo", "flagged"] == flagged


def test_the_region_has_a_row_and_others_are_compared_with_it() -> None:
    found = checked([*COMPLETE, person("ozjt", "official", easy=5)], "borne")
    assert found.index.tolist() == ["borne", "ozjt", "all"]
    assert (found.loc["all", "n"], found.loc["all", "mean"]) == (2, 3.5)
    assert found.loc["ozjt", "adjusted"] == 3.5


def test_a_statement_that_the_region_never_answered_takes_no_part() -> None:
    found = checked([person("borne", "official", easy=4), person("ozjt", "official", easy=5, hard=1)], "borne")
    assert found.loc["ozjt", "adjusted"] == pytest.approx(5)
    only_hard = checked([person("borne", "official", easy=4), person("ozjt", "official", hard=1)], "borne")
    assert only_hard.loc["ozjt", "difference"] == 0


def test_what_was_not_put_to_a_role_is_not_held_against_it() -> None:
    """Governors get the easy statement alone, on which 5 is as usual."""
    parted = questionnaire_of({"g1": ["easy", "hard"]}, only={"hard": ["official"]})
    study = [person("borne", "official", easy=5, hard=1), person("almelo", "governor", easy=5)]
    found = proration(answers_of(study), parted, ("almelo", "borne")).set_index("organisation")
    assert found["adjusted"].tolist() == [3, 5, 4]


def test_without_answers_there_is_nothing_to_check() -> None:
    found = proration(answers_of([]), TWO, ())
    assert tuple(found.columns) == PRORATION_COLUMNS
    assert found.empty


def plain_adjusted(study: Study, theme: str, organisation: str) -> float | None:
    """The mean adjusted score, person by person."""
    questionnaire, least = study.questionnaire, study.questionnaire.least_answered(theme)

    def marks(one: Person) -> dict[str, int]:
        given = {item.key: mark_of(one, item, questionnaire) for item in questionnaire.scored_items(theme, one.role)}
        return {key: mark for key, mark in given.items() if mark is not None}

    region = [marks(one) for one in study.people if one.organisation in study.region]
    known = {
        item.key: np.mean(found)
        for item in questionnaire.scored_items(theme)
        if (found := [one[item.key] for one in region if item.key in one])
    }
    scores = []
    for one in study.people:
        given, put = marks(one), [item.key for item in questionnaire.scored_items(theme, one.role)]
        if one.organisation == organisation and given and 100 * len(given) >= least * len(put):
            usual = [known[key] for key in put if key in known]
            away = [mark - known[key] for key, mark in given.items() if key in known]
            scores.append(np.mean(away) + np.mean(usual) if away else np.mean(list(given.values())))
    return float(np.mean(scores)) if scores else None


@tries(30)
@given(studies(), st.randoms(use_true_random=False))
def test_it_equals_what_is_counted_person_by_person_in_any_order(study: Study, random: Random) -> None:
    answers = answers_of(study.people)
    shuffled = answers.sample(frac=1, random_state=random.randrange(1000))
    found = proration(shuffled, study.questionnaire, study.region).set_index(["key", "organisation"])
    for theme in study.questionnaire.themes:
        for organisation in study.organisations:
            expected = plain_adjusted(study, theme, organisation)
            if expected is None:
                assert (theme, organisation) not in found.index
            else:
                assert found.loc[(theme, organisation), "adjusted"] == pytest.approx(expected)
