"""Every kind of question has its piece on every floor, under the same name; nothing else stands beside them."""

from pathlib import Path

import pytest

from surveyapp import content
from surveyapp.questionnaires.kinds import KINDS
from surveyapp.web.respond.kinds import PIECES
from tests.questionnaires.sampled import SAMPLES, questionnaire

PRODUCT = Path(__file__).parents[2] / "surveyapp"
SHARED = {"__init__", "asked", "options", "problems"}
"""Modules beside the kinds that all of them share."""


def stems(folder: Path, extension: str) -> set[str]:
    return {file.stem for file in folder.glob(f"*.{extension}")}


def test_every_kind_has_a_module_of_its_own() -> None:
    assert stems(PRODUCT / "questionnaires" / "kinds", "py") - SHARED == set(KINDS)
    for kind, question in KINDS.items():
        assert question.__module__ == f"surveyapp.questionnaires.kinds.{kind}"


def test_every_kind_has_its_piece_of_a_page() -> None:
    assert set(PIECES) == set(KINDS)
    assert stems(PRODUCT / "web" / "respond" / "kinds", "py") >= set(KINDS)
    assert stems(PRODUCT / "web" / "templates" / "respond" / "kinds", "html") == set(KINDS)


def test_every_kind_has_its_piece_of_a_paper_form() -> None:
    assert stems(content.folder("reports") / "paper", "html") >= set(KINDS)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_has_a_sample_that_shows_it(kind: str) -> None:
    assert (SAMPLES / f"{kind}.yaml").exists()
    assert kind in {question.kind for question in questionnaire(kind).questions.values()}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_says_what_an_answer_is(kind: str) -> None:
    """What the base class leaves open, each kind fills in."""
    for name in ("problem", "variables", "specimens", "advice"):
        assert name in vars(KINDS[kind]), name
