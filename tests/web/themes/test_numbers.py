"""How many people said what."""

from surveyapp.queries.code_counts import code_counts
from tests import cast
from tests.web.staff import Stage
from tests.web.themes.coded import GOOD, MONEY, SLOW, code, plain, put_on, the_wave


def test_the_team_sees_people_per_code_role_and_theme(stage: Stage) -> None:
    put_on(stage)
    code(stage, "anna", SLOW, "time")
    code(stage, "anna", MONEY, "money", "time")
    code(stage, "anna", GOOD, none="1")
    page = plain(stage.page("anna", "/themes/counts?language=en"))
    assert "People whose open answers were coded: 3." in page
    assert "Tempo 0 2 0 2 not shown not shown" in page
    assert "Geld 0 1 0 1 not shown not shown" in page
    assert "where at least 10 people said it" in page


def test_who_answers_for_an_organisation_is_counted_openly(stage: Stage) -> None:
    with stage.database.session() as session:
        cast.study(session, regime="attributable")
        assert code_counts(session, the_wave(session), "public") == []
