"""Which pages about results there are, for whom, and what is on none of them."""

import re
from pathlib import Path

import pytest

from surveyapp.web import overviews as room
from surveyapp.web.overviews.opening import FOR_TEAM, OVERVIEWS
from tests.web.staff import Stage

PARTS = {"theme": "g1", "question": "g1_1", "other": "g1_importance"}
ROOM = Path(room.__file__).parent
FOR_ONE = [overview for overview in OVERVIEWS if overview.for_one]


def filled(path: str) -> str:
    """The path of a page with a theme or question of the study in it."""
    return re.sub(r"<(\w+)>", lambda part: PARTS[part[1]], path)


ROOMS = [
    ("anna", "/scores", (*OVERVIEWS, *FOR_TEAM)),
    ("lead", "/publication", OVERVIEWS),
    ("bram", "/publication/organisations/GM0141", FOR_ONE),
]


@pytest.mark.parametrize(("who", "prefix", "overviews"), ROOMS)
def test_every_page_opens_and_says_which_it_is_in_the_menu(
    published: Stage, who: str, prefix: str, overviews: list[object]
) -> None:
    for overview in (*OVERVIEWS, *FOR_TEAM):
        if overview not in overviews:
            continue
        page = published.page(who, f"{prefix}{filled(overview.path)}?language=en")
        assert page.count("<h1") == 1
        assert not re.search(r"\bnan\b|None|Traceback", page), overview.name
        here = re.findall(r'<a [^>]*aria-current="page"[^>]*>([^<]+)</a>', page)
        assert (overview.title in here) == bool(overview.title)


@pytest.mark.parametrize(("who", "prefix", "overviews"), ROOMS)
def test_every_link_in_the_menu_leads_to_a_page(
    published: Stage, who: str, prefix: str, overviews: list[object]
) -> None:
    del overviews
    page = published.page(who, f"{prefix}/roles?language=en")
    menu = re.search(r'<nav class="choices overviews".*?</nav>', page, re.DOTALL)
    assert menu is not None
    links = re.findall(r'href="([^"]+)"', menu[0])
    assert len(links) > 3
    assert {published.client(who).get(link.replace("&amp;", "&")).status_code for link in links} == {200}


def test_the_room_knows_no_unprotected_results() -> None:
    """What a page shows is what its reader brings; only the lookups name both kinds of results."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in ROOM.glob("*.py"))
    for forbidden in (
        "web.unprotected",
        "queries.counts",
        "analysis.analyse",
        "analysis.results",
    ):
        assert forbidden not in code, forbidden


def test_the_page_of_an_organisation_leads_to_the_other_pages_about_it(published: Stage) -> None:
    page = published.page("bram", "/publication/organisations/GM0141?language=en")
    menu = re.search(r'<nav class="choices overviews".*?</nav>', page, re.DOTALL)
    assert menu is not None
    links = {link.partition("?")[0] for link in re.findall(r'href="([^"]+)"', menu[0])}
    own = "/evaluations/samen/publication/organisations/GM0141"
    assert links == {f"{own}{overview.path}" for overview in FOR_ONE if overview.title}


def test_pages_of_one_organisation_name_no_other(published: Stage) -> None:
    for overview in FOR_ONE:
        page = published.page("bram", f"/publication/organisations/GM0141{filled(overview.path)}")
        assert "Borne" not in page, overview.name
        assert "Enschede" not in page, overview.name


def test_who_sees_one_organisation_has_no_pages_that_set_organisations_beside_each_other(published: Stage) -> None:
    for path in ("comparison", "map"):
        assert published.client("bram").get(f"/evaluations/samen/publication/{path}").status_code == 403
        there = f"/evaluations/samen/publication/organisations/GM0141/{path}"
        assert published.client("bram").get(there).status_code == 404


def test_another_organisation_is_not_for_a_reader_of_one(published: Stage) -> None:
    for overview in FOR_ONE:
        path = f"/evaluations/samen/publication/organisations/GM0147{filled(overview.path)}"
        assert published.client("bram").get(path).status_code in {403, 404}, overview.name


@pytest.mark.parametrize(
    ("who", "prefix"),
    [("lead", "/publication"), ("bram", "/publication/organisations/GM0141"), ("anna", "/publication")],
)
def test_what_only_the_team_looks_at_is_nowhere_else(published: Stage, who: str, prefix: str) -> None:
    menu = published.page(who, f"{prefix}/response?language=en")
    for overview in FOR_TEAM:
        assert overview.title not in menu
        assert published.client(who).get(f"/evaluations/samen{prefix}{overview.path}").status_code == 404
        assert published.client("lead").get(f"/evaluations/samen/scores{overview.path}").status_code == 403


@pytest.mark.parametrize("path", ["/themes/nothing", "/statements/nothing", "/statements/g1_good", "/questions/g1_1"])
@pytest.mark.parametrize("prefix", ["/scores", "/publication"])
def test_a_page_about_what_is_not_there_is_not_there(published: Stage, prefix: str, path: str) -> None:
    assert published.client("anna").get(f"/evaluations/samen{prefix}{path}").status_code == 404


@pytest.mark.parametrize("prefix", ["/scores", "/publication"])
def test_filters_that_make_no_sense_show_what_there_is_without_them(published: Stage, prefix: str) -> None:
    hostile = "?role=<b>&theme=%00x&order=;&first=x&second=x&organisation=GM9999&view=y"
    for overview in OVERVIEWS:
        answer = published.client("lead" if prefix == "/publication" else "anna").get(
            f"/evaluations/samen{prefix}{filled(overview.path)}{hostile}"
        )
        assert answer.status_code == 200, overview.name
        assert "<b>" not in answer.text


def test_every_number_has_its_meaning_beside_it(published: Stage) -> None:
    for overview in OVERVIEWS:
        page = published.page("anna", f"/scores{filled(overview.path)}?language=en")
        if "<figure" in page and overview.name != "question":
            assert "What do these numbers mean?" in page, overview.name
