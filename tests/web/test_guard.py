"""Every route says who may open it."""

from dataclasses import dataclass

import pytest
from flask import Flask

from surveyapp.access import Permission, Scope
from surveyapp.errors import NotAllowed, NotFound
from surveyapp.web.guard import check, public, refuse_undeclared, undeclared
from tests.web.conftest import Study
from tests.web.staff import Stage, set_up


@dataclass(frozen=True)
class Right:
    role: str
    evaluation_id: int | None = 1
    membership_id: int | None = None


@dataclass(frozen=True)
class Somebody:
    grants: tuple[Right, ...] = ()


def test_every_route_of_the_application_declares_who_may_open_it(study: Study) -> None:
    assert undeclared(study.app) == []


def test_a_route_without_a_declaration_stops_the_application() -> None:
    app = Flask("some", static_folder=None)
    app.add_url_rule("/open", view_func=public("a test")(lambda: "open"), endpoint="open")
    app.add_url_rule("/forgotten", view_func=lambda: "forgotten", endpoint="forgotten")
    with pytest.raises(RuntimeError, match="/forgotten"):
        refuse_undeclared(app)


def test_who_may_not_know_of_the_evaluation_is_told_that_it_is_not_there() -> None:
    with pytest.raises(NotFound):
        check(Somebody(), Permission.RESULTS_ANALYSE, Scope(evaluation_id=1))


def test_who_knows_of_it_but_lacks_the_right_is_refused() -> None:
    with pytest.raises(NotAllowed):
        check(Somebody((Right("project_lead"),)), Permission.RESULTS_ANALYSE, Scope(evaluation_id=1))


def test_a_researcher_of_the_evaluation_comes_in() -> None:
    check(Somebody((Right("researcher"),)), Permission.RESULTS_ANALYSE, Scope(evaluation_id=1))


def test_a_number_that_no_database_can_hold_is_not_there_wherever_it_stands(stage: Stage) -> None:
    set_up(stage)
    client = stage.client("owner")
    proof = client.get("/account").text.partition('name="csrf_token" value="')[2].partition('"')[0]
    rules = [rule for rule in stage.app.url_map.iter_rules() if "<int" in str(rule)]
    assert rules
    for rule in rules:
        parts = ["2147483648" if "<int" in part else "samen" if "<" in part else part for part in str(rule).split("/")]
        for address in ("/".join(parts), "/".join(parts).replace("2147483648", "9" * 5_000)):
            method = "POST" if "POST" in (rule.methods or ()) else "GET"
            answer = client.open(address, method=method, data={"csrf_token": proof} if method == "POST" else None)
            assert answer.status_code in {404, 405}, (method, str(rule))
