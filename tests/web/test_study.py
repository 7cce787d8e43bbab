"""Who may open which page of a study."""

import re

import pytest

from surveyapp.web import renderings
from tests.web.staff import Stage

TEAM = (
    "/scores",
    "/scores?role=official",
    "/scores?view=balanced",
    "/scores/themes/g1",
    "/scores/organisations/GM0141",
    "/scores.csv",
    "/gaps.csv",
    "/shrinkage.csv",
    "/agenda.csv",
    "/interviews",
    "/interviews/GM0141",
    "/open-links",
)
EVERYTHING_PUBLISHED = ("/publication", "/publication/themes/g1", "/publication/scores.csv", "/publication/gaps.csv")
OF_ALMELO = (
    "/publication/organisations/GM0141",
    "/publication/organisations/GM0141/scores.csv",
    "/publication/organisations/GM0141/gaps.csv",
)
OF_BORNE = tuple(path.replace("GM0141", "GM0147") for path in OF_ALMELO)
PAGES = ("", *TEAM, *EVERYTHING_PUBLISHED, *OF_ALMELO, *OF_BORNE)


def statuses(stage: Stage, who: str | None) -> dict[str, int]:
    client = stage.client(who)
    return {path: client.get(f"/evaluations/samen{path}").status_code for path in PAGES}


def expected(*parts: tuple[tuple[str, ...], int]) -> dict[str, int]:
    return {path: status for paths, status in parts for path in paths}


def test_nobody_is_sent_to_the_door(published: Stage) -> None:
    assert statuses(published, None) == expected((PAGES, 302))
    answer = published.client().get("/evaluations/samen/scores?role=official")
    assert answer.location == "/sign-in?next=/evaluations/samen/scores?role%3Dofficial"


@pytest.mark.parametrize("who", ["anna", "owner"])
def test_a_researcher_and_an_owner_see_everything(published: Stage, who: str) -> None:
    assert statuses(published, who) == expected((PAGES, 200))


def test_a_project_lead_sees_the_publication_and_nothing_unprotected(published: Stage) -> None:
    assert statuses(published, "lead") == expected(
        (("",), 200), (TEAM, 403), (EVERYTHING_PUBLISHED, 200), (OF_ALMELO, 200), (OF_BORNE, 200)
    )


def test_a_reader_of_a_municipality_sees_its_own_page_of_the_publication_only(published: Stage) -> None:
    assert statuses(published, "bram") == expected(
        (("",), 200), (TEAM, 403), (EVERYTHING_PUBLISHED, 403), (OF_ALMELO, 200), (OF_BORNE, 403)
    )


def test_a_reader_of_another_municipality_sees_that_one_only(published: Stage) -> None:
    assert statuses(published, "carla") == expected(
        (("",), 200), (TEAM, 403), (EVERYTHING_PUBLISHED, 403), (OF_ALMELO, 403), (OF_BORNE, 200)
    )


def test_a_researcher_of_another_study_is_told_that_there_is_nothing(published: Stage) -> None:
    assert statuses(published, "dirk") == expected((PAGES, 404))


def test_the_printed_guide_is_for_the_team_only(published: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renderings, "PATIENCE", 0.0)
    path = "/evaluations/samen/interviews/GM0141.pdf"
    found = {who: published.client(who).get(path).status_code for who in ("anna", "lead", "bram", "carla", "dirk")}
    assert found == {"anna": 503, "lead": 403, "bram": 403, "carla": 403, "dirk": 404}
    assert published.client().get(path).status_code == 302


@pytest.mark.parametrize("path", ["niets", "niets/scores", "samen/scores/themes/g9", "samen/publication/themes/g9"])
def test_what_is_not_there_is_not_found(published: Stage, path: str) -> None:
    assert published.client("anna").get(f"/evaluations/{path}").status_code == 404


@pytest.mark.parametrize("code", ["GM9999", "all", "%3Cscript%3E"])
def test_an_organisation_that_does_not_take_part_is_not_found(published: Stage, code: str) -> None:
    client = published.client("anna")
    for path in ("scores/organisations", "interviews", "publication/organisations"):
        assert client.get(f"/evaluations/samen/{path}/{code}").status_code == 404


@pytest.mark.parametrize(
    ("who", "sections"),
    [
        (
            "anna",
            [
                "Overview",
                *("Set-up", "Colleagues and readers", "Privacy"),
                *("People", "Open links", "Mail", "Response"),
                *("Scores", "Interviews", "Themes"),
                *("Findings", "Publication", "Reports"),
                *("Approvals", "Log"),
            ],
        ),
        ("lead", ["Overview", "Publication", "Reports", "Findings"]),
        ("bram", ["Overview", "Findings", "Almelo", "Reports"]),
        ("ina", ["Overview", "Interviews"]),
        ("otto", ["Overview", "Log"]),
    ],
)
def test_the_navigation_names_what_somebody_may_open(published: Stage, who: str, sections: list[str]) -> None:
    page = published.page(who, "?language=en")
    assert re.findall(r"<li><a [^>]+>([^<]+)</a>", _navigation(page)) == sections


@pytest.mark.parametrize(
    ("who", "groups"),
    [
        ("anna", ["Preparation", "Fieldwork", "Analysis", "Report", "Accountability"]),
        ("lead", []),
        ("bram", []),
        ("ina", []),
    ],
)
def test_many_pages_are_in_groups_in_the_order_of_the_work(published: Stage, who: str, groups: list[str]) -> None:
    navigation = _navigation(published.page(who, "?language=en"))
    assert re.findall(r"<span>([^<]+)</span>\s*<a [^>]+>\1</a>", navigation) == groups


def test_the_group_of_the_page_is_marked_and_leads_to_its_first(published: Stage) -> None:
    navigation = _navigation(published.page("anna", "/open-links?language=en"))
    assert re.findall(r'<li class="group here"><span>([^<]+)</span>\s*<a [^>]+href="([^"?]+)[^>]*>', navigation) == [
        ("Fieldwork", "/evaluations/samen/people")
    ]
    assert "here" not in _navigation(published.page("anna", "?language=en"))


def _navigation(page: str) -> str:
    return page[page.index('<nav class="frame tabs"') : page.index("<main")]


def test_the_navigation_marks_where_somebody_is(published: Stage) -> None:
    page = published.page("anna", "/scores/themes/g1?language=en")
    assert 'aria-current="page">Scores</a>' in page
    assert page[: page.index("<main")].count("aria-current") == 1


def test_who_has_more_studies_comes_back_to_the_list_from_every_page_but_the_list(published: Stage) -> None:
    def leads_back(who: str, path: str) -> bool:
        return ">All studies</a>" in published.client(who).get(f"{path}?language=en").get_data(as_text=True)

    assert leads_back("owner", "/evaluations/samen/scores")
    assert not leads_back("owner", "/evaluations")
    assert not leads_back("owner", "/account")
    for who in ("anna", "bram", "lead"):
        assert not leads_back(who, "/evaluations/samen")


def test_an_owner_finds_the_pages_that_belong_to_no_study_and_others_do_not(published: Stage) -> None:
    def tabs(who: str, path: str) -> list[str]:
        page = published.client(who).get(f"{path}?language=en").get_data(as_text=True)
        _before, found, rest = page.partition("Pages of this installation")
        return re.findall(r'href="(/[\w-]+)\?language=en"', rest.partition("</nav>")[0]) if found else []

    assert tabs("owner", "/jobs") == ["/evaluations", "/users", "/jobs", "/log"]
    assert tabs("owner", "/account") == ["/evaluations", "/users", "/jobs", "/log"]
    assert tabs("anna", "/account") == []
    assert tabs("owner", "/evaluations/samen/jobs") == []
