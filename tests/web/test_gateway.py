"""A web process loads the pages of the team when the team first comes, and who answers never waits for that."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import TYPE_CHECKING

import pytest
from werkzeug.test import Client
from werkzeug.wrappers import Response

from surveyapp.app import create_app, serve
from surveyapp.config import MissingSetting, Settings
from surveyapp.models.database import Database
from surveyapp.web import gateway
from surveyapp.web.gateway import Gateway
from tests.web.conftest import Study

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

PROGRAM = """
import json, sys
from werkzeug.test import Client
from surveyapp.app import serve

client = Client(serve())
heavy = {"pandas", "numpy", "scipy", "surveyapp.analysis", "alembic", "surveyapp.cli"}

def ask(*addresses):
    return [client.get(address).status_code for address in addresses], sorted(heavy & set(sys.modules))

print(json.dumps([ask(*addresses) for addresses in json.loads(sys.argv[1])]))
"""


def asked_of_a_new_process(settings: Settings, *addresses: list[str]) -> list[tuple[list[int], list[str]]]:
    """For each group of addresses: the status of each answer, and what is loaded afterwards."""
    environment = {"SURVEYAPP_DATABASE_URL": settings.database_url, "SURVEYAPP_SECRET_KEY": settings.secret_key}
    command = [sys.executable, "-c", PROGRAM, json.dumps(addresses)]
    answer = subprocess.run(command, env=os.environ | environment, capture_output=True, text=True, check=True)
    return [(statuses, loaded) for statuses, loaded in json.loads(answer.stdout)]


def first_parts(addresses: list[str]) -> set[str]:
    return {address.split("/")[1] for address in addresses}


@pytest.fixture
def opened(settings: Settings) -> Iterator[Gateway]:
    made = serve(settings)
    yield made
    made.database.dispose()


def test_who_answers_makes_a_process_load_neither_frames_nor_the_prompt(settings: Settings, study: Study) -> None:
    link = study.invite()
    for_respondents = [
        link,
        f"{link}/1",
        f"{link}/thanks",
        "/o/unknown",
        "/c/unknown",
        "/copy/unknown",
        "/review/unknown",
        "/privacy",
    ]
    unknown = ["/favicon.ico", "/wp-admin/setup.php", "/r"]
    answering, trying, team = asked_of_a_new_process(settings, for_respondents, unknown, ["/evaluations", "/sign-in"])
    assert answering[0][0] == 200
    assert 500 not in answering[0]
    assert answering[1] == []
    assert trying == ([404, 404, 404], [])
    assert team[0] == [302, 200]
    assert {"numpy", "pandas", "surveyapp.analysis"} <= set(team[1])
    assert "surveyapp.cli" not in team[1]


def test_every_address_leads_to_an_application_that_has_it(settings: Settings, opened: Gateway) -> None:
    whole = create_app(settings)
    every = {rule.rule for rule in whole.url_map.iter_rules()}
    theirs = {rule.rule for rule in opened.for_respondents.url_map.iter_rules()}
    whole.extensions["surveyapp.database"].dispose()
    assert theirs < every
    assert first_parts(sorted(every - theirs)) == gateway.OF_THE_TEAM
    assert not first_parts(sorted(theirs)) & gateway.OF_THE_TEAM


def test_the_whole_is_put_together_once_on_the_same_database_while_others_are_answered(settings: Settings) -> None:
    given: list[Database] = []
    loading, answered = Event(), Event()

    def load(_settings: Settings, database: Database) -> "WSGIApplication":
        given.append(database)
        loading.set()
        assert answered.wait(20)
        return Response("of the team")

    opened = Gateway(settings, load)
    with ThreadPoolExecutor(2) as team:
        asked = [team.submit(Client(opened).get, "/evaluations") for _ in range(2)]
        assert loading.wait(20)
        assert Client(opened).get("/healthz").text == "ok\n"
        answered.set()
        assert [future.result().text for future in asked] == ["of the team"] * 2
    assert given == [opened.database]
    assert opened.for_respondents.extensions["surveyapp.database"] is opened.database
    opened.database.dispose()


def test_what_could_not_be_loaded_is_tried_again(settings: Settings) -> None:
    outcomes = iter((MissingSetting("not now"), None))

    def load(_settings: Settings, _database: Database) -> "WSGIApplication":
        if problem := next(outcomes):
            raise problem
        return Response("of the team")

    opened = Gateway(settings, load)
    with pytest.raises(MissingSetting):
        Client(opened).get("/sign-in")
    assert Client(opened).get("/sign-in").text == "of the team"
    opened.database.dispose()
