"""What the frames hold outside the team, rule by rule."""

from dataclasses import replace

import pytest

from surveyapp.analysis.analyse import analyse
from surveyapp.analysis.disclosure import Policy, SafeResults, protect
from surveyapp.analysis.disclosure.extremes import narrowest, narrowest_of_gap
from surveyapp.analysis.disclosure.safe_results import seal
from surveyapp.analysis.results import Results
from tests.analysis.builders import Person, counts_of, people, questionnaire_of
from tests.analysis.disclosure.studies import SmallStudy, study_of
from tests.analysis.disclosure.test_release import typical

LEAD = Policy.of("lead")


def one_item(answers: dict[tuple[str, str], list[int]]) -> SmallStudy:
    found: list[Person] = []
    for (organisation, role), marks in answers.items():
        found += people(organisation, role, "g1_1", *marks)
    return study_of(found, questionnaire_of({"g1": ["g1_1"]}))


def worked_example() -> SmallStudy:
    """Governors and officials of four municipalities; the sums are 9, 2, 7, 12 and 18, 17, 13, 26."""
    return one_item(
        {
            ("Alm", "governor"): [4, 5],
            ("Alm", "official"): [3] * 6,
            ("Bor", "governor"): [2],
            ("Bor", "official"): [3, 3, 3, 4, 4],
            ("Din", "governor"): [3, 4],
            ("Din", "official"): [3, 3, 3, 4],
            ("Ens", "governor"): [4] * 3,
            ("Ens", "official"): [3] * 8 + [2],
        }
    )


def shown(safe: SafeResults, key: str = "g1_1") -> dict[tuple[str, str], float]:
    scores = safe.scores
    rows = scores[scores["key"].eq(key) & scores["suppressed"].eq("")]
    return {(str(row["organisation"]), str(row["role"])): float(row["mean"]) for row in rows.to_dict("records")}


def test_the_worked_example_shows_the_region_and_the_four_totals() -> None:
    assert shown(protect(worked_example().results, LEAD)) == {
        ("Alm", "all"): 3.38,
        ("Bor", "all"): 3.17,
        ("Din", "all"): 3.33,
        ("Ens", "all"): 3.17,
        ("all", "governor"): 3.75,
        ("all", "official"): 3.08,
        ("all", "all"): 3.25,
    }


def test_a_suppressed_row_holds_keys_only() -> None:
    scores = protect(typical(1).results, LEAD).scores
    hidden = scores[scores["suppressed"].ne("")]
    assert not hidden.empty
    assert hidden.drop(columns=["level", "key", "organisation", "role", "suppressed"]).isna().all(axis=None)


def test_small_and_linked_say_why() -> None:
    scores = protect(worked_example().results, LEAD).scores
    why = scores[scores["level"].eq("item")].set_index(["organisation", "role"])["suppressed"]
    assert why["Bor", "governor"] == "small"
    assert why["Ens", "official"] == "linked"


def test_the_balanced_score_and_its_bounds_stay_inside() -> None:
    scores = protect(typical(1).results, LEAD).scores
    assert scores["balanced"].isna().all()
    assert scores.loc[scores["role"].eq("all"), ["lower", "upper"]].isna().all(axis=None)


def test_nothing_of_the_distribution_is_shown_below_ten_people() -> None:
    scores = protect(typical(1).results, LEAD).scores
    counts, words = ["median", "dk", "na", "skipped"], ["ad", "agreement", "rwg", "consensus"]
    limits = ["top", "bottom", "top_lower", "top_upper", "interval_lower", "interval_upper"]
    assert scores.loc[scores["n"].lt(10), [*counts, *words, *limits]].isna().all(axis=None)
    assert scores.loc[scores["n"].ge(10), [*counts, *words, *limits[:4]]].notna().any().all()


def test_counts_of_answers_cannot_be_subtracted_to_fewer_than_ten_people() -> None:
    study = one_item(
        {("A", "official"): [2, 3, 4] * 4, ("B", "official"): [2, 3, 4] * 5, ("C", "official"): [2, 3] * 4}
    )
    scores = protect(study.results, LEAD).scores
    rows = scores[scores["key"].eq("g1_1") & scores["role"].eq("all")].set_index("organisation")
    assert rows["mean"].notna().all()
    assert rows["dk"].notna().to_dict() == {"A": True, "B": False, "C": False, "all": True} or (
        rows["dk"].notna().sum() == 2
    )


def test_shares_cannot_be_subtracted_to_fewer_than_ten_people_with_a_mark() -> None:
    """Of twelve officials seven said "don't know": all with a mark minus the governors would be five officials."""
    asked = questionnaire_of({"g1": ["g1_1"]})
    answers = people("A", "governor", "g1_1", *[1, 2, 3, 4, 5, 3] * 2)
    answers += people("A", "official", "g1_1", 1, 4, 5, 2, 3, *["dk"] * 7)
    scores = protect(analyse(counts_of(answers, asked), asked, test=False), LEAD).scores
    rows = scores[scores["key"].eq("g1_1") & scores["organisation"].eq("all")].set_index("role")
    assert rows.loc[["all", "governor"], "mean"].notna().all()
    assert rows["top"].notna().to_dict() == {"all": True, "governor": False, "official": False}


def test_numbers_have_two_decimals() -> None:
    scores = protect(typical(1).results, LEAD).scores
    for column in ("mean", "equal", "median", "ad"):
        values = scores[column].dropna()
        assert (values == values.round(2)).all()


def test_a_mean_at_an_end_of_the_scale_is_withheld_and_so_is_what_it_would_follow_from() -> None:
    """A would be the region without B and C."""
    study = one_item(
        {("A", "official"): [5, 5, 5, 5, 4], ("B", "official"): [2, 3, 4, 3, 3], ("C", "official"): [3] * 9}
    )
    found = shown(protect(study.results, LEAD))
    assert {organisation for organisation, role in found if role == "all"} == {"C", "all"}


@pytest.mark.parametrize(("n", "lowest"), [(5, 1.4), (6, 4 / 3), (8, 1.25), (10, 1.2), (15, 17 / 15)])
def test_publishable_means_leave_two_points(n: int, lowest: float) -> None:
    assert narrowest(lowest, 1 / n, 5) == pytest.approx(2)
    assert narrowest(6 - lowest, 1 / n, 5) == pytest.approx(2)
    assert narrowest(lowest - 0.01, 1 / n, 5) < 2


def test_a_gap_as_wide_as_the_scale_leaves_nothing() -> None:
    assert narrowest_of_gap(-4.0, 0.1, 5) == pytest.approx(0)
    assert narrowest_of_gap(0.0, 0.1, 5) == pytest.approx(4)


def test_signs_are_counted_only_with_three_organisations_on_either_side() -> None:
    up = {f"U{n}": ([4, 4], [2, 3, 3]) for n in range(3)}
    down = {f"D{n}": ([2, 2], [4, 3, 4]) for n in range(3)}
    both = one_item(
        {(m, role): marks for m, pair in (up | down).items() for role, marks in zip(ROLES, pair, strict=True)}
    )
    lopsided = one_item({(m, role): marks for m, pair in up.items() for role, marks in zip(ROLES, pair, strict=True)})
    policy = replace(LEAD, width=0.0)
    assert protect(both.results, policy).gaps["same_direction"].notna().all()
    assert protect(lopsided.results, policy).gaps["same_direction"].isna().all()


ROLES = ("governor", "official")


def test_answers_on_behalf_of_an_organisation_are_shown_as_they_are() -> None:
    study = worked_example()
    scores = protect(study.results, Policy.of("lead", "attributable")).scores
    assert scores["suppressed"].eq("").all()
    assert scores["n"].tolist() == study.results.scores["n"].tolist()
    assert scores["balanced"].isna().all()


def test_an_item_that_only_officials_get_is_not_shown_so_that_the_governor_follows_from_the_theme() -> None:
    safe = protect(typical(1).results, LEAD)
    assert any(organisation != "all" for organisation, _ in shown(safe, "g1"))
    per_item = [
        sum(organisation != "all" for organisation, _ in shown(safe, item)) for item in ("g1_1", "g1_2", "g1_3")
    ]
    assert 0 in per_item
    assert any(per_item)


def test_a_second_publication_after_a_change_repeats_only_organisations_where_nothing_changed() -> None:
    before = protect(worked_example().results, LEAD)
    later = study_of(
        [*worked_example().people, *people("Bor", "official", "g1_1", 5)], questionnaire_of({"g1": ["g1_1"]})
    )
    again = protect(later.results, LEAD, [before])
    assert {organisation for organisation, _ in shown(before)} == {"all", "Alm", "Bor", "Din", "Ens"}
    for key in ("g1", "g1_1"):
        told = {place: mean for place, mean in shown(before, key).items() if place[0] not in {"all", "Bor"}}
        assert shown(again, key) == told != {}
    assert again.gaps["gap"].isna().all()


def test_what_is_repeated_was_told_to_the_same_readers() -> None:
    """The public does not hear in its correction what only the project lead was told."""
    public = Policy.of("public", threshold=6)
    before = [protect(worked_example().results, policy) for policy in (LEAD, public)]
    later = study_of(
        [*worked_example().people, *people("Bor", "official", "g1_1", 5)], questionnaire_of({"g1": ["g1_1"]})
    )
    places = [{organisation for organisation, _ in shown(each)} for each in before]
    assert places == [{"Alm", "Bor", "Din", "Ens", "all"}, {"Alm", "Ens", "all"}]
    assert {organisation for organisation, _ in shown(protect(later.results, public, before))} == {"Alm", "Ens"}


def test_an_organisation_with_any_number_that_changed_repeats_nothing() -> None:
    """Somebody of B who was asked the second theme only made way for another: of the first theme B repeats nothing."""

    def of(*second: int) -> SmallStudy:
        everybody = [
            *people("A", "official", "g1_1", *[2, 3, 4] * 4),
            *people("B", "official", "g1_1", *[2, 3, 4] * 4),
            *people("C", "official", "g1_1", *[3] * 5, *[2] * (len(second) - 10)),
            *people("B", "governor", "g2_1", *second),
        ]
        return study_of(everybody, questionnaire_of({"g1": ["g1_1"], "g2": ["g2_1"]}))

    before = protect(of(*[2, 3, 4, 3, 2] * 2).results, LEAD)
    again = protect(of(*[2, 3, 4, 3, 2] * 2, 4).results, LEAD, [before])
    assert {organisation for organisation, _ in shown(before)} == {"A", "B", "C", "all"}
    assert {organisation for organisation, _ in shown(again)} == {"A"}


def test_counts_of_answers_released_before_are_not_added_to() -> None:
    """With A for the lead and B for the public, the counts of the nine in C would follow from the region's."""
    study = one_item(
        {
            ("A", "governor"): [3],
            ("A", "official"): [2, 3, 4] * 4,
            ("B", "official"): [2, 3, 4] * 4,
            ("C", "official"): [2, 3, 4] * 3,
        }
    )
    for_public = protect(study.results, Policy.of("public", threshold=6))
    assert counted(for_public) == {"B", "all"}
    assert counted(protect(study.results, LEAD)) == {"A", "all"}
    assert counted(protect(study.results, LEAD, [for_public])) == {"B", "all"}


def counted(safe: SafeResults) -> set[str]:
    """Of which organisations the number of people who did not know is shown, of the item."""
    rows = safe.scores[safe.scores["key"].eq("g1_1") & safe.scores["role"].eq("all")]
    return set(rows.loc[rows["dk"].notna(), "organisation"])


def test_a_gap_that_has_changed_is_not_released_again() -> None:
    def of(first: list[int], second: list[int]) -> SmallStudy:
        return one_item({("A", "governor"): first, ("A", "official"): second})

    before = protect(of([2, 2, 3, 3, 2], [3, 3, 4, 4, 3]).results, LEAD)
    only_gaps = seal(before.scores.iloc[:0], before.gaps, before.policy)
    assert before.gaps["gap"].notna().all()
    assert protect(of([2, 2, 3, 3, 2], [3, 3, 4, 4, 3]).results, LEAD, [only_gaps]).gaps["gap"].notna().all()
    assert protect(of([2, 2, 3, 3, 3], [3, 3, 4, 4, 3]).results, LEAD, [only_gaps]).gaps["gap"].isna().all()


def test_publishing_the_same_again_shows_the_same() -> None:
    before = protect(worked_example().results, LEAD)
    assert shown(protect(worked_example().results, LEAD, [before])) == shown(before)


def test_half_a_hundredth_is_no_change() -> None:
    """A mean of 107 / 40 = 2.675 may be rounded either way."""
    study = one_item({("A", "official"): [3] * 27 + [2] * 13})
    before = protect(study.results, LEAD)
    assert shown(protect(study.results, LEAD, [before])) == shown(before)


def test_results_that_do_not_say_what_they_rest_on_are_refused() -> None:
    bare: Results = replace(worked_example().results, basis=None)
    with pytest.raises(ValueError, match="basis"):
        protect(bare, LEAD)


def test_results_that_do_not_add_up_are_refused() -> None:
    results = worked_example().results
    wrong = results.scores.assign(n=results.scores["n"].where(results.scores["organisation"].ne("all"), 1))
    with pytest.raises(ValueError, match="add up"):
        protect(replace(results, scores=wrong), LEAD)


def test_an_empty_study_shows_nothing_and_fails_nowhere() -> None:
    study = study_of([], questionnaire_of({"g1": ["g1_1"]}))
    assert shown(protect(study.results, LEAD)) == {}
