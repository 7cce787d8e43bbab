import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.analysis.counts import Counts
from surveyapp.analysis.tallying import codes_of, tally
from surveyapp.errors import InvalidAnswer
from tests import branching
from tests.analysis.answered.sample import every_kind
from tests.analysis.builders import ROLES, Person, answers_of, counts_of, invited_of, person, questionnaire_of
from tests.analysis.plain import Study
from tests.analysis.studies import studies
from tests.effort import tries

QUESTIONNAIRE = questionnaire_of(
    {"g1": ["g1_1", "g1_2"]}, only={"g1_2": ["official"]}, reverse=["g1_1"], importance=True
)
INVITED = {("GM0141", "governor"): 1, ("GM0141", "official"): 3}
ITEM = ["question", "organisation", "role", "answer"]
MEANS = ("people", "money", "time")
THEME = ["theme", "organisation", "role", "answered", "total"]


def counted(*respondents: Person) -> Counts:
    return tally(answers_of(respondents), invited_of(INVITED), QUESTIONNAIRE)


def table(frame: pd.DataFrame, key: list[str]) -> dict[object, int]:
    assert not frame.duplicated(key).any()
    return {row[:-1]: row[-1] for row in frame[[*key, "count"]].itertuples(index=False, name=None)}


def test_every_coded_question_put_to_the_role_is_counted_also_when_skipped() -> None:
    items = table(counted(person("GM0141", "official", g1_1=4, g1_choice="time")).items, ITEM)
    assert items == {
        ("g1_1", "GM0141", "official", "4"): 1,
        ("g1_2", "GM0141", "official", ""): 1,
        ("g1_importance", "GM0141", "official", ""): 1,
        ("g1_choice", "GM0141", "official", "time"): 1,
    }


def test_theme_totals_turn_reverse_items_round() -> None:
    themes = table(counted(person("GM0141", "official", g1_1=5, g1_2=4)).themes, THEME)
    assert themes == {("g1", "GM0141", "official", 2, 1 + 4): 1}


def test_who_answered_nothing_is_not_counted() -> None:
    silent = counted(person("GM0141", "official", g1_1="", g1_good="  "), person("GM0141", "governor"))
    assert silent.items.empty
    assert silent.themes.empty


def test_who_only_wrote_a_text_is_counted_and_skipped_the_rest() -> None:
    counts = counted(person("GM0141", "governor", g1_good="Goed overleg"))
    assert table(counts.items, ITEM)["g1_1", "GM0141", "governor", ""] == 1
    assert table(counts.themes, THEME) == {("g1", "GM0141", "governor", 0, 0): 1}


def test_an_answer_to_a_question_of_another_role_does_not_count() -> None:
    counts = counted(person("GM0141", "governor", g1_1=3, g1_2=5))
    assert "g1_2" not in set(counts.items["question"])
    assert table(counts.themes, THEME) == {("g1", "GM0141", "governor", 1, 3): 1}


def test_respondents_with_the_same_number_in_two_organisations_are_two_people() -> None:
    rows = pd.DataFrame(
        [("1", "GM0141", "official", "g1_1", "4"), ("1", "GM0147", "official", "g1_1", "4")],
        columns=["respondent", "organisation", "role", "question", "answer"],
    )
    assert tally(rows, invited_of(INVITED), QUESTIONNAIRE).themes["count"].tolist() == [1, 1]


def test_missing_values_and_spaces_round_an_answer_do_no_harm() -> None:
    rows = answers_of([person("GM0141", "official", g1_1=" 4 ", g1_2=5)])
    rows.loc[1, "answer"] = None
    assert table(tally(rows, invited_of(INVITED), QUESTIONNAIRE).themes, THEME) == {
        ("g1", "GM0141", "official", 1, 2): 1
    }


def test_answers_without_an_invitation_get_a_row_with_nobody_invited() -> None:
    answers = [person("OZJT", "official", g1_1=4), person("GM0147", "governor", g1_1=4)]
    places = invited_of({("GM0141", "official"): 3, ("OZJT", "governor"): 1}, {"OZJT": "region_body"})
    found = tally(answers_of(answers), places, QUESTIONNAIRE).invited
    assert found.values.tolist() == [
        ["GM0141", "official", 3, "municipality"],
        ["OZJT", "governor", 1, "region_body"],
        ["OZJT", "official", 0, "region_body"],
        ["GM0147", "governor", 0, "municipality"],
    ]


@pytest.mark.parametrize("kind", [None, "", float("nan")])
def test_without_a_kind_an_organisation_is_a_municipality(kind: object) -> None:
    places = invited_of(INVITED).assign(kind=pd.Series([kind, kind], dtype=object))
    places = places.drop(columns="kind") if kind is None else places
    assert set(tally(answers_of([]), places, QUESTIONNAIRE).invited["kind"]) == {"municipality"}


def test_a_study_without_answers_has_empty_tallies() -> None:
    counts = tally(answers_of([]), invited_of({}), QUESTIONNAIRE)
    assert list(counts.items.columns) == [*ITEM, "count"]
    assert list(counts.themes.columns) == [*THEME, "count"]
    assert len(counts.items) == len(counts.themes) == len(counts.invited) == 0


@pytest.mark.parametrize(
    ("respondent", "problem"),
    [
        (person("GM0141", "official", g1_1=6), "not-an-option (question=g1_1)"),
        (person("GM0141", "official", g1_choice="4"), "not-an-option (question=g1_choice)"),
        (person("GM0141", "official", g1_choice="dk"), "not-an-option (question=g1_choice)"),
        (person("GM0141", "official", g1_1="vier"), "not-an-option (question=g1_1)"),
        (person("GM0141", "official", g9_1=4), "unknown-question (name=g9_1)"),
        (person("GM0141", "mayor", g1_1=4), "unknown-role (name=mayor)"),
    ],
)
def test_what_the_questionnaire_does_not_offer_is_refused(respondent: Person, problem: str) -> None:
    with pytest.raises(InvalidAnswer) as refused:
        counted(respondent)
    assert str(refused.value) == problem


def test_a_question_answered_twice_is_refused_and_an_empty_row_is_not_an_answer() -> None:
    rows = answers_of([person("GM0141", "official", g1_1=4)])
    twice, empty = pd.concat([rows, rows]), pd.concat([rows, rows.assign(answer="")])
    with pytest.raises(InvalidAnswer, match=r"answered-twice \(question=g1_1\)"):
        tally(twice, invited_of(INVITED), QUESTIONNAIRE)
    assert tally(empty, invited_of(INVITED), QUESTIONNAIRE).themes["count"].tolist() == [1]


def test_an_invited_role_that_does_not_exist_is_refused() -> None:
    with pytest.raises(InvalidAnswer, match=r"unknown-role \(name=mayor\)"):
        tally(answers_of([]), invited_of({("GM0141", "mayor"): 1}), QUESTIONNAIRE)


def test_answers_are_offered_in_the_order_of_the_page() -> None:
    offered = {question.key: codes_of(question, QUESTIONNAIRE) for question in QUESTIONNAIRE.coded}
    scale = ("1", "2", "3", "4", "5", "dk", "na", "")
    assert offered == {"g1_1": scale, "g1_2": scale, "g1_importance": scale, "g1_choice": ("time", "money", "")}


@tries(50)
@given(studies())
def test_tallies_equal_those_counted_person_by_person(study: Study) -> None:
    found = tally(answers_of(study.people), invited_of(study.invited, study.kinds), study.questionnaire)
    expected = counts_of(study.people, study.questionnaire, invited=study.invited)
    assert table(found.items, ITEM) == table(expected.items, ITEM)
    assert table(found.themes, THEME) == table(expected.themes, THEME)


def test_a_question_that_a_condition_shows_is_counted_for_who_has_a_row_of_it_even_an_empty_one() -> None:
    rows = pd.DataFrame(
        [
            ("1", "GM0141", "governor", "t1_1", "4"),
            ("1", "GM0141", "governor", "t2_1", ""),
            ("2", "GM0141", "governor", "t1_1.comment", "Omdat."),
            ("3", "GM0141", "governor", "t2_1", ""),
            ("3", "GM0147", "governor", "t1_1", "5"),
        ],
        columns=["respondent", "organisation", "role", "question", "answer"],
    )
    counts = tally(rows, invited_of(INVITED), branching.edition().questionnaire)
    assert table(counts.items, ITEM) == {
        ("where", "GM0141", "governor", ""): 2,
        ("where", "GM0147", "governor", ""): 1,
        ("t1_1", "GM0141", "governor", "4"): 1,
        ("t1_1", "GM0141", "governor", ""): 1,
        ("t1_1", "GM0147", "governor", "5"): 1,
        ("t2_1", "GM0141", "governor", ""): 1,
        **{(f"means.{option}", "GM0141", "governor", ""): 2 for option in MEANS},
        **{(f"means.{option}", "GM0147", "governor", ""): 1 for option in MEANS},
    }
    assert table(counts.themes, THEME) == {
        ("t1", "GM0141", "governor", 1, 4): 1,
        ("t1", "GM0141", "governor", 0, 0): 1,
        ("t1", "GM0147", "governor", 1, 5): 1,
        ("t2", "GM0141", "governor", 0, 0): 1,
    }


EVERY_KIND = (
    {"one": "a", "some": "a;b", "first": "b>a", "coins": "a=4;b=6", "steps": "a;c", "hours": "-2.5", "mark": "7.5"},
    {"one": "c", "some": "c", "first": "c", "coins": "b=10", "steps": "none", "hours": "40", "day": "2026-11-22"},
    {"agreed": "yes", "steps": "a;b;c", "mark": "dk", "t_1": "4", "opinion": "na", "words": "Ja."},
    {"some": "", "first": "", "officials": "8", "matters": "5"},
)


@tries(30)
@given(st.lists(st.tuples(st.sampled_from(["A", "B"]), st.sampled_from(ROLES), st.sampled_from(EVERY_KIND))))
def test_every_kind_is_counted_as_its_answers_say(chosen: list[tuple[str, str, dict[str, str]]]) -> None:
    people = [Person(organisation, role, answers) for organisation, role, answers in chosen]
    places = invited_of({(organisation, role): 9 for organisation in ("A", "B") for role in ROLES})
    found = tally(answers_of(people), places, every_kind()).items
    assert table(found, ITEM) == table(counts_of(people, every_kind()).items, ITEM)


@pytest.mark.parametrize(("question", "answer"), [("some", "a;z"), ("mark", "11"), ("coins", "a=99"), ("hours", "x")])
def test_an_answer_that_the_kind_does_not_allow_is_refused(question: str, answer: str) -> None:
    rows = answers_of([Person("A", "official", {question: answer})])
    with pytest.raises(InvalidAnswer):
        tally(rows, invited_of({("A", "official"): 1}), every_kind())


def test_two_answers_to_a_ranking_are_refused() -> None:
    rows = pd.DataFrame(
        [("1", "A", "official", "first", "a"), ("1", "A", "official", "first", "b")],
        columns=["respondent", "organisation", "role", "question", "answer"],
    )
    with pytest.raises(InvalidAnswer, match="answered-twice"):
        tally(rows, invited_of({("A", "official"): 1}), every_kind())
