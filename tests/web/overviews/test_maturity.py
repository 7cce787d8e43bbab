"""The band of every theme in every organisation, and the level where there are gates."""

import json
import re

import pytest

from surveyapp.questionnaires.edition import Edition
from tests.web import staff
from tests.web.staff import Stage, edition, set_up


def cells(page: str, name: str) -> list[str]:
    row = re.search(rf">{name}(?:</a>)?</th>(.*?)</tr>", page, re.DOTALL)
    assert row is not None
    found = re.findall(r"<td>(.*?)</td>", row[1], re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in found]


def test_the_band_is_that_of_the_mean_and_says_where_it_is_on_the_edge(published: Stage) -> None:
    page = published.page("anna", "/scores/maturity?language=en")
    bands = {cell.partition(" (")[0] for cell in cells(page, "Almelo")}
    assert bands <= {"beginning", "developing", "in order", "exemplary"}
    assert cells(page, "Borne")[0].startswith("developing")


def test_outside_the_team_a_hidden_score_has_no_band(published: Stage) -> None:
    page = published.page("lead", "/publication/maturity?language=en")
    assert {cell.partition("hidden")[2] for cell in cells(page, "Enschede")} == {": fewer than 5 answers"}


def test_gates_tell_the_level_and_what_keeps_the_next_one_closed(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    document = json.loads(edition().to_json())
    asked = next(section for section in document["questionnaire"]["sections"] if section["theme"] == "g1")["questions"]
    for level, question in enumerate((one for one in asked if one["key"] in {"g1_1", "g1_3"}), 1):
        question["level"] = level
    gated = Edition.from_json(json.dumps(document))
    monkeypatch.setattr(staff, "edition", lambda: gated)
    set_up(stage)
    borne = cells(stage.page("anna", "/scores/maturity?language=en"), "Borne")[0]
    assert "level 0 of 2" in borne
    assert "What keeps the next level closed" in borne
