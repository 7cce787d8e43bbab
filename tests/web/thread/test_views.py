"""The thread is walked from a recommendation to a score and back, by everybody as far as they may."""

import re

import pytest
from sqlalchemy import select

from surveyapp.actions import findings, recommendations
from surveyapp.actions.findings import Said
from surveyapp.actions.grounding import score_target
from surveyapp.actions.recommendations import Advised
from surveyapp.models import Evaluation, Membership, User, Wave
from tests.web.staff import Stage, set_up

THREAD = "/thread"
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""What both databases keep is tested with the verbs."""


JUDGED = ("partly", "Twee van de drie normen.")


@pytest.fixture
def told(stage: Stage) -> Stage:
    """Finding 1 about the region, 2 about Borne, 3 not in the report; a recommendation follows from all three."""
    set_up(stage, published=True)
    with stage.database.session() as session:
        evaluation = session.scalars(select(Evaluation).where(Evaluation.slug == "samen")).one()
        wave = session.scalars(select(Wave).where(Wave.evaluation_id == evaluation.id)).one()
        anna = session.scalars(select(User).where(User.name == "Anna")).one()
        borne = session.scalars(select(Membership).where(Membership.evaluation_id == evaluation.id)).all()[1]
        written = [
            findings.write(session, wave=wave, said=Said("g1", fact, place, "", *JUDGED), by=anna)
            for fact, place in (("Over de regio.", None), ("Over Borne.", borne), ("Nog geheim.", None))
        ]
        for finding in written[:2]:
            findings.show(session, finding=finding, in_report=True, by=anna)
        for target in (score_target("theme", "g1"), score_target("theme", "g1", "GM0141", "governor")):
            findings.link(session, finding=written[0], kind="score", target=target, stance="supports", by=anna)
        advised = Advised("Maak huiswerk.", "De stuurgroep", "process", "now", "small")
        advice = recommendations.write(session, wave=wave, advised=advised, findings=written, by=anna)
        recommendations.show(session, recommendation=advice, in_report=True, by=anna)
        session.commit()
    return stage


def _links(page: str) -> set[str]:
    return set(re.findall(r"/thread/([a-z]+/[^\"?]+)", page))


def test_the_team_walks_from_a_recommendation_to_the_answers_and_back(told: Stage) -> None:
    page = told.page("anna", f"{THREAD}/recommendation/1?language=en")
    assert {"finding/1", "finding/2", "finding/3"} <= _links(page)
    page = told.page("anna", f"{THREAD}/finding/1?language=en")
    assert {"score/theme:g1:all:all", "score/theme:g1:GM0141:governor", "recommendation/1"} <= _links(page)
    page = told.page("anna", f"{THREAD}/score/theme:g1:all:all?language=en")
    assert re.search(r"\d[.,]\d\d, of 16 answers", page)
    assert "Norm" in page
    assert "finding/1" in _links(page)
    assert "/evaluations/samen/scores/themes/g1" in page


@pytest.mark.parametrize("who", ["anna", "lead", "bram"])
def test_a_finding_says_apart_from_the_facts_what_the_norm_makes_of_it(told: Stage, who: str) -> None:
    page = told.page(who, f"{THREAD}/finding/1?language=en")
    assert page.index("Over de regio.") < page.index(
        "<strong>The norm is partly met</strong>: Twee van de drie normen."
    )
    assert "norm is" not in told.page(who, f"{THREAD}/recommendation/1?language=en")


def test_who_leads_the_project_sees_how_much_there_is_and_of_what_kind(told: Stage) -> None:
    page = told.page("lead", f"{THREAD}/recommendation/1?language=en")
    assert {"finding/1", "finding/2"} <= _links(page)
    assert "Nog geheim" not in page
    assert "which you may not see: 1 finding." in page
    page = told.page("lead", f"{THREAD}/finding/1?language=en")
    assert "which you may not see: 1 score." in page
    assert "GM0141" not in page
    assert "/findings/" not in page
    assert "/publication/themes/g1" in told.page("lead", f"{THREAD}/score/theme:g1:all:all")


def test_an_organisation_sees_nothing_about_another(told: Stage) -> None:
    page = told.page("bram", f"{THREAD}?language=en")
    assert _links(page) == {"finding/1", "recommendation/1"}
    page = told.page("bram", f"{THREAD}/recommendation/1?language=en")
    assert "Over Borne" not in page
    assert "which you may not see: 2 findings." in page
    assert "Over Borne" in told.page("carla", THREAD)
    for hidden in ("finding/2", "finding/3", "score/theme:g1:GM0147:all", "score/theme:g1:GM0141:governor"):
        assert told.client("bram").get(f"/evaluations/samen{THREAD}/{hidden}").status_code == 404


def test_what_is_not_there_is_not_found(told: Stage) -> None:
    for key in ("finding/99", "nothing/1", "score/x", "score/a:b:c:d", "topic/GM0141:g1", "code/x", "note/x"):
        for who in ("anna", "lead"):
            status = told.client(who).get(f"/evaluations/samen{THREAD}/{key}").status_code
            assert status == 404, (who, key, status)


def test_who_reads_no_publication_walks_nowhere(told: Stage) -> None:
    for who, status in (("ina", 403), ("otto", 403), ("dirk", 404)):
        for path in (THREAD, f"{THREAD}/finding/1"):
            assert told.client(who).get(f"/evaluations/samen{path}").status_code == status, who


def test_before_anything_is_published_readers_find_nothing(stage: Stage) -> None:
    set_up(stage)
    assert "There are no findings to show yet." in stage.page("lead", f"{THREAD}?language=en")
