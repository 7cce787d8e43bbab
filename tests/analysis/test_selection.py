"""What is chosen for the interviews of one organisation."""

import pytest

from surveyapp.analysis.counts import Counts
from surveyapp.analysis.selection import WORTH, regional_themes, select, steadiness
from surveyapp.analysis.topic import Reason, Topic
from tests.analysis.builders import counts_of, person, questionnaire_of

HABITS = questionnaire_of({f"g{theme}": [f"g{theme}_{number}" for number in (1, 2, 3)] for theme in (1, 2, 3, 4)})


def region(*organisations: str, outside: str | None = None) -> Counts:
    codes = [*organisations, *([outside] if outside else [])]
    kinds = {outside: "regional-body"} if outside else None
    return counts_of([person(code, "official", g1_1=3) for code in codes], HABITS, kinds=kinds)


def topic(
    key: str, rank: int, organisation: str = "almelo", *, low: float = 0.0, divided: float = 0.0, score: float = 3.0
) -> Topic:
    """``low`` and ``divided`` are points of which at most 60 and 40 can be had; the AD follows from the latter."""
    level = "item" if "_" in key else "theme"
    reasons = (Reason("low", low, 4 - score, 1.0), Reason("divided", divided, 0.4 + 0.8 * divided / 40, 0.4))
    return Topic(organisation, level, key, rank, low + divided, reasons, score)


ALMELO = region("almelo")


def test_the_most_urgent_come_first_with_at_most_two_of_a_theme() -> None:
    ranked = [topic(key, rank, low=60.0 - rank) for rank, key in enumerate(["g1", "g1_1", "g1_2", "g2_1", "g3_1"], 1)]
    chosen = select(ranked, "almelo", ALMELO, HABITS)
    assert [one.key for one in chosen.topics] == ["g1", "g1_1", "g2_1", "g3_1"]


def test_three_are_chosen_anyway_and_up_to_five_when_worth_it() -> None:
    keys = ["g1", "g2", "g3", "g4", "g1_1", "g2_1"]
    small = [topic(key, rank, low=5.0) for rank, key in enumerate(keys, 1)]
    large = [topic(key, rank, low=WORTH) for rank, key in enumerate(keys, 1)]
    assert [one.key for one in select(small, "almelo", ALMELO, HABITS).topics] == keys[:3]
    assert [one.key for one in select(large, "almelo", ALMELO, HABITS).topics] == keys[:5]


def test_where_nothing_stands_out_there_are_no_topics() -> None:
    calm = [topic("g1", 1, score=4.5), Topic("almelo", "theme", "g2", 2, None, (), None)]
    chosen = select(calm, "almelo", ALMELO, HABITS)
    assert chosen.topics == ()
    assert chosen.steadiness == {}


def test_the_strength_is_the_best_theme_on_which_people_agree() -> None:
    ranked = [
        topic("g1", 1, low=50, score=2),
        topic("g2", 2, divided=30, score=4.6),
        topic("g3", 3, divided=0, score=4.2),
        topic("g4", 4, divided=0, score=3.9),
        topic("g4_1", 5, divided=0, score=5.0),
    ]
    chosen = select(ranked, "almelo", ALMELO, HABITS)
    assert chosen.strength is not None
    assert chosen.strength.key == "g3"


def test_without_agreement_on_any_theme_there_is_no_strength() -> None:
    ranked = [topic("g1", 1, divided=30, score=4.0), Topic("almelo", "theme", "g2", 2, None, (), 5.0)]
    assert select(ranked, "almelo", ALMELO, HABITS).strength is None


def test_a_chosen_topic_is_not_its_own_strength() -> None:
    assert select([topic("g1", 1, low=20, score=3)], "almelo", ALMELO, HABITS).strength is None


def test_two_themes_are_asked_everywhere_each_organisation_of_the_region_counting_once() -> None:
    priorities = {
        "almelo": {"g1": 10, "g2": 50, "g3": 0, "g4": 30},
        "borne": {"g1": 40, "g2": 50, "g3": 0, "g4": 0},
        "ozjt": {"g1": 0, "g2": 0, "g3": 60, "g4": 0},
    }
    everything = [
        topic(key, rank, organisation, low=points)
        for organisation, found in priorities.items()
        for rank, (key, points) in enumerate(found.items(), 1)
    ]
    counts = region("almelo", "borne", outside="ozjt")
    assert regional_themes(everything, counts, HABITS) == ("g2", "g1")
    asked = select(everything, "ozjt", counts, HABITS).regional
    assert [(one.organisation, one.key) for one in asked] == [("ozjt", "g2"), ("ozjt", "g1")]


def test_a_topic_that_wins_under_every_weighting_is_steady() -> None:
    ranked = [
        topic("g1", 1, low=60, divided=40),
        topic("g2", 2, low=30, divided=20),
        topic("g3", 3, low=20, divided=10),
        topic("g4", 4, low=1, divided=1),
    ]
    assert steadiness(ranked, HABITS) == {"g1": 1.0, "g2": 1.0, "g3": 1.0, "g4": 0.0}


def test_steadiness_is_the_share_of_even_weightings() -> None:
    """One place; g1 wins when low weighs more than divided, which is half of the weightings."""
    ranked = [topic("g1", 1, low=60), topic("g2", 2, divided=40)]
    share = steadiness(ranked, HABITS, places=1, draws=4_000)
    assert share["g1"] == pytest.approx(0.5, abs=0.03)
    assert share["g1"] + share["g2"] == 1


def test_steadiness_respects_the_limit_per_theme() -> None:
    ranked = [topic(key, rank, low=60.0 - rank) for rank, key in enumerate(["g1", "g1_1", "g1_2", "g2_1"], 1)]
    assert steadiness(ranked, HABITS) == {"g1": 1.0, "g1_1": 1.0, "g1_2": 0.0, "g2_1": 1.0}


def test_the_same_topics_are_always_equally_steady() -> None:
    ranked = [topic("g1", 1, low=60), topic("g2", 2, divided=40), topic("g3", 3, low=30, divided=20)]
    assert steadiness(ranked, HABITS, places=1) == steadiness(ranked, HABITS, places=1)
