"""Agreement about each code."""

import pytest

from surveyapp.analysis.coding.per_code import agreement

TEXTS = {
    "1": {"anna": {"time"}, "dirk": {"time"}},
    "2": {"anna": {"time", "money"}, "dirk": {"time"}},
    "3": {"anna": set[str](), "dirk": {"money"}},
    "4": {"anna": set[str](), "dirk": set[str]()},
    "5": {"anna": {"time"}},
}


def test_only_texts_that_two_people_looked_at_are_compared() -> None:
    found = agreement(TEXTS, ["time", "money", "trust"])
    assert (found.texts, found.coders) == (4, ("anna", "dirk"))
    assert found.disputed == (("2", ("money",)), ("3", ("money",)))


def test_each_code_has_its_own_numbers() -> None:
    time, money, trust = agreement(TEXTS, ["time", "money", "trust"]).codes
    assert (time.given, time.judgements, time.agreement, time.kappa, time.alpha) == (4, 8, 1, 1, 1)
    assert (money.given, money.agreement, money.prevalence) == (2, 0.5, 0.25)
    assert money.kappa == pytest.approx(-1 / 3)
    assert money.alpha == pytest.approx(-1 / 6)
    assert (trust.agreement, trust.kappa, trust.alpha, trust.prevalence) == (1, None, None, 0)


def test_over_all_codes_what_somebody_gave_a_text_is_one_category() -> None:
    """Four texts; {time} three times, {} three times, {time, money} and {money} once: D_e = 44 / 56."""
    assert agreement(TEXTS, ["time", "money"]).alpha == pytest.approx(1 - 0.5 / (44 / 56))


def test_a_third_person_counts_where_they_looked() -> None:
    texts = {key: dict(judged) for key, judged in TEXTS.items()} | {"2": {**TEXTS["2"], "eva": {"time"}}}
    money = agreement(texts, ["money"]).codes[0]
    assert (money.judgements, money.given) == (9, 2)
    assert money.agreement == pytest.approx(3 / 6)


def test_without_a_second_person_there_is_nothing_to_compare() -> None:
    found = agreement({"1": {"anna": {"time"}}}, ["time"])
    assert (found.texts, found.alpha, found.codes[0].kappa, found.codes[0].prevalence) == (0, None, None, None)
