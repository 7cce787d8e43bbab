"""What is seen of the frozen, protected results outside the research team."""

import ast
import csv
import io
import re
from pathlib import Path

import pytest

import surveyapp.web.publication
from surveyapp.web.overviews.reader import Reader
from tests.web.staff import ANSWERS, Stage, set_up, set_up_without_wave, texts

PAGES = (
    "/publication",
    "/publication/themes/g1",
    "/publication/organisations/GM0141",
    "/publication/organisations/GM0153",
)
ROOM = Path(surveyapp.web.publication.__file__).parent


def rows(stage: Stage, who: str, path: str) -> list[dict[str, str]]:
    answer = stage.client(who).get(f"/evaluations/samen/publication{path}")
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.get_data(as_text=True))))


def test_the_room_knows_no_unprotected_results() -> None:
    forbidden = {
        "surveyapp.analysis.results",
        "surveyapp.analysis.analyse",
        "surveyapp.queries.counts",
        "surveyapp.web.unprotected",
    }
    names = set()
    for file in ROOM.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    assert "surveyapp.analysis.disclosure" in names
    assert names & forbidden == set()


def test_every_page_says_under_which_regime_and_threshold(published: Stage) -> None:
    for path in PAGES:
        assert "Regime: confidential. Threshold: 5 people." in published.page("lead", f"{path}?language=en")


def test_a_small_organisation_is_hidden_and_the_page_says_why(published: Stage) -> None:
    page = published.page("lead", "/publication?language=en")
    enschede = page[page.index('organisations/GM0153?language=en">') :]
    cells = re.findall(r'<td class="number">([^<]+)</td>', enschede)[:8]
    assert cells == [*["hidden: fewer than 5 answers"] * 7, "fewer than 5"]
    assert "a number that rests on fewer than 5 people is not shown" in page


def test_nothing_for_interviews_is_in_a_publication(published: Stage) -> None:
    pages = texts(published.page("lead", f"{path}?language=en") for path in PAGES)
    assert "huiswerk met een" not in pages
    for words in ("Ask further", "Priority", "What people wrote", "The score is low", "Interview guide"):
        assert words not in pages


def test_a_reader_sees_its_own_organisation_and_the_region_only(published: Stage) -> None:
    page = published.page("bram", "/publication/organisations/GM0141")
    assert "Almelo" in page
    assert "Borne" not in page
    assert "Enschede" not in page
    files = rows(published, "bram", "/organisations/GM0141/scores.csv")
    assert {row["organisation"] for row in files} == {"GM0141", "all"}


def test_a_lead_downloads_the_whole_publication_in_the_rounding_that_passed_the_gate(published: Stage) -> None:
    found = rows(published, "lead", "/scores.csv")
    assert {row["organisation"] for row in found} == {"GM0141", "GM0147", "GM0153", "all"}
    means = [row["mean"] for row in found if row["mean"]]
    assert means
    assert all(re.fullmatch(r"\d\.\d\d", mean) for mean in means)
    small = [row for row in found if row["organisation"] == "GM0153"]
    assert {row["suppressed"] for row in small} <= {"small", "linked"}
    assert {row["mean"] + row["n"] + row["responded"] for row in small} == {""}


def test_no_number_of_a_hidden_row_reaches_a_page(published: Stage) -> None:
    """The table of the small organisation holds marks where its numbers would be."""
    page = published.page("lead", "/publication/organisations/GM0153?language=en")
    table = page[page.index("<tbody>", page.index('id="scores"')) :]
    own = [re.findall(r"<td[^>]*>(.*?)</td>", row)[:2] for row in re.findall(r"<tr.*?</tr>", table)]
    assert len(own) == 47
    words = {re.sub(r"<[^>]+>", " ", cell).strip() for cells in own for cell in cells}
    assert {" ".join(said.split()) for said in words} <= {
        "&lt;5",
        "–",
        "n&lt;5 hidden: fewer than 5 answers",
        "• hidden: a small group could be calculated from it",
    }


def test_on_behalf_of_the_organisation_nothing_is_hidden(stage: Stage) -> None:
    set_up(stage, published=True, regime="attributable")
    page = stage.page("lead", "/publication?language=en")
    assert "Nothing is hidden." in page
    assert "hidden:" not in page
    assert "fewer than" not in page


def test_a_statement_that_was_not_put_to_a_role_is_not_called_hidden(
    published: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Reader, "regional_roles", property(lambda reader: reader.questionnaire.roles))
    page = published.page("lead", "/publication/themes/g1?language=en")
    table = page[page.index('id="statements"') :]
    heads = re.findall(r'<th[^>]*scope="col"[^>]*>(.*?)</th>', table)

    def governors(words: str) -> str:
        row = next(row for row in re.findall(r"<tr.*?</tr>", table, flags=re.DOTALL) if words in row)
        return str(re.findall(r"<td.*?</td>", row, flags=re.DOTALL)[heads.index("Governors") - 1])

    assert "hidden:" in governors("which problems the procurement had to solve")
    assert "not asked" in governors("reliable figures on the use of care")


@pytest.mark.parametrize(("regime", "shown"), [("attributable", True), ("confidential", False)])
def test_an_organisation_sees_its_roles_apart_only_where_that_was_the_promise(
    stage: Stage, regime: str, shown: bool
) -> None:
    set_up(stage, published=True, regime=regime)
    page = stage.page("bram", "/publication/organisations/GM0141?language=en")
    table = page[page.index('id="scores"') :]
    assert ("Governors</th>" in table, "Officials</th>" in table) == (shown, shown)


@pytest.mark.parametrize("who", ["lead", "anna"])
def test_before_it_is_published_the_pages_say_so(stage: Stage, who: str) -> None:
    set_up(stage)
    for path in PAGES:
        assert "Not published yet" in stage.page(who, f"{path}?language=en")
    assert stage.client(who).get("/evaluations/samen/publication/scores.csv").status_code == 404
    assert "Not published yet" in stage.page("bram", "/publication/organisations/GM0141?language=en")


def test_without_a_wave_the_pages_say_so(stage: Stage) -> None:
    set_up_without_wave(stage)
    for path in ("/publication", "/publication/themes/g1"):
        assert "Not published yet" in stage.page("lead", f"{path}?language=en")


@pytest.mark.parametrize("answers", ANSWERS)
def test_whatever_was_answered_a_publication_opens_and_invents_no_number(stage: Stage, answers: str) -> None:
    set_up(stage, answers=answers, published=True)
    pages = [stage.page("lead", path) for path in ("", *PAGES)]
    assert not re.search(r"\bnan\b|None|Traceback", texts(pages))


def test_a_publication_without_answers_shows_no_number(stage: Stage) -> None:
    set_up(stage, answers="silence", published=True)
    page = stage.page("lead", "/publication?language=en")
    table = page[page.index("<tbody>") : page.index("</tbody>")]
    assert re.findall(r">\d[.,]\d\d<", table) == []
    assert "There are no figures to show." in page
