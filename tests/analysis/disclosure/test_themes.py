"""A theme together with its items, in one publication and over several: who missed a statement stays hidden."""

from surveyapp.analysis.disclosure import SafeResults, protect
from tests.analysis.disclosure.studies import SmallStudy, written
from tests.analysis.disclosure.test_release import EXACT, EXACT_PUBLIC, LEAD, PUBLIC, leaks, leaks_of_both


def officials(**rows: list[str]) -> SmallStudy:
    return written({(organisation, "official"): answers for organisation, answers in rows.items()})


def rows_shown(safe: SafeResults, key: str) -> list[str]:
    """The organisations of which the mean of everybody is shown."""
    rows = safe.scores[safe.scores["key"].eq(key) & safe.scores["role"].eq("all") & safe.scores["suppressed"].eq("")]
    return sorted(rows["organisation"])


def test_an_organisation_where_too_few_answered_what_is_kept_back_shows_the_theme_alone() -> None:
    """The first statement is kept back, as most people answered it; of the five in C only four did."""
    study = officials(A=["333"] * 2 + ["3-3"] * 2 + ["33-"] * 2, B=["424"] * 7, C=["323"] * 4 + ["-32"])
    safe = protect(study.results, LEAD)
    assert leaks(study, safe) == []
    own = safe.scores[safe.scores["organisation"].eq("C") & safe.scores["role"].eq("all")]
    why = own.set_index("key")["suppressed"].to_dict()
    assert why == {"g1": "", "g1_1": "small", "g1_2": "linked", "g1_3": "linked"}


def test_an_organisation_without_items_still_counts_in_the_region() -> None:
    """Governors and project leaders together, minus their first and last statement, are four who answered all."""
    study = written(
        {
            ("M0", "governor"): ["-32", "3-3"],
            ("M0", "official"): [".2."] * 3,
            ("M0", "project"): ["2-3"],
            ("M1", "official"): [".3."] * 3,
            ("M1", "project"): ["2-3", "334", "2-2", "333", "233"],
        }
    )
    assert leaks(study, protect(study.results, LEAD)) == []


def test_those_who_answered_everything_hide_only_colleagues_of_their_own_role_and_organisation() -> None:
    """Nine of the region answered both statements and seven one, but side by side they are four pairs."""
    study = written(
        {
            ("M0", "governor"): ["-2", "43"],
            ("M0", "official"): ["34", "43", "--", "--"],
            ("M1", "official"): ["-3", "44", "-2", "33", "2-", "-3"],
            ("M2", "official"): ["33", "-2", "23", "23", "23", "32"],
        }
    )
    safe = protect(study.results, LEAD)
    assert leaks(study, safe) == []
    assert rows_shown(safe, "g1_2") == []


def test_somebody_with_too_few_answers_for_a_theme_score_does_not_follow_from_an_item() -> None:
    """Nobody of the governors' role answered anything but the one statement that officials were put as well."""
    study = written({("A", "governor"): ["2--"], ("A", "official"): ["3.."] * 7, ("B", "official"): ["4.."] * 8})
    assert leaks(study, protect(study.results, LEAD)) == []


def test_bounds_of_a_statement_that_does_not_apply_to_some_are_not_added_to_those_of_its_theme() -> None:
    """Three times three people; the mean and two different bounds would be three equations."""
    study = officials(A=["2", "3", "3", "n"], B=["2", "3", "4", "-", "n", "n"], C=["3", "3", "4", "-", "-"])
    safe = protect(study.results, LEAD)
    assert leaks(study, safe) == []
    assert rows_shown(safe, "g1_1") == ["all"]


UNLIKE = {"P": ["32"] * 9 + ["23"] * 2 + ["-3"], "Q": ["24"] * 5 + ["-4"], "R": ["43"] * 4 + ["3-"], "S": ["34"] * 9}
"""From six people on the second statement was answered in most organisations, from five people on the first."""


def test_audiences_alone_have_different_statements_kept_back() -> None:
    """So that nobody adds the two up: P's theme minus both of its statements is the one who missed the first."""
    study = officials(**UNLIKE)
    for_public, for_lead = protect(study.results, PUBLIC), protect(study.results, LEAD)
    assert [rows_shown(for_public, item) for item in ("g1_1", "g1_2")] == [["P", "S", "all"], []]
    assert [rows_shown(for_lead, item) for item in ("g1_1", "g1_2")] == [[], ["P", "all"]]
    assert leaks_of_both(study, for_public, for_lead)


def test_what_was_kept_back_before_is_kept_back_again() -> None:
    study = officials(**UNLIKE)
    for_public = protect(study.results, PUBLIC)
    for_lead = protect(study.results, LEAD, [for_public])
    assert [rows_shown(for_lead, item) for item in ("g1_1", "g1_2")] == [["P", "S", "all"], []]
    assert leaks_of_both(study, for_public, for_lead) == []


def test_after_releases_that_do_not_go_together_nothing_new_is_shown() -> None:
    study = officials(**UNLIKE)
    carelessly = [protect(study.results, PUBLIC), protect(study.results, LEAD)]
    last = protect(study.results, LEAD, carelessly)
    before = {key: {*rows_shown(carelessly[0], key), *rows_shown(carelessly[1], key)} for key in KEYS}
    assert all(before[key].issuperset(rows_shown(last, key)) for key in KEYS)
    assert rows_shown(last, "g1") == rows_shown(carelessly[1], "g1")


KEYS = ("g1", "g1_1", "g1_2")


def test_where_everybody_answered_everything_what_was_released_of_an_item_counts_for_all() -> None:
    """B was released of the second item only, being near the end of the scale elsewhere; so A is shown of nothing."""
    study = written(
        {
            ("A", "governor"): ["32"],
            ("A", "official"): ["32"] * 11,
            ("B", "governor"): ["55"] * 2,
            ("B", "official"): ["55"] * 4 + ["54"] * 3,
            ("C", "official"): ["24"] * 7,
            ("D", "official"): ["34"] * 3,
        }
    )
    for_public = protect(study.results, PUBLIC)
    assert [rows_shown(for_public, key) for key in KEYS] == [["all"], ["all"], ["B", "all"]]
    for_lead = protect(study.results, LEAD, [for_public])
    assert [rows_shown(for_lead, key) for key in KEYS] == [["all"], ["all"], ["B", "all"]]
    assert leaks_of_both(study, for_public, for_lead) == []


def test_one_number_of_the_theme_is_given_up_so_that_all_its_statements_need_not_be() -> None:
    """Of the official of A nobody knows whether a theme score is theirs: with D's total too few would be sure."""
    study = written(
        {
            ("A", "governor"): [".3."],
            ("A", "official"): ["-3-"],
            ("B", "official"): ["3-4", "334", "332", "323"],
            ("C", "governor"): [".3."] * 2,
            ("C", "official"): ["332", "323", "323", "234"],
            ("D", "official"): ["332", "234", "332", "334", "234", "332", "334"],
        }
    )
    safe = protect(study.results, EXACT)
    assert leaks(study, safe) == []
    assert [rows_shown(safe, key) for key in ("g1", "g1_1", "g1_2", "g1_3")] == [
        ["all"],
        ["D", "all"],
        [],
        ["D", "all"],
    ]
    after = protect(study.results, EXACT_PUBLIC, [safe])
    assert leaks_of_both(study, safe, after) == []
    assert rows_shown(after, "g1") == ["all"]
