"""Answers of the other kinds: shares where enough people answered, means, places, and nothing that is hidden."""

import pytest
from pydantic import ValidationError

from surveyapp.reports.figures.specification import Cell, ChoiceBars, Option, Ranked, Ranking
from tests.reports.figures.examples import choice_bars, mean_places, points_bars, ranking


def test_shares_are_of_who_answered_and_only_from_ten_people() -> None:
    figure = choice_bars()
    assert [figure.option_text(option) for option in figure.options] == ["24 (80%)", "12 (40%)", "0 (0%)", "n<5", "–"]
    few = ChoiceBars(title="x", options=(Option(label="a", count=3),), n=9)
    assert few.option_text(few.options[0]) == "3"
    assert few.table().header == ("Antwoord", "Aantal antwoorden")


def test_what_was_chosen_most_is_named_and_so_are_all_that_were() -> None:
    assert "Meest gekozen: “Buurgemeenten” (24 (80%))." in choice_bars().alternative_text()
    tie = ChoiceBars(title="x", options=(Option(label="a", count=2), Option(label="b", count=2)), n=4)
    assert "“a”, “b”" in tie.alternative_text()
    none = ChoiceBars(title="x", options=(Option(label="a", count=0),), n=0)
    assert "0 mensen gaven antwoord. Niets is gekozen." in none.alternative_text()
    one = ChoiceBars(title="x", options=(Option(label="a", count=1),), n=1)
    assert "1 mens gaf antwoord." in one.alternative_text()
    hidden = ChoiceBars(title="x", options=(Option(label="a", hidden="small"),))
    assert "Er zijn geen cijfers om te tonen. 1 cijfer is verborgen." in hidden.alternative_text()


def test_more_answers_than_people_are_refused() -> None:
    twice = (Option(label="a", count=3), Option(label="b", count=3))
    with pytest.raises(ValidationError, match="6 answers of 5 people"):
        ChoiceBars(title="x", options=twice, n=5)
    assert ChoiceBars(title="x", options=twice, n=5, several=True).n == 5
    with pytest.raises(ValidationError, match="6 answers of 5 people"):
        ChoiceBars(title="x", options=(Option(label="a", count=6),), n=5, several=True)


def test_an_option_has_a_count_or_a_reason() -> None:
    with pytest.raises(ValidationError, match="either a count or a reason"):
        Option(label="a")
    with pytest.raises(ValidationError, match="either a count or a reason"):
        Option(label="a", count=1, hidden="small")


def test_points_are_told_as_means() -> None:
    text = points_bars().alternative_text()
    assert "Meeste punten: Preventie (45,3). Minste punten: Toegang (0,0)." in text
    assert points_bars().table().rows[0] == ("Preventie", "45,25")
    assert points_bars().table().rows[-1] == ("gaf antwoord", "12")


def test_a_ranking_tells_mean_places_and_counts_where_they_may_be_told() -> None:
    assert "Gemiddeld het hoogst: Preventie (1,5). Gemiddeld het laagst: Toegang (2,5)." in ranking().alternative_text()
    assert ranking().table().rows[0] == ("Preventie", "1,50", "8", "2", "2", "0")
    assert ranking().table().rows[2][2:] == ("–", "–", "–", "–")
    assert mean_places().table().header == ("Antwoord", "gemiddelde plaats")


def test_places_that_reveal_a_hidden_mean_or_do_not_fit_are_refused() -> None:
    with pytest.raises(ValidationError, match="reveal"):
        Ranked(label="a", mean=Cell(hidden="small"), places=(1, 2))
    with pytest.raises(ValidationError, match="3 counts for 2 places"):
        Ranking(title="x", places=2, options=(Ranked(label="a", mean=Cell.of(1.0), places=(1, 2, 3)),))
