"""One theme, for the team and for who reads the publication."""

import re

import pytest
from sqlalchemy.orm import Session

from surveyapp.analysis.counts import EVERYONE
from tests import cast
from tests.web import staff
from tests.web.staff import ANSWERS, Stage, set_up


def test_the_team_gets_careful_estimates_and_nobody_else_does(published: Stage) -> None:
    team = published.page("anna", "/scores/themes/g1?language=en")
    lead = published.page("lead", "/publication/themes/g1?language=en")
    assert "Careful estimate" in team
    assert re.search(r"Almelo</a></th>.*?\d+%</td></tr>", team)
    assert "Careful estimate" not in lead


def test_outside_the_team_answers_spread_only_where_that_may_be_shown(published: Stage) -> None:
    """Sixteen people answered in the region, of whom three are governors."""
    page = published.page("lead", f"/publication/themes/g4?role={EVERYONE}&language=en")
    assert "<figure" in page[: page.index('id="statements"')]
    governors = published.page("lead", "/publication/themes/g4?role=governor&language=en")
    assert governors.count('aria-current="true">Governors') == 0, "three governors are no choice"


def test_it_lists_what_divides_an_organisation_with_the_number_of_people_it_rests_on(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staff, "edition", cast.edition)
    monkeypatch.setitem(ANSWERS, "divided", _divided)
    set_up(stage, answers="divided", published=True)
    team = stage.page("anna", "/scores/themes/t1?language=en")
    table = team[team.index('id="apart"') :].partition("</table>")[0]
    rows = [re.sub(r"<[^>]+>", " ", row).split() for row in re.findall(r"<tr><th scope=\"row\">.*?</tr>", table)]
    assert rows == [
        ["Almelo", "Goed?", "12", "2.00", "in", "two", "camps"],
        ["Borne", "Goed?", "5", "1.20", "divided"],
    ]
    lead = stage.page("lead", "/publication/themes/t1?language=en")
    assert not re.search(r'id="apart".*?Borne', lead, re.DOTALL), "five people are too few to say how they spread"


def _divided(session: Session, study: cast.Study) -> None:
    for number in range(12):
        study.respond(session, "official", member=0, t1_1=("1", "5")[number % 2], t1_2="2", t1_3="4", t2_1="3")
    for mark in "12345":
        study.respond(session, "official", member=1, t1_1=mark, t1_2="2", t1_3="4", t2_1="3")
    for mark in "333":
        study.respond(session, "official", member=2, t1_1=mark, t1_2="2", t1_3="4", t2_1="3")
