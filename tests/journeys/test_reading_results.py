"""Everybody reads the results they may see: every page in a browser, on a telephone, with its figures drawn."""

import re
from pathlib import Path

import pytest

from surveyapp.web.overviews.opening import OVERVIEWS, Overview
from tests.journeys.conftest import Demonstration, Visitor
from tests.journeys.markup import Checker

pytestmark = pytest.mark.browser
OWN = "GM0147"
FOR_ONE = tuple(overview for overview in OVERVIEWS if overview.for_one)
WITH_FIGURES = {"heatmap", "theme", "statement", "roles", "importance", "map", "response", "question", "comparison"}
"""The pages that the demonstration has a figure for; its first wave has none before it."""


def path_of(overview: Overview) -> str:
    """The page with a theme and a question of the demonstration in its address."""
    parts = {"theme": "g1", "question": "g1_1", "other": "g1_importance"}
    return re.sub(r"<(\w+)>", lambda part: parts[part[1]], overview.path)


def read(visitor: Visitor, checker: Checker, address: str, overview: Overview) -> None:
    """One page: its figures are there, it says what its numbers mean, and its HTML is in order."""
    visitor.open(f"{address}{path_of(overview)}")
    figures = visitor.page.locator("figure img")
    assert bool(figures.count()) == (overview.name in WITH_FIGURES), visitor.page.url
    for figure in figures.all():
        assert len(str(figure.get_attribute("alt"))) > 40
    if figures.count() and overview.name != "question":
        visitor.reads("Wat betekenen deze cijfers?")
    visitor.faults += [f"{visitor.page.url}: {fault}" for fault in checker.faults(visitor.page.content())]


@pytest.mark.parametrize("scripts", [True])
def test_a_researcher_reads_every_page_about_results(
    visitor: Visitor, checker: Checker, demonstration: Demonstration
) -> None:
    visitor.open(demonstration.links["researcher"])
    for overview in OVERVIEWS:
        read(visitor, checker, f"{demonstration.study}/scores", overview)
        visitor.reads("(onbeschermd)")


@pytest.mark.parametrize("scripts", [False])
def test_a_project_lead_reads_the_same_of_what_was_published(
    visitor: Visitor, checker: Checker, demonstration: Demonstration
) -> None:
    visitor.open(demonstration.links["project_lead"])
    for overview in OVERVIEWS:
        read(visitor, checker, f"{demonstration.study}/publication", overview)
        assert "onbeschermd" not in visitor.page.inner_text("body")
        visitor.reads("Hoe deze cijfers zijn beschermd")


@pytest.mark.parametrize("scripts", [False])
def test_a_municipality_reads_about_itself_and_the_region(
    visitor: Visitor, checker: Checker, demonstration: Demonstration
) -> None:
    visitor.open(demonstration.links["municipality"])
    for overview in FOR_ONE:
        read(visitor, checker, f"{demonstration.study}/publication/organisations/{OWN}", overview)
        assert "Almelo" not in visitor.page.inner_text("main")


@pytest.mark.parametrize("scripts", [True])
def test_a_filter_is_a_link_that_can_be_kept_and_a_figure_a_file(
    visitor: Visitor, demonstration: Demonstration
) -> None:
    visitor.open(demonstration.links["project_lead"])
    visitor.open(f"{demonstration.study}/publication")
    visitor.follow("gelijkende bij elkaar")
    kept = visitor.page.url
    assert "order=cluster" in kept
    order = visitor.page.locator("figure tbody th").all_text_contents()
    visitor.open(kept)
    assert visitor.page.locator("figure tbody th").all_text_contents() == order
    for form in ("SVG", "PNG", "CSV"):
        link = visitor.page.get_by_role("link", name=re.compile(f"^{form} van ")).first
        with visitor.page.expect_download() as download:
            link.click()
        assert Path(download.value.path()).stat().st_size > 200
