"""Writing in a report in the browser: beside what the machine says, with numbers that stay current."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from surveyapp.models import ReportText
from tests.web.posting import post
from tests.web.staff import Stage, drop_curtain, raise_curtain, set_up

LIST = "/evaluations/samen/reports/texts"
SUMMARY = f"{LIST}/nl/summary"
OWN = f"{LIST}/organisations/GM0141/nl/summary"
VERBS = ("", "/preview", "/read-over", "/clear")


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> tuple[Path, dict[str, str]]:
    """A database with Anna's study, published, and the cookie of everybody."""
    path = tmp_path_factory.mktemp("once") / "survey.db"
    shutil.copyfile(migrated_file, path)
    stage = raise_curtain(f"sqlite:///{path}")
    set_up(stage, published=True)
    drop_curtain(stage)
    return path, stage.cookies


@pytest.fixture
def desk(tmp_path: Path, once: tuple[Path, dict[str, str]]) -> Iterator[Stage]:
    """The same to write in."""
    path, cookies = once
    shutil.copyfile(path, tmp_path / "survey.db")
    stage = raise_curtain(f"sqlite:///{tmp_path / 'survey.db'}")
    stage.cookies = cookies
    yield stage
    drop_curtain(stage)


def stored(stage: Stage) -> dict[str, str]:
    """Section -> text."""
    with stage.database.session(readonly=True) as session:
        return {each.section: each.text for each in session.scalars(select(ReportText))}


def make_stale(stage: Stage) -> None:
    """As if another number stood there when Anna read it over."""
    with stage.database.session() as session:
        text = session.scalars(select(ReportText)).one()
        text.numbers = dict.fromkeys(text.numbers, "1,0")
        session.commit()


@pytest.mark.parametrize(
    ("who", "status"), [("anna", 200), ("owner", 200), ("lead", 403), ("bram", 403), ("ina", 403), ("dirk", 404)]
)
def test_only_the_research_team_writes_in_reports(desk: Stage, who: str, status: int) -> None:
    for address in (LIST, SUMMARY, OWN):
        assert desk.client(who).get(address).status_code == status
    if status != 200:
        desk.app.config["WTF_CSRF_ENABLED"] = False
        for verb in VERBS:
            answer = desk.client(who).post(SUMMARY + verb, data={"text": "Ingebroken.", "version": "0"})
            assert answer.status_code == status
        assert stored(desk) == {}


def test_what_is_not_there_has_no_page(published: Stage) -> None:
    for place in ("/nl/nothing", "/de/summary", "/organisations/GM9999/nl/summary", "/nl/page.GM9999"):
        assert published.client("anna").get(LIST + place).status_code == 404


def test_before_publishing_there_is_nothing_to_write_in(stage: Stage) -> None:
    set_up(stage)
    assert "eerst moeten de resultaten" in stage.page("anna", "/reports/texts")
    assert stage.client("anna").get(SUMMARY).status_code == 404


def test_a_text_stands_in_the_report_with_its_number(desk: Stage) -> None:
    anna = desk.client("anna")
    page = desk.page("anna", "/reports/texts/nl/summary")
    assert "Het best gaat volgens de deelnemers" in page
    value = re.search(r"<code>\{\{score g1\}\}</code></th><td[^>]*>([\d,]+)</td>", page)
    assert value is not None
    assert "{{own g1}}" not in page
    answer = post(anna, SUMMARY, text="**Wij** scoren {{score g1}} & <b>meer</b>.", version="0")
    assert answer.status_code == 303
    shown = desk.page("anna", "/reports/texts/nl/summary")
    assert f"<strong>Wij</strong> scoren {value[1]} &amp; &lt;b&gt;meer&lt;/b&gt;." in shown
    assert desk.verbs().count("report-text.write") == 1
    listed = desk.page("anna", "/reports/texts")
    assert listed.count("Geschreven") == 1


def test_a_text_of_an_organisation_has_its_own_numbers(desk: Stage) -> None:
    offered = re.findall(
        r"<code>(\{\{own [\dg.]+\}\})</code>", desk.page("anna", OWN.removeprefix("/evaluations/samen"))
    )
    assert offered
    assert post(desk.client("anna"), OWN, text=f"Almelo: {offered[0]}.", version="0").status_code == 303
    assert "Nog niets" in desk.page("anna", "/reports/texts")
    assert desk.page("anna", "/reports/texts?organisation=GM0141").count("Geschreven") == 1
    assert "Geschreven" not in desk.page("anna", "/reports/texts?organisation=GM0147")
    assert "Geschreven" not in desk.page("anna", "/reports/texts?organisation=GM0141&language=en")


def test_an_unknown_reference_is_told_at_the_field_and_what_was_typed_is_kept(desk: Stage) -> None:
    answer = post(desk.client("anna"), SUMMARY, text="Mooi: {{score g99}} en {{oeps", version="0")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in page
    assert 'href="#text"' in page
    assert "Er is geen gepubliceerd cijfer voor: {{score g99}}, {{oeps. Kies er een uit de lijst." in page
    assert "Mooi: {{score g99}} en {{oeps</textarea>" in page
    assert stored(desk) == {}
    assert post(desk.client("anna"), SUMMARY, text=" ", version="0").status_code == 422


def test_how_it_reads_can_be_seen_without_keeping_it(desk: Stage) -> None:
    answer = post(desk.client("anna"), f"{SUMMARY}/preview", page=SUMMARY, text="- een\n- {{oeps}}", version="0")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "<li>een</li>" in page
    assert "{{oeps}}. Kies er een" in page
    assert "- een\n- {{oeps}}</textarea>" in page
    assert stored(desk) == {}


def test_who_is_typing_gets_only_how_their_own_text_reads(desk: Stage) -> None:
    typed = "**Let op**: {{oeps}} <script>"
    answer = post(desk.client("anna"), f"{SUMMARY}/preview?part=own", page=SUMMARY, text=typed, version="0")
    part = answer.get_data(as_text=True)
    assert part.lstrip().startswith('<div id="own">')
    assert "<strong>Let op</strong>" in part
    assert "&lt;script&gt;" in part
    assert "Er is geen gepubliceerd cijfer voor: {{oeps}}." in part
    assert "<textarea" not in part
    assert stored(desk) == {}


def test_the_figures_of_a_section_stand_beside_the_text_from_the_cache(desk: Stage) -> None:
    page = desk.page("anna", "/reports/texts/nl/picture")
    pictures = re.findall(r'<img class="figure" src="([^"]+)" alt="([^"]+)">', page)
    assert pictures
    assert all(address.startswith("/evaluations/samen/figures/lead/") and words for address, words in pictures)
    own = desk.page("anna", "/reports/texts/organisations/GM0141/nl/picture")
    assert 'src="/evaluations/samen/figures/organisations/GM0141/' in own


def test_who_wrote_in_an_older_version_keeps_what_was_typed_beside_the_latest(desk: Stage) -> None:
    post(desk.client("anna"), SUMMARY, text="Van Anna.", version="0")
    answer = post(desk.client("owner"), SUMMARY, text="Van de eigenaar.", version="0")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "Van de eigenaar.</textarea>" in page
    assert '<p class="as-written">Van Anna.</p>' in page
    assert stored(desk) == {"summary": "Van Anna."}


def test_a_changed_number_is_flagged_until_it_is_read_over(desk: Stage) -> None:
    anna = desk.client("anna")
    post(anna, SUMMARY, text="Wij scoren {{score g1}}.", version="0")
    assert "is nu" not in desk.page("anna", "/reports/texts/nl/summary")
    make_stale(desk)
    assert "1 cijfer veranderd" in desk.page("anna", "/reports/texts")
    assert "was 1,0, is nu" in desk.page("anna", "/reports/texts/nl/summary")
    assert post(anna, f"{SUMMARY}/read-over", page=SUMMARY, version="7", publication="1").status_code == 303
    assert "was 1,0, is nu" in desk.page("anna", "/reports/texts/nl/summary")
    post(anna, f"{SUMMARY}/read-over", page=SUMMARY, version="1", publication="1")
    assert "is nu" not in desk.page("anna", "/reports/texts/nl/summary")
    assert stored(desk) == {"summary": "Wij scoren {{score g1}}."}


def test_a_text_is_thrown_away_unless_somebody_changed_it(desk: Stage) -> None:
    anna = desk.client("anna")
    post(anna, SUMMARY, text="Eerst.", version="0")
    post(anna, SUMMARY, text="Daarna.", version="1")
    post(anna, f"{SUMMARY}/clear", page=SUMMARY, version="1")
    assert stored(desk) == {"summary": "Daarna."}
    answer = post(anna, f"{SUMMARY}/clear", page=SUMMARY, version="2")
    assert answer.headers["Location"] == "/evaluations/samen/reports/texts?language=nl"
    assert stored(desk) == {"summary": ""}
    assert "Geschreven" not in desk.page("anna", "/reports/texts")
