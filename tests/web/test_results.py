"""What the research team sees of the results."""

import csv
import io
import json
import re

import pytest
from sqlalchemy.orm import Session

from surveyapp.models import Rendering
from surveyapp.questionnaires.edition import Edition
from tests import cast
from tests.web import staff
from tests.web.staff import ANSWERS, Stage, edition, set_up, set_up_without_wave, texts

PAGES = (
    "/scores",
    "/scores?role=governor",
    "/scores?view=balanced",
    "/scores/themes/g1",
    "/scores/themes/g1?role=governor",
)
OF_ALMELO = ("/scores/organisations/GM0141", "/interviews/GM0141", "/interviews/GM0141.pdf")
FILES = ("/scores.csv", "/gaps.csv", "/shrinkage.csv", "/agenda.csv")


def rows(stage: Stage, name: str) -> list[dict[str, str]]:
    answer = stage.client("anna").get(f"/evaluations/samen/{name}.csv")
    assert answer.content_type == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.get_data(as_text=True))))


def test_every_page_of_the_team_says_that_it_is_unprotected(published: Stage) -> None:
    for path in (*PAGES, "/scores/organisations/GM0141", "/interviews", "/interviews/GM0141"):
        page = published.page("anna", f"{path}{'&' if '?' in path else '?'}language=en")
        title = re.search(r"<title>(.*?)</title>", page, re.DOTALL)
        assert title is not None
        assert "unprotected" in title[1].lower(), path
        assert "for the research team only" in page.lower()


def test_the_heatmap_has_a_picture_with_words_and_a_table_with_the_numbers(published: Stage) -> None:
    page = published.page("anna", "/scores")
    picture = re.search(r'<img src="([^"]+)" alt="([^"]+)"', page)
    assert picture is not None
    assert picture[1].startswith("/evaluations/samen/figures/team/")
    assert "4 rijen, 7 kolommen" in picture[2]
    assert re.search(r'<source media="\(max-width: 40rem\)" srcset="/evaluations/samen/figures/team/\w+\.svg"', page)
    headings = re.findall(r'<th scope="row"><a [^>]*href="([^"]+)">(\w+)</a>', page)
    assert headings == [
        (f"/evaluations/samen/scores/organisations/{code}", name)
        for code, name in (("GM0141", "Almelo"), ("GM0147", "Borne"), ("GM0153", "Enschede"))
    ]
    assert page.count('href="/evaluations/samen/scores/themes/g1"') == 2


def test_the_table_shows_the_numbers_of_the_file(published: Stage) -> None:
    by_cell = {(row["key"], row["organisation"], row["role"]): row for row in rows(published, "scores")}
    found = by_cell["g1", "GM0141", "all"]
    table = published.page("anna", "/scores")
    almelo = table[table.index('organisations/GM0141">') :]
    first = re.search(r'<td class="number">([\d,]+)</td>', almelo)
    assert first is not None
    assert float(first[1].replace(",", ".")) == pytest.approx(float(found["mean"]), abs=0.005)
    assert len(found["mean"].partition(".")[2]) > 2


def test_the_heatmap_of_a_role_holds_only_that_role(published: Stage) -> None:
    page = published.page("anna", "/scores?role=governor&language=en")
    enschede = page[page.index('organisations/GM0153?language=en">') :]
    assert re.findall(r'<td class="number">([^<]+)</td>', enschede)[:8] == [*["no figure"] * 7, "0"]


def test_the_balanced_view_needs_every_role_that_was_invited(published: Stage) -> None:
    page = published.page("anna", "/scores?view=balanced&language=en")
    enschede = page[page.index('organisations/GM0153?language=en">') :]
    assert re.findall(r'<td class="number">([^<]+)</td>', enschede)[:7] == ["no figure"] * 7
    assert "Every role weighing the same" in page


def test_a_role_that_is_not_there_shows_everybody(published: Stage) -> None:
    page = published.page("anna", "/scores?role=nobody&language=en")
    assert 'aria-current="true">Everybody</a>' in page


def test_a_theme_tells_whose_words_its_statements_are(published: Stage) -> None:
    assert "Eigen uitwerking" in published.page("anna", "/scores/themes/g1")


def test_a_theme_counts_in_how_many_organisations_two_roles_differ_the_same_way(published: Stage) -> None:
    page = published.page("anna", "/scores/themes/g1?language=en")
    assert "In 1 of the 2 organisations where both answered" in page
    assert "Governors minus Officials" in page


def test_a_theme_of_one_role_leaves_out_what_that_role_was_not_asked(published: Stage) -> None:
    everybody, governors = (published.page("anna", f"/scores/themes/g1{role}") for role in ("", "?role=governor"))
    only_for_officials = "Bij de start waren er betrouwbare cijfers"
    assert only_for_officials in everybody
    assert only_for_officials not in governors


def test_an_organisation_gets_topics_with_reason_evidence_and_probes(published: Stage) -> None:
    page = published.page("anna", "/scores/organisations/GM0147?language=en")
    topics = re.findall(r'<article class="topic wide" aria-labelledby="topic-(\w+)">', page)
    assert len(topics) >= 3
    first = page[page.index('<article class="topic') : page.index("</article>")]
    assert re.search(r"differ|low|below", first)
    assert first.count('<th scope="row">') == 4
    assert "<li>" in first


def test_open_answers_are_shown_as_they_were_written_and_drafts_are_not(published: Stage) -> None:
    page = published.page("anna", "/scores/organisations/GM0141")
    assert "Wij governor &lt;b&gt;0&lt;/b&gt; deden ons huiswerk met een 2." in page
    assert "Dit is nog niet verstuurd." not in page
    assert "Wij governor &lt;b&gt;1&lt;/b&gt;" not in page
    assert "Dit is van een ander." not in page


def test_words_beside_an_answer_are_read_with_their_question_and_are_evidence_for_the_interview(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = json.loads(edition().to_json())
    asked = next(section for section in document["questionnaire"]["sections"] if section["theme"] == "g1")["questions"]
    first = next(question for question in asked if question["key"] == "g1_1")
    first["comment"] = {"nl": "Waar blijkt dat uit?", "en": "What shows that?"}
    commented = Edition.from_json(json.dumps(document))
    monkeypatch.setattr(staff, "edition", lambda: commented)
    monkeypatch.setitem(ANSWERS, "commented", _commented)
    set_up(stage, answers="commented")
    before = stage.verbs()
    page = stage.page("anna", "/scores/organisations/GM0141")
    words = page[page.index('id="written"') :]
    assert words.index("Geschreven bij het antwoord: Waar blijkt dat uit?") < words.index("Uit &lt;niets&gt;.")
    assert stage.verbs() == [*before, "answers.read-open"]
    assert "(Waar blijkt dat uit?)" in stage.page("anna", "/interviews/GM0141")
    for other in ("lead", "bram"):
        assert "niets" not in stage.client(other).get("/evaluations/samen/scores/organisations/GM0141").text


def _commented(session: Session, study: cast.Study) -> None:
    for _ in range(5):
        answers = {f"g1_{number}": "1" for number in range(1, 5)} | {"g1_1.comment": "Uit <niets>."}
        study.respond(session, "official", member=0, **answers)


def test_reading_open_answers_is_logged_and_looking_at_scores_is_not(stage: Stage) -> None:
    set_up(stage)
    before = stage.verbs()
    stage.page("anna", "/scores")
    stage.page("anna", "/scores/themes/g1")
    assert stage.verbs() == before
    stage.page("anna", "/scores/organisations/GM0141")
    assert stage.verbs() == [*before, "answers.read-open"]
    stage.page("anna", "/interviews/GM0141")
    assert stage.verbs() == [*before, "answers.read-open", "answers.read-open"]


def test_a_page_that_is_loaded_again_asks_for_no_picture_twice(stage: Stage) -> None:
    set_up(stage)
    for _ in range(2):
        stage.page("anna", "/scores")
        with stage.database.session(readonly=True) as session:
            assert session.query(Rendering).count() == 2


@pytest.mark.parametrize("answers", ANSWERS)
def test_whatever_was_answered_every_page_opens_and_invents_no_number(stage: Stage, answers: str) -> None:
    set_up(stage, answers=answers)
    paths = ("", *PAGES, *OF_ALMELO[:2], "/interviews", "/scores/organisations/GM0153")
    pages = [stage.page("anna", path) for path in paths]
    assert not re.search(r"\bnan\b|None|Traceback", texts(pages))


@pytest.mark.parametrize("answers", ["nobody", "silence"])
def test_without_answers_pages_say_so(stage: Stage, answers: str) -> None:
    set_up(stage, answers=answers)
    for path in (*PAGES, *OF_ALMELO):
        page = stage.page("anna", f"{path}{'&' if '?' in path else '?'}language=en")
        assert "No answers yet" in page, path
        assert "<img" not in page
    assert "Nobody has sent in answers yet." in stage.page("anna", "/interviews?language=en")
    assert all(row["n"] in {"0", ""} and row["mean"] == "" for row in rows(stage, "scores"))
    assert stage.verbs().count("answers.read-open") == 0


def test_without_a_wave_pages_say_so_and_there_are_no_files(stage: Stage) -> None:
    set_up_without_wave(stage)
    for path in PAGES:
        assert "No answers yet" in stage.page("anna", f"{path}{'&' if '?' in path else '?'}language=en")
    assert "No organisation takes part yet." in stage.page("anna", "/interviews?language=en")
    assert "This study is being set up." in stage.page("anna", "?language=en")
    assert {stage.client("anna").get(f"/evaluations/samen{path}").status_code for path in FILES} == {404}


def test_one_answer_gives_its_own_score_and_no_topic(stage: Stage) -> None:
    set_up(stage, answers="one")
    page = stage.page("anna", "/scores/organisations/GM0141?language=en")
    assert "There are too few answers to choose topics" in page
    assert "Nobody wrote anything." in page
    assert "No answers yet" in stage.page("anna", "/scores/organisations/GM0147?language=en")


def test_where_nobody_of_a_role_answered_no_difference_is_shown(stage: Stage) -> None:
    set_up(stage, answers="no governor")
    page = stage.page("anna", "/scores/themes/g1?language=en")
    assert "There are no two roles of which a number may be shown" in page
    topics = stage.page("anna", "/scores/organisations/GM0141?language=en")
    assert "This rests only on answers from officials" in topics


def test_files_have_the_columns_that_others_rely_on(published: Stage) -> None:
    columns = {name: set(rows(published, name)[0]) for name in ("gaps", "shrinkage", "agenda")}
    assert {"key", "role_a", "role_b", "gap", "organisations", "same_direction", "p_exact"} <= columns["gaps"]
    assert {"key", "organisation", "n", "raw", "shrunken", "p_below_region"} == columns["shrinkage"]
    assert {"organisation", "rank", "level", "key", "priority", "signals", "sentence_nl"} == columns["agenda"]
    assert any(row["p_exact"] for row in rows(published, "gaps"))


def test_pages_speak_dutch_unless_asked_otherwise(published: Stage) -> None:
    page = published.page("anna", "/scores")
    assert '<html lang="nl">' in page
    assert "onbeschermd" in page
