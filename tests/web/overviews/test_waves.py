"""What changed between two waves: for the team from the tallies, for others from what was printed."""

import re
from collections.abc import Sequence

import pytest
from sqlalchemy.orm import Session

from surveyapp.actions import publications, waves
from tests import cast
from tests.cast import Study
from tests.web.staff import Stage, admit_everybody

LOW, HIGH = (2, 3, 2, 3, 4, 2), (3, 4, 3, 4, 5, 3)


def answer(session: Session, study: Study, marks: Sequence[int]) -> None:
    for member in range(2):
        for mark in marks:
            study.respond(session, "official", member=member, t1_1=str(mark), t1_2="2", t1_3="4", t2_1=str(mark))
    study.respond(session, "official", member=2, t1_1="1", t1_2="5", t1_3="1", t2_1="1")
    waves.close(session, wave=study.wave, by=study.anna)
    publications.publish(session, wave=study.wave, by=study.anna)


@pytest.fixture
def twice(stage: Stage) -> Stage:
    """Almelo and Borne answered twice, half a point higher the second time; in Enschede one person did."""
    with stage.database.session() as session:
        first = cast.study(session)
        answer(session, first, LOW)
        answer(session, cast.another_wave(session, first), HIGH)
        admit_everybody(stage, session, first.evaluation, first.anna)
        session.commit()
    return stage


def lines(page: str) -> dict[str, list[str]]:
    table = page[page.index('id="changes"') :]
    rows = re.findall(r"<tr><th scope=\"row\">.*?</tr>", table, re.DOTALL)
    cells = [[re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row)] for row in rows]
    return {line[0]: line[1:] for line in cells}


def test_the_team_sees_by_how_much_each_theme_changed_and_whether_that_is_a_change(twice: Stage) -> None:
    found = lines(twice.page("anna", "/scores/waves?organisation=GM0141&language=en"))
    assert found["Dan"][:3] == ["6", "6", "+1.0"]
    assert found["Dan"][-1] == "changed"


def test_a_theme_is_opened_by_its_statements(twice: Stage) -> None:
    found = lines(twice.page("anna", "/scores/waves?theme=t1&organisation=GM0141&language=en"))
    assert {"Goed?", "Slecht?", "Dicht?"} < found.keys()
    assert found["Slecht?"][2] == "0.0"


def test_outside_the_team_the_change_is_that_of_the_printed_numbers(twice: Stage) -> None:
    page = twice.page("lead", "/publication/waves?organisation=GM0141&language=en")
    before = twice.page("lead", "/publication/organisations/GM0141?wave=1&language=en")
    after = twice.page("lead", "/publication/organisations/GM0141?language=en")
    found = lines(page)

    def printed(words: str) -> float:
        table = words[words.index('id="scores"') :]
        row = re.search(r">Dan</a></th><td[^>]*>[^<]*</td><td class=\"number\">([\d.]+)</td>", table)
        assert row is not None, "what is compared must be printed in both waves"
        return float(row[1])

    assert (printed(before), printed(after)) == (2.67, 3.67)
    assert found["Dan"][2] == "+1.0"


def test_outside_the_team_there_is_no_change_of_what_one_wave_hides(stage: Stage) -> None:
    with stage.database.session() as session:
        first = cast.study(session)
        answer(session, first, LOW)
        answer(session, cast.another_wave(session, first), HIGH[:4])
        admit_everybody(stage, session, first.evaluation, first.anna)
        session.commit()
    found = lines(stage.page("lead", "/publication/waves?organisation=GM0141&language=en"))
    assert set(found["Dan"][1:]) == {"–"}
    assert found["Dan"][0] in {"6", "–"}
    known = lines(stage.page("anna", "/scores/waves?organisation=GM0141&language=en"))
    assert known["Dan"][:2] == ["6", "4"]
    assert known["Dan"][2] != "–"


def test_the_only_one_of_an_organisation_is_in_neither_wave(twice: Stage) -> None:
    page = twice.page("lead", "/publication/waves?organisation=GM0153&language=en")
    assert {cell for line in lines(page).values() for cell in line} <= {"–"}
    assert "hidden" in page


def test_a_reader_of_one_organisation_sees_its_own_changes_and_those_of_the_region(twice: Stage) -> None:
    path = "/publication/organisations/GM0141/waves?organisation=GM0147&language=en"
    page = twice.page("bram", path)
    assert "Borne" not in page
    assert "Wave 2" in page


def test_of_a_first_wave_the_page_says_that_there_is_none_before(published: Stage) -> None:
    assert "There is no earlier wave" in published.page("anna", "/scores/waves?language=en")
    assert "There is no earlier wave" in published.page("lead", "/publication/waves?language=en")
