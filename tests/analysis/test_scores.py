from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from random import Random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.analysis.results import SCORE_COLUMNS
from surveyapp.analysis.scores import score
from surveyapp.analysis.tallies import Tallies
from surveyapp.analysis.tallying import tally
from surveyapp.questionnaires.questionnaire import Questionnaire
from tests.analysis import plain
from tests.analysis.builders import (
    Person,
    answers_of,
    counts_of,
    invited_of,
    people,
    person,
    questionnaire_of,
    tallies_of,
)
from tests.analysis.plain import Study
from tests.analysis.studies import studies
from tests.effort import tries

ONE_ITEM = questionnaire_of({"g1": ["g1_1"]})
FOUR_ITEMS = questionnaire_of({"g1": ["g1_1", "g1_2", "g1_3", "g1_4"]})


def cell(scores: pd.DataFrame, key: str, organisation: str = "all", role: str = "all") -> "pd.Series[float]":
    """The row of one cell; a key is an item or a theme."""
    found = scores[(scores["key"] == key) & (scores["organisation"] == organisation) & (scores["role"] == role)]
    assert len(found) == 1
    return found.iloc[0]


def four(organisation: str, role: str, *marks: int | str) -> Person:
    return Person(organisation, role, {f"g1_{place}": str(mark) for place, mark in enumerate(marks, 1)})


ALMELO = [
    four("GM0141", "governor", 4, 4, 3),
    four("GM0141", "governor", 4, 4, 4, 5),
    four("GM0141", "official", 2, 3, "dk", "dk"),
    four("GM0141", "official", 3, 3, 3, 3),
    four("GM0141", "official", 2, 3, 2, 3),
    four("GM0141", "official", 3, 3, 3, 4),
    four("GM0141", "official", 3, 3, 3, 3),
    four("GM0141", "official", 2, "dk", "dk"),
]
"""Theme scores 3.667, 4.25 of the governors and 2.5, 3, 2.5, 3.25, 3 of the officials; the last answered too little."""
ALMELO_INVITED = {("GM0141", "governor"): 2, ("GM0141", "official"): 9}


@pytest.fixture(scope="module")
def almelo() -> pd.DataFrame:
    return score(tallies_of(ALMELO, FOUR_ITEMS, invited=ALMELO_INVITED))


def test_the_worked_example_gives_every_score_of_a_municipality(almelo: pd.DataFrame) -> None:
    governors, officials, everybody = (cell(almelo, "g1", "GM0141", role) for role in ("governor", "official", "all"))
    assert governors["mean"] == pytest.approx((11 / 3 + 4.25) / 2, abs=1e-9)
    assert officials["mean"] == pytest.approx(2.85, abs=1e-9)
    assert everybody["mean"] == pytest.approx((11 / 3 + 4.25 + 14.25) / 7, abs=1e-9)
    assert everybody["balanced"] == pytest.approx(((11 / 3 + 4.25) / 2 + 2.85) / 2, abs=1e-9)
    assert everybody["balanced"] == pytest.approx(3.4042, abs=5e-5)
    assert (everybody["lower"], everybody["upper"]) == pytest.approx((2.993, 3.882), abs=5e-4)
    assert everybody[["invited", "responded", "n"]].tolist() == [11, 8, 7]
    assert officials[["invited", "responded", "n", "dk", "skipped"]].tolist() == [9, 6, 5, 4, 1]


def test_an_only_municipality_is_the_region_too(almelo: pd.DataFrame) -> None:
    here, region = cell(almelo, "g1", "GM0141"), cell(almelo, "g1")
    assert np.isnan(here["equal"])
    assert region["equal"] == pytest.approx(here["mean"], abs=1e-12)
    assert region["balanced"] == pytest.approx(here["balanced"], abs=1e-12)


def test_every_level_key_organisation_and_role_has_one_row(almelo: pd.DataFrame) -> None:
    assert tuple(almelo.columns) == SCORE_COLUMNS
    assert len(almelo) == 5 * 2 * 3
    assert not almelo.duplicated(["level", "key", "organisation", "role"]).any()
    assert list(dict.fromkeys(almelo["key"])) == ["g1_1", "g1_2", "g1_3", "g1_4", "g1"]
    assert list(dict.fromkeys(almelo["role"])) == ["governor", "official", "all"]


def test_a_study_without_organisations_has_a_region_without_numbers() -> None:
    scores = score(tallies_of([], ONE_ITEM))
    assert set(scores["organisation"]) == {"all"}
    assert (scores[["invited", "responded", "n", "dk", "na", "skipped"]] == 0).all(axis=None)
    assert scores.loc[:, "mean":"upper"].isna().all(axis=None)


def test_a_study_in_which_nobody_answered_has_invitations_and_no_scores() -> None:
    scores = score(tallies_of([], ONE_ITEM, invited={("GM0141", "official"): 4}))
    row = cell(scores, "g1", "GM0141", "official")
    assert (row["invited"], row["responded"], row["n"]) == (4, 0, 0)
    assert row[["mean", "balanced", "median", "lower", "upper", "ad", "agreement", "rwg"]].isna().all()


def test_a_single_respondent_has_a_mean_and_no_agreement() -> None:
    scores = score(tallies_of([person("GM0141", "official", g1_1=4)], ONE_ITEM))
    row = cell(scores, "g1_1", "GM0141")
    assert row[["mean", "balanced", "median", "lower", "upper"]].tolist() == [4, 4, 4, 4, 4]
    assert row[["ad", "agreement", "rwg"]].isna().all()


def test_dont_know_is_never_a_score() -> None:
    scores = score(tallies_of(people("GM0141", "official", "g1_1", *["dk"] * 6), ONE_ITEM))
    row = cell(scores, "g1_1", "GM0141", "official")
    assert (row["responded"], row["n"], row["dk"]) == (6, 0, 6)
    assert np.isnan(row["mean"])


@pytest.mark.parametrize(("respondents", "judged"), [(3, False), (4, True)])
def test_agreement_is_judged_from_four_answers(respondents: int, judged: bool) -> None:
    scores = score(tallies_of(people("GM0141", "official", "g1_1", *[3] * respondents), ONE_ITEM))
    row = cell(scores, "g1_1", "GM0141", "official")
    assert row[["ad", "agreement", "rwg"]].notna().tolist() == [judged] * 3
    assert not judged or row[["ad", "agreement", "rwg"]].tolist() == [0, 1, 1]


def test_where_an_invited_role_is_silent_there_is_no_balanced_score() -> None:
    answers = people("GM0141", "official", "g1_1", 3, 4)
    silent = score(tallies_of(answers, ONE_ITEM, invited={("GM0141", "governor"): 1, ("GM0141", "official"): 2}))
    absent = score(tallies_of(answers, ONE_ITEM, invited={("GM0141", "official"): 2}))
    assert cell(silent, "g1_1", "GM0141")[["balanced", "lower", "upper"]].isna().all()
    assert cell(silent, "g1_1", "GM0141")["mean"] == 3.5
    assert cell(absent, "g1_1", "GM0141")["balanced"] == 3.5


def test_the_region_balances_over_the_organisations_that_have_a_balanced_score() -> None:
    answers = [
        *people("GM0141", "official", "g1_1", 1, 2),
        *people("GM0147", "official", "g1_1", 3),
        *people("GM0147", "governor", "g1_1", 5),
    ]
    invited = {(code, role): 2 for code in ("GM0141", "GM0147") for role in ("governor", "official")}
    region = cell(score(tallies_of(answers, ONE_ITEM, invited=invited)), "g1_1")
    assert region["balanced"] == 4
    assert region["equal"] == pytest.approx((1.5 + 4) / 2)
    assert region["mean"] == pytest.approx(11 / 4)
    assert (region["lower"], region["upper"]) == pytest.approx((((3 + 1) / 2 + (5 + 1) / 2) / 2, ((3 + 5) / 2 + 5) / 2))


def test_a_role_counts_only_for_the_questions_it_gets() -> None:
    questionnaire = questionnaire_of(
        {"g1": ["g1_1", "g1_2"], "g2": ["g2_1"]}, only={"g1_2": ["official"], "g2_1": ["official"]}
    )
    answers = [person("GM0141", "governor", g1_1=5), person("GM0141", "official", g1_1=2, g1_2=3, g2_1=4)]
    scores = score(tallies_of(answers, questionnaire, invited={("GM0141", "governor"): 3, ("GM0141", "official"): 1}))
    assert cell(scores, "g1_2", "GM0141")[["invited", "responded", "balanced", "skipped"]].tolist() == [1, 1, 3, 0]
    assert cell(scores, "g1_2", "GM0141", "governor")[["invited", "responded", "n"]].tolist() == [0, 0, 0]
    assert cell(scores, "g2", "GM0141")[["invited", "responded", "balanced"]].tolist() == [1, 1, 4]
    assert cell(scores, "g1", "GM0141")[["invited", "balanced"]].tolist() == [4, (5 + 2.5) / 2]


@pytest.mark.parametrize(("answered", "counts"), [(2, 0), (3, 1)])
def test_a_theme_score_needs_half_of_the_five_items_rounded_up(answered: int, counts: int) -> None:
    questionnaire = questionnaire_of({"g1": [f"g1_{item}" for item in range(1, 6)]})
    scores = score(tallies_of([four("GM0141", "official", *[4] * answered)], questionnaire))
    row = cell(scores, "g1", "GM0141")
    assert (row["responded"], row["n"]) == (1, counts)


def test_reverse_items_are_turned_round() -> None:
    questionnaire = questionnaire_of({"g1": ["g1_1", "g1_2"]}, reverse=["g1_2"])
    scores = score(tallies_of([person("GM0141", "official", g1_1=5, g1_2=2)], questionnaire))
    assert cell(scores, "g1_2")["mean"] == 4
    assert cell(scores, "g1")["mean"] == 4.5


def test_not_applicable_leaves_the_bounds_of_an_item_and_not_those_of_its_theme() -> None:
    answers = people("GM0141", "official", "g1_1", 4, "na")
    scores = score(tallies_of(answers, ONE_ITEM, invited={("GM0141", "official"): 3}))
    assert cell(scores, "g1_1", "GM0141")[["lower", "upper"]].tolist() == [(4 + 1) / 2, (4 + 5) / 2]
    assert cell(scores, "g1", "GM0141")[["lower", "upper"]].tolist() == pytest.approx([(4 + 2) / 3, (4 + 10) / 3])


def test_with_an_open_link_there_are_no_bounds_and_none_for_the_region() -> None:
    answers = [*people("GM0141", "official", "g1_1", 4, 4), *people("GM0147", "official", "g1_1", 2)]
    scores = score(tallies_of(answers, ONE_ITEM, invited={("GM0141", "official"): 1, ("GM0147", "official"): 2}))
    assert cell(scores, "g1_1", "GM0141", "official")[["lower", "upper"]].isna().all()
    assert cell(scores, "g1_1", "all", "official")[["lower", "upper"]].isna().all()
    assert cell(scores, "g1_1", "GM0147", "official")[["lower", "upper"]].tolist() == [1.5, 3.5]


def test_organisations_of_another_kind_are_compared_with_the_region_and_not_part_of_it() -> None:
    answers = [*people("GM0141", "official", "g1_1", 2), *people("OZJT", "official", "g1_1", 5, 5)]
    scores = score(tallies_of(answers, ONE_ITEM, kinds={"OZJT": "region_body"}))
    assert cell(scores, "g1_1")[["invited", "responded", "n", "mean", "equal", "balanced"]].tolist() == [
        1,
        1,
        1,
        2,
        2,
        2,
    ]
    assert cell(scores, "g1_1", "OZJT")["mean"] == 5


def test_scales_of_other_lengths_have_bounds_and_agreement_of_their_own() -> None:
    questionnaire = questionnaire_of({"g1": ["g1_1"], "g2": ["g2_1"]}, points_of={"g1": 4, "g2": 7}, reverse=["g1_1"])
    answers = [person("GM0141", "official", g1_1=1, g2_1=mark) for mark in (1, 7, 1, 7)]
    scores = score(tallies_of(answers, questionnaire, invited={("GM0141", "official"): 5}))
    assert cell(scores, "g1_1", "GM0141")[["mean", "lower", "upper"]].tolist() == [4, (16 + 1) / 5, 4]
    two_camps = cell(scores, "g2_1", "GM0141")
    assert two_camps[["mean", "upper", "ad", "agreement"]].tolist() == pytest.approx([4, (16 + 7) / 5, 3, -1])


def test_an_answer_that_no_scale_has_is_a_mistake_of_the_caller() -> None:
    counts = counts_of(people("GM0141", "official", "g1_1", "9"), ONE_ITEM)
    with pytest.raises(ValueError, match="answer '9' is not one of 1, 2, 3, 4, 5"):
        score(Tallies.of(counts, ONE_ITEM))


NUMBERS = SCORE_COLUMNS[4:]


def compared(study: Study, scores: pd.DataFrame) -> None:
    """Every number of the frame equals the one counted person by person."""
    expected = plain.scores(study)
    found = {tuple(row[:4]): row[4:] for row in scores.itertuples(index=False, name=None)}
    assert found.keys() == expected.keys()
    for key, row in found.items():
        for column, value in zip(NUMBERS, row, strict=True):
            wanted = expected[key][column]
            assert value == pytest.approx(np.nan if wanted is None else float(wanted), abs=1e-9, nan_ok=True), (
                key,
                column,
            )


@tries(150)
@given(studies())
def test_scores_equal_those_counted_person_by_person(study: Study) -> None:
    counts = counts_of(study.people, study.questionnaire, invited=study.invited, kinds=study.kinds)
    compared(study, score(Tallies.of(counts, study.questionnaire)))


@tries(50)
@given(studies())
def test_scores_from_rows_equal_those_counted_person_by_person(study: Study) -> None:
    counts = tally(answers_of(study.people), invited_of(study.invited, study.kinds), study.questionnaire)
    compared(study, score(Tallies.of(counts, study.questionnaire)))


@tries(50)
@given(studies(), st.randoms())
def test_the_order_of_the_tallies_rows_does_not_show(study: Study, random: Random) -> None:
    counts = counts_of(study.people, study.questionnaire, invited=study.invited, kinds=study.kinds)
    seed = random.randrange(2**32)
    shuffled = replace(
        counts,
        items=counts.items.sample(frac=1, random_state=seed),
        themes=counts.themes.sample(frac=1, random_state=seed),
    )
    pd.testing.assert_frame_equal(
        score(Tallies.of(shuffled, study.questionnaire)),
        score(Tallies.of(counts, study.questionnaire)),
        check_exact=True,
    )


@tries(50)
@given(studies())
def test_names_and_order_of_organisations_do_not_matter(study: Study) -> None:
    def names(code: str) -> str:
        return f"x{code[::-1]}"

    renamed = [replace(one, organisation=names(one.organisation)) for one in study.people]
    invited = {(names(code), role): number for (code, role), number in reversed(list(study.invited.items()))}
    kinds = {names(code): kind for code, kind in study.kinds.items()}
    before = _scores_of(study.people, study, study.invited, study.kinds)
    after = _scores_of(renamed, study, invited, kinds)
    before["organisation"] = before["organisation"].map(lambda code: code if code == "all" else names(code))
    index = ["level", "key", "organisation", "role"]
    pd.testing.assert_frame_equal(
        before.set_index(index).sort_index(), after.set_index(index).sort_index(), check_exact=False, rtol=0, atol=1e-12
    )


def _scores_of(
    respondents: Sequence[Person], study: Study, invited: Mapping[tuple[str, str], int], kinds: Mapping[str, str]
) -> pd.DataFrame:
    return score(tallies_of(respondents, study.questionnaire, invited=invited, kinds=kinds))


@tries(50)
@given(studies(), st.data())
def test_raising_an_answer_never_lowers_a_score(study: Study, data: st.DataObject) -> None:
    raised = [_raised(one, study.questionnaire, data) for one in study.people]
    columns = ["mean", "equal", "balanced", "median", "lower", "upper"]
    before = _scores_of(study.people, study, study.invited, study.kinds)[columns]
    after = _scores_of(raised, study, study.invited, study.kinds)[columns]
    assert before.isna().equals(after.isna())
    assert (after - before).min().min() >= -1e-9 or before.isna().all(axis=None)


def _raised(one: Person, questionnaire: Questionnaire, data: st.DataObject) -> Person:
    """The same person, one answer a point more favourable where there is one."""
    marks = [key for key, answer in one.answers.items() if answer.isdigit() and key in questionnaire.theme_of]
    if not marks:
        return one
    key = data.draw(st.sampled_from(marks))
    item = next(item for item in questionnaire.scored_items(questionnaire.theme_of[key]) if item.key == key)
    top, answer = len(questionnaire.scale(item.scale).points), int(one.answers[key])
    higher = max(1, answer - 1) if item.reverse else min(top, answer + 1)
    return replace(one, answers={**one.answers, key: str(higher)})


@tries(50)
@given(studies())
def test_bounds_hold_what_they_bound(study: Study) -> None:
    scores = _scores_of(study.people, study, study.invited, study.kinds)
    for _, row in scores.iterrows():
        bounded = (
            row["balanced"] if row["role"] == "all" else row["equal"] if row["organisation"] == "all" else row["mean"]
        )
        if not np.isnan(row["lower"]):
            assert row["lower"] - 1e-9 <= bounded <= row["upper"] + 1e-9


def test_the_fractions_of_the_slow_scores_are_exact() -> None:
    study = Study(ALMELO, FOUR_ITEMS, ALMELO_INVITED, {})
    assert plain.scores(study)["theme", "g1", "GM0141", "all"]["balanced"] == Fraction(817, 240)
