"""The ranked topics of every organisation, from people and their answers."""

from dataclasses import replace
from random import Random

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.analysis.agenda import topics
from surveyapp.analysis.counts import Counts
from surveyapp.analysis.results import GAP_COLUMNS, RELIABILITY_COLUMNS, SHRINKAGE_COLUMNS, Results
from surveyapp.analysis.scores import score
from surveyapp.analysis.tallies import Tallies
from surveyapp.analysis.topic import Topic
from surveyapp.questionnaires.questionnaire import Questionnaire
from tests.analysis.builders import Person, counts_of, people, person, questionnaire_of
from tests.effort import tries

ONE = questionnaire_of({"g1": ["g1_1"]})
TWO = questionnaire_of({"g1": ["g1_1", "g1_2"], "g2": ["g2_1", "g2_2"]})


def results_of(counts: Counts, questionnaire: Questionnaire) -> Results:
    return Results(
        scores=score(Tallies.of(counts, questionnaire)),
        gaps=pd.DataFrame(columns=list(GAP_COLUMNS)),
        shrinkage=pd.DataFrame(columns=list(SHRINKAGE_COLUMNS)),
        reliability=pd.DataFrame(columns=list(RELIABILITY_COLUMNS)),
    )


def agenda(
    study: list[Person],
    questionnaire: Questionnaire = ONE,
    *,
    invited: dict[tuple[str, str], int] | None = None,
    kinds: dict[str, str] | None = None,
    previous: list[Person] | None = None,
) -> tuple[Topic, ...]:
    counts = counts_of(study, questionnaire, invited=invited, kinds=kinds)
    before = results_of(counts_of(previous, questionnaire), questionnaire) if previous else None
    return topics(results_of(counts, questionnaire), counts, questionnaire, before)


def item(found: tuple[Topic, ...], organisation: str = "almelo", key: str = "g1_1") -> Topic:
    return next(topic for topic in found if (topic.organisation, topic.key) == (organisation, key))


def raw(topic: Topic) -> dict[str, float]:
    return {reason.signal: reason.raw for reason in topic.reasons}


ALMELO = [*people("almelo", "governor", "g1_1", 4), *people("almelo", "official", "g1_1", 1, 2, 2, 3)]
BORNE = [*people("borne", "governor", "g1_1", 4), *people("borne", "official", "g1_1", 4, 4, 4)]


def test_the_raw_signals_are_those_of_the_answers() -> None:
    found = item(agenda([*ALMELO, *BORNE]))
    assert raw(found) == pytest.approx(
        {"low": 4 - 2.4, "divided": 0.8, "role_gap": 2.0, "behind": 3.2 - 2.4, "dont_know": 0.0}
    )
    expected = 100 / 85 * (30 * 0.6 / 1.5 + 20 * 0.4 / 0.8 + 15 + 10 * 0.5 / 0.7)
    assert found.priority == pytest.approx(expected)
    assert found.score == pytest.approx(2.4)
    assert {reason.signal: reason.threshold for reason in found.reasons}["low"] == 1.0


def test_the_facts_name_what_a_sentence_needs() -> None:
    found = item(agenda([*ALMELO, *BORNE]))
    expected = {"n": 5, "target": 4, "top": 5, "region": 3.2, "mean:governor": 4, "mean:official": 2}
    assert found.facts == pytest.approx(expected)


def test_every_theme_and_item_of_every_organisation_is_ranked_once() -> None:
    study = [person(code, "official", g1_1=2, g1_2=3, g2_1=4) for code in ("almelo", "borne") for _ in range(4)]
    found = agenda(study, TWO)
    assert [topic.organisation for topic in found] == ["almelo"] * 6 + ["borne"] * 6
    assert [topic.rank for topic in found] == [1, 2, 3, 4, 5, 6] * 2
    assert {topic.key for topic in found[:6]} == {"g1", "g2", "g1_1", "g1_2", "g2_1", "g2_2"}


def test_equal_priorities_follow_active_signals_then_the_lower_mean_then_the_questionnaire() -> None:
    study = [person("almelo", "official", g1_1=5, g1_2=5, g2_1=4, g2_2=4) for _ in range(4)]
    assert [topic.key for topic in agenda(study, TWO)] == ["g2", "g2_1", "g2_2", "g1", "g1_1", "g1_2"]


def test_too_few_answers_are_no_priority_instead_of_none_needed() -> None:
    found = item(agenda(people("almelo", "official", "g1_1", 1, 1)))
    assert found.priority is None
    assert found.reasons == ()
    assert found.score == 1


def test_topics_without_a_priority_come_last() -> None:
    study = [person("almelo", "official", g1_1=5, g2_1=1 if number == 0 else "na") for number in range(4)]
    found = agenda(study, TWO)
    assert [topic.priority is None for topic in found] == sorted(topic.priority is None for topic in found)
    assert found[-1].priority is None


def test_an_organisation_where_nobody_answered_has_topics_without_numbers() -> None:
    invited = {("almelo", "governor"): 1, ("almelo", "official"): 4, ("borne", "official"): 4}
    found = [topic for topic in agenda(ALMELO, invited=invited) if topic.organisation == "borne"]
    assert [(topic.priority, topic.score, topic.answered_by) for topic in found] == [(None, None, None)] * 2


def test_where_a_role_is_silent_the_other_speaks_and_is_named() -> None:
    invited = {("almelo", "governor"): 2, ("almelo", "official"): 4}
    found = item(agenda(people("almelo", "official", "g1_1", 2, 2, 3, 3), invited=invited))
    assert found.answered_by == "official"
    assert found.score == 2.5
    assert "role_gap" not in raw(found)


def test_a_role_that_was_not_invited_is_not_silent() -> None:
    assert item(agenda(people("almelo", "official", "g1_1", 2, 2, 3, 3))).answered_by is None


def test_a_role_that_does_not_get_the_item_is_not_silent() -> None:
    theirs = questionnaire_of({"g1": ["g1_1", "g1_2"]}, only={"g1_2": ["official"]})
    study = [person("almelo", "official", g1_1=2, g1_2=2) for _ in range(4)]
    found = agenda(study, theirs, invited={("almelo", "governor"): 1, ("almelo", "official"): 4})
    assert item(found, key="g1_1").answered_by == "official"
    assert item(found, key="g1_2").answered_by is None


def test_a_role_gap_needs_one_answer_on_one_side_and_three_on_the_other() -> None:
    governor = people("almelo", "governor", "g1_1", 5)
    enough = [*governor, *people("almelo", "official", "g1_1", 2, 2, 2)]
    too_few = [*governor, *governor, *people("almelo", "official", "g1_1", 2, 2)]
    assert raw(item(agenda(enough)))["role_gap"] == 3
    assert "role_gap" not in raw(item(agenda(too_few)))


def test_of_more_roles_the_two_furthest_apart_count() -> None:
    three = questionnaire_of({"g1": ["g1_1"]}, roles=("governor", "official", "project"))
    study = [
        *people("almelo", "governor", "g1_1", 3),
        *people("almelo", "official", "g1_1", 4, 4, 4),
        *people("almelo", "project", "g1_1", 1, 1),
    ]
    found = item(agenda(study, three))
    assert raw(found)["role_gap"] == 3
    assert [name for name in found.facts if name.startswith("mean:")] == ["mean:official", "mean:project"]


def test_the_body_that_bought_is_compared_with_the_region_and_not_part_of_it() -> None:
    study = [*BORNE, *people("ozjt", "official", "g1_1", 3, 3, 3, 3)]
    found = agenda(study, kinds={"ozjt": "regional-body"})
    assert raw(item(found, "ozjt"))["behind"] == pytest.approx(1.0)
    assert raw(item(found, "borne"))["behind"] == 0


def test_dont_know_is_a_share_of_those_who_could_judge() -> None:
    answers = (3, 3, 4, "dk", "na", "")
    study = [person("almelo", "official", g1_1=answer, g1_2=5) for answer in answers]
    found = agenda(study, TWO)
    assert raw(item(found, key="g1_1"))["dont_know"] == pytest.approx(1 / 4)
    assert raw(item(found, key="g1"))["dont_know"] == pytest.approx(1 / 10)


def test_nobody_knowing_is_too_little_to_weigh() -> None:
    found = item(agenda(people("almelo", "official", "g1_1", "dk", "dk", "dk", "dk")))
    assert found.priority is None


def test_decline_compares_with_the_previous_wave_when_both_have_four() -> None:
    now = people("almelo", "official", "g1_1", 3, 3, 3, 3)
    assert raw(item(agenda(now, previous=people("almelo", "official", "g1_1", 4, 4, 4, 4))))["decline"] == 1
    assert raw(item(agenda(now, previous=people("almelo", "official", "g1_1", 2, 2, 2, 2))))["decline"] == 0
    assert "decline" not in raw(item(agenda(now, previous=people("almelo", "official", "g1_1", 4, 4, 4))))


def test_on_a_seven_point_scale_the_same_place_gives_the_same_priority() -> None:
    seven = questionnaire_of({"g1": ["g1_1"]}, points=7)
    five = item(agenda(people("almelo", "official", "g1_1", 1, 3, 3, 3, 5)))
    wide = item(agenda(people("almelo", "official", "g1_1", 1, 4, 4, 4, 7), seven))
    assert wide.priority == pytest.approx(five.priority)
    assert (wide.facts["target"], wide.facts["top"]) == (5.5, 7)


marks = st.sampled_from([1, 2, 3, 4, 5, "dk", "na", ""])
persons = st.builds(
    lambda organisation, role, given: Person(organisation, role, {key: str(value) for key, value in given.items()}),
    st.sampled_from(["almelo", "borne"]),
    st.sampled_from(["governor", "official"]),
    st.fixed_dictionaries(dict.fromkeys(TWO.theme_of, marks)),
)
studies = st.lists(persons, min_size=1, max_size=14)


@tries(40)
@given(studies, st.randoms(use_true_random=False))
def test_the_order_of_people_does_not_matter(study: list[Person], random: Random) -> None:
    shuffled = list(study)
    random.shuffle(shuffled)
    everyone = {(one.organisation, one.role): 14 for one in study}
    assert agenda(study, TWO, invited=everyone) == agenda(shuffled, TWO, invited=everyone)


@tries(40)
@given(studies)
def test_topics_are_ranked_by_priority_and_explained_completely(study: list[Person]) -> None:
    for topic in agenda(study, TWO):
        if topic.priority is not None:
            assert sum(reason.points for reason in topic.reasons) == pytest.approx(topic.priority, abs=1e-9)
    for organisation in {one.organisation for one in study}:
        own = [topic.priority for topic in agenda(study, TWO) if topic.organisation == organisation]
        known = [priority for priority in own if priority is not None]
        assert known == sorted(known, reverse=True) or known == pytest.approx(sorted(known, reverse=True), abs=1e-8)
        assert own[len(known) :] == [None] * (len(own) - len(known))


@tries(40)
@given(studies)
def test_other_organisations_outside_the_region_change_nothing(study: list[Person]) -> None:
    outside = [replace(one, organisation="ozjt") for one in study]
    with_them = agenda([*study, *outside], TWO, kinds={"ozjt": "regional-body"})
    assert tuple(topic for topic in with_them if topic.organisation != "ozjt") == agenda(study, TWO)
