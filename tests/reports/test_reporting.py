"""What is in a report, and what never is."""

import json
from typing import Any

from surveyapp.analysis.counts import EVERYONE
from surveyapp.reports.document import plain
from surveyapp.reports.report import Report
from surveyapp.reports.report_document import document_of
from tests.reports.report_samples import FINDINGS, RECOMMENDED, published, sample_report


def test_a_report_is_kept_as_json_and_read_back() -> None:
    made = sample_report()
    assert Report.from_document(json.loads(json.dumps(made.to_document()))) == made


def test_the_digest_knows_what_is_said_and_in_which_format() -> None:
    made = sample_report()
    digests = {made.digest("pdf"), made.digest("docx"), sample_report("region", "en").digest("pdf")}
    assert len(digests) == 3
    assert made.digest("pdf") == sample_report().digest("pdf")


def test_every_number_of_the_region_is_the_published_one() -> None:
    scores = published().scores.set_index(["level", "key", "organisation", "role"])
    made = sample_report()
    for chapter in made.chapters:
        assert chapter.region.value == scores.loc[("theme", chapter.key, EVERYONE, EVERYONE), "equal"]


def test_what_the_gate_hides_is_in_no_report() -> None:
    hidden = published().scores.query("suppressed != '' and organisation == 'OZJT' and role == 'all'")
    assert len(hidden) > 0
    made = sample_report()
    row = next(row for row in made.heatmap.rows if row.label == "OZJT/Samen14") if made.heatmap else None
    assert row is not None
    assert all(cell.value is None for cell in row.cells)
    assert "OZJT" not in [page.code for page in made.pages]


def test_a_report_about_one_organisation_has_nothing_of_another() -> None:
    said = json.dumps(sample_report("municipality").to_document())
    beside = json.dumps([sample_report("municipality").organisations])
    for name in ("Almelo", "Borne"):
        remarks = sum(remark.organisation == name for remark in sample_report("municipality").remarks)
        assert said.count(name) == beside.count(name) + remarks


def test_findings_stand_with_their_theme_and_on_the_page_of_their_organisation() -> None:
    made, own = sample_report(), sample_report("municipality")
    found = {each.key: [one.number for one in each.findings] for each in made.chapters if each.findings}
    assert found == {"g3": [1]}
    pages = {page.name: [each.number for each in page.findings] for page in made.pages if page.findings}
    assert pages == {"Enschede": [2]}
    assert [each.number for each in own.findings] == [1, 2]
    assert own.pages == ()


def test_a_finding_about_another_organisation_is_in_no_chapter() -> None:
    other = FINDINGS[1].model_copy(update={"code": "GM0141", "organisation": "Almelo"})
    assert sample_report("municipality", findings=(other,)).findings == ()


def test_nothing_refers_to_what_is_told_to_others_alone() -> None:
    other = FINDINGS[1].model_copy(update={"code": "GM0141", "organisation": "Almelo", "recommendations": (1,)})
    advice = RECOMMENDED[0].model_copy(update={"findings": (1, 2)})
    told: dict[str, Any] = {"findings": (FINDINGS[0], other), "recommendations": (advice, RECOMMENDED[1])}
    assert sample_report(**told).general[0].findings == (1, 2)
    assert sample_report("municipality", **told).general[0].findings == (1,)
    lonely = sample_report("municipality", findings=(FINDINGS[0],), recommendations=())
    assert lonely.findings[0].recommendations == ()


def test_questions_that_not_everybody_got_say_who_did() -> None:
    asked = {each.code: each.roles for section in sample_report().questionnaire for each in section.questions}
    assert asked["1.1"] == ()
    assert asked["1.2"] == ("Ambtenaren", "Projectleiding")


def test_reasons_why_scores_are_hidden_add_up_to_the_organisations() -> None:
    made = sample_report()
    assert [row.shown + row.small + row.linked for row in made.hidden] == [4] * 7


def test_a_study_of_which_nothing_may_be_told_has_a_report_too() -> None:
    made = sample_report()
    silent = made.model_copy(
        update={
            "chapters": tuple(
                each.model_copy(update={"region": made.heatmap.rows[3].cells[0], "bars": (), "gap": None})
                for each in made.chapters
                if made.heatmap
            ),
            "pages": (),
            "gaps": (),
            "pair": None,
            "differences": None,
        }
    )
    said = " ".join(plain(getattr(block, "line", ())) for block in document_of(silent).blocks)
    assert "te weinig antwoorden om scores te laten zien" in said
