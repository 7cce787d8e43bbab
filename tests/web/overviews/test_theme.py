"""One theme, for the team and for who reads the publication."""

import re

from surveyapp.analysis.counts import EVERYONE
from tests.web.staff import Stage


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
