"""A row per person and a row per answer: what was shown and skipped, what was not shown, and who came by a link."""

from surveyapp.questionnaires.edition import Edition
from surveyapp.questionnaires.open_roles import marked
from surveyapp.reports.datasets.person import Person
from surveyapp.reports.datasets.respondents import by_answer, by_person
from surveyapp.reports.datasets.table import Cell, Table
from tests import branching
from tests.reports.datasets import kinds


def cells(table: Table) -> list[dict[str, Cell]]:
    return [dict(zip([column.key for column in table.columns], row, strict=True)) for row in table.rows()]


def test_skipped_is_empty_and_not_shown_says_so() -> None:
    people = [
        Person(1, "GM0147", "governor", {"t1_1": "4", "where": "local"}),
        Person(2, "GM0147", "official", {"t1_1": "2", "t1_2": "", "where": "regional", "t2_1": "3", "t2_2": ""}),
    ]
    first, second = cells(by_person(branching.edition(), people, kinds.PLACES))
    assert {key: first[key] for key in ("t1_1", "t1_2", "t2_1", "t2_2", "t3_1", "mark")} == {
        "t1_1": 4,
        "t1_2": "not_asked",
        "t2_1": "not_asked",
        "t2_2": "not_asked",
        "t3_1": "not_asked",
        "mark": None,
    }
    assert (second["t1_2"], second["t2_1"], second["t2_2"]) == (None, 3, None)


def test_a_row_per_answer_holds_codes_as_they_were_given_in_the_order_of_the_questionnaire() -> None:
    table = by_answer(kinds.edition().questionnaire, kinds.people())
    assert [column.key for column in table.columns] == ["respondent", "organisation", "role", "question", "answer"]
    rows = [row[3:] for row in table.rows() if row[0] == 2]
    assert [str(cell) for _key, cell in rows] == list(kinds.ALL.values())
    assert [key for key, _cell in rows] == list(kinds.ALL)


def _with_open_officials(edition: Edition) -> Edition:
    return edition.model_copy(update={"questionnaire": marked(edition.questionnaire, {"official"})})


def test_who_came_through_an_open_link_is_marked_where_anybody_could() -> None:
    edition = _with_open_officials(kinds.edition())
    assert [row["open_link"] for row in cells(by_person(edition, kinds.people(), kinds.PLACES))] == [0, 1]
    marks = {(row["respondent"], row["open_link"]) for row in cells(by_answer(edition.questionnaire, kinds.people()))}
    assert marks == {(1, 0), (2, 1)}
    assert "open_link" not in cells(by_person(kinds.edition(), kinds.people(), kinds.PLACES))[0]


def test_who_is_excluded_is_marked_among_the_rest() -> None:
    one, other = kinds.people()
    people = [one, other._replace(excluded=True)]
    assert [row["status"] for row in cells(by_person(kinds.edition(), people, kinds.PLACES))] == ["counted", "excluded"]
    listed = cells(by_answer(kinds.edition().questionnaire, people, excluded=True))
    assert {(row["respondent"], row["status"]) for row in listed} == {(1, "counted"), (2, "excluded")}


def test_beside_the_open_link_the_mark_of_who_is_excluded_has_its_own_place() -> None:
    edition = _with_open_officials(kinds.edition())
    people = [person._replace(excluded=person.number == 1) for person in kinds.people()]
    listed = cells(by_answer(edition.questionnaire, people, excluded=True))
    marks = {(row["respondent"], row["status"], row["open_link"]) for row in listed}
    assert marks == {(1, "excluded", 0), (2, "counted", 1)}


def test_an_answer_that_a_page_does_not_offer_but_a_file_may_hold_has_a_place() -> None:
    people = [Person(1, "GM0141", "governor", {"agrees": "na"})]
    table = by_person(kinds.edition(), people, kinds.PLACES)
    column = next(column for column in table.columns if column.key == "agrees")
    assert column.numbers[cells(table)[0]["agrees"]] == 99
