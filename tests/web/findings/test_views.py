"""Writing findings and recommendations, linking them, and seeing what is not covered."""

import re
import uuid

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from surveyapp.actions import findings, interviews, notes
from surveyapp.models import Code, Evaluation, Finding, User, Wave
from tests.web.staff import Stage, set_up

BASE = "/evaluations/samen"
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""What both databases keep is tested with the verbs."""
FACT = {
    "version": "1",
    "theme": "g1",
    "organisation": "",
    "role": "",
    "fact": "De regio maakt haar huiswerk niet overal: 77,7% en een 1,03.",
    "judgement": "partly",
    "judgement_reason": "Twee van de drie normen.",
}
ADVICE = {
    "version": "1",
    "measure": "",
    "text": "Begin elke ronde met een startnotitie.",
    "explanation": "",
    "addressee": "De stuurgroep",
    "organisation": "",
    "theme": "g1",
    "belongs_to": "process",
    "timing": "now",
    "effort": "small",
    "findings": ["1"],
}
SCORE = {"subject": "theme:g1", "organisation": "all", "role": "all", "stance": "supports", "remark": ""}


def _anna(stage: Stage, *, published: bool = True) -> FlaskClient:
    set_up(stage, published=published)
    stage.app.config["WTF_CSRF_ENABLED"] = False
    return stage.client("anna")


def _write(anna: FlaskClient) -> None:
    assert anna.post(f"{BASE}/findings/new", data=FACT).status_code == 303
    assert anna.post(f"{BASE}/recommendations/new", data=ADVICE).status_code == 303


def test_a_finding_is_written_linked_put_in_the_report_and_leads_to_a_recommendation(stage: Stage) -> None:
    anna = _anna(stage)
    _write(anna)
    few = {**SCORE, "organisation": "GM0141", "role": "governor"}
    document = {"title": "Regiovisie", "place": "", "dated": "2025", "page": "blz. 12", "stance": "contradicts"}
    for form, data in (("scores", SCORE), ("scores", few), ("documents", document)):
        assert anna.post(f"{BASE}/findings/1/{form}", data=data).status_code == 303
    page = anna.get(f"{BASE}/findings/1?language=en").text
    assert "Contradicted.</strong> Supported by 2 results of the survey. Contradicted by 1 document." in page
    assert "hidden: fewer than 5 answers" in page
    assert "blz. 12" in page
    assert "Begin elke ronde" in page
    assert "77,7%; 1,03" in page, "numbers that nobody published"
    anna.post(f"{BASE}/findings/1/report", data={"in_report": "1"})
    assert "In the report." in anna.get(f"{BASE}/findings?language=en").text
    refused = anna.post(f"{BASE}/findings/1/remove", follow_redirects=True, query_string={"language": "en"}).text
    assert "Take it out of the report first." in refused or "Haal het eerst uit het rapport." in refused
    assert stage.verbs()[-1] == "finding.show"


def test_numbers_that_were_published_are_no_reason_to_warn(stage: Stage) -> None:
    anna = _anna(stage)
    _write(anna)
    anna.post(f"{BASE}/findings/1/scores", data=SCORE)
    page = anna.get(f"{BASE}/findings/1").text
    table = page[page.index("<tbody>") : page.index("</tbody>")]
    score = table.split("<td>")[2].partition("<")[0].strip()
    assert "," in score
    anna.post(f"{BASE}/findings/1/edit", data={**FACT, "fact": f"De regio scoort {score} in 2026."})
    assert "niet gepubliceerd" not in anna.get(f"{BASE}/findings/1").text


def test_of_two_tabs_the_second_is_told_and_loses_nothing(stage: Stage) -> None:
    anna = _anna(stage)
    _write(anna)
    assert anna.post(f"{BASE}/findings/1/edit", data={**FACT, "fact": "Van Anna."}).status_code == 303
    late = anna.post(f"{BASE}/findings/1/edit?language=en", data={**FACT, "fact": "Van Bram."})
    assert late.status_code == 409
    assert "Somebody else changed this after you opened it" in late.text
    assert "Van Anna." in late.text
    assert "Van Bram." in late.text
    late = anna.post(f"{BASE}/recommendations/1", data={**ADVICE, "version": "7"})
    assert late.status_code == 409


def test_what_is_wrong_in_a_form_is_said_all_at_once_and_what_was_typed_stays(stage: Stage) -> None:
    anna = _anna(stage)
    answer = anna.post(f"{BASE}/findings/new?language=en", data={**FACT, "fact": " ", "judgement_reason": ""})
    assert answer.status_code == 422
    assert "There are 2 problems" in answer.text
    answer = anna.post(f"{BASE}/recommendations/new?language=en", data={**ADVICE, "text": "", "addressee": ""})
    assert "Write who should do it." in answer.text
    assert anna.post(f"{BASE}/findings/new", data={**FACT, "theme": "g99"}).status_code == 422


def test_the_matrix_names_what_is_missing(stage: Stage) -> None:
    anna = _anna(stage)
    anna.post(f"{BASE}/findings/new", data=FACT)
    anna.post(f"{BASE}/recommendations/new", data={**ADVICE, "findings": []})
    page = anna.get(f"{BASE}/findings/matrix?language=en").text
    for missing in ("Findings that rest on nothing", "Findings without a recommendation"):
        assert missing in page
    assert "Recommendations without a finding" in page
    anna.post(f"{BASE}/findings/1/scores", data=SCORE)
    anna.post(f"{BASE}/recommendations/1", data=ADVICE)
    page = anna.get(f"{BASE}/findings/matrix?language=en").text
    assert "Findings that rest on nothing" not in page
    assert "Recommendations without a finding" not in page
    assert "Findings without a recommendation" not in page


def test_a_recommendation_begins_with_a_measure_of_the_guide(stage: Stage) -> None:
    anna = _anna(stage)
    _write(anna)
    page = anna.get(f"{BASE}/recommendations/new?theme=g1&measure=0&finding=1").text
    assert "Begin elke ronde met een startnotitie: welke problemen" in page
    assert 'name="measure" value="0"' in page
    assert 'value="1" checked' in page
    assert anna.get(f"{BASE}/recommendations/new?theme=g1&measure=99").status_code == 200
    forged = anna.post(f"{BASE}/recommendations/new", data={**ADVICE, "measure": "99"})
    assert forged.status_code == 422


def test_a_score_of_nowhere_is_refused(stage: Stage) -> None:
    anna = _anna(stage)
    _write(anna)
    for wrong in ({"subject": "theme:g99"}, {"organisation": "GM9999"}, {"role": "mayor"}, {"stance": "perhaps"}):
        assert anna.post(f"{BASE}/findings/1/scores", data={**SCORE, **wrong}).status_code == 422
    assert anna.post(f"{BASE}/findings/1/links", data={"source": "note:x", "stance": "supports"}).status_code == 422
    assert anna.post(f"{BASE}/findings/99/scores", data=SCORE).status_code == 404


def test_the_room_is_for_the_team(stage: Stage) -> None:
    _write(_anna(stage, published=False))
    for who, status in (("lead", 403), ("bram", 403), ("ina", 403), ("otto", 403), ("dirk", 404)):
        for path in ("/findings", "/findings/1", "/findings/matrix", "/recommendations/1"):
            assert stage.client(who).get(f"{BASE}{path}").status_code == status, who


def test_of_an_anonymous_wave_the_team_sees_the_publication_only(stage: Stage) -> None:
    set_up(stage, regime="anonymous", answers="nobody")
    stage.app.config["WTF_CSRF_ENABLED"] = False
    anna = stage.client("anna")
    _write(anna)
    assert anna.post(f"{BASE}/findings/1/scores", data=SCORE).status_code == 303
    page = anna.get(f"{BASE}/findings/1?language=en").text
    assert "nothing was published yet" in page
    assert anna.get(f"{BASE}/findings/matrix").status_code == 200


def test_words_that_a_finding_rests_on_lead_to_where_they_stand(stage: Stage) -> None:
    anna = _anna(stage)
    _write(anna)
    with stage.database.session() as session:
        evaluation = session.scalars(select(Evaluation).where(Evaluation.slug == "samen")).one()
        wave = session.scalars(select(Wave).where(Wave.evaluation_id == evaluation.id)).one()
        by = session.scalars(select(User).where(User.name == "Anna")).one()
        finding = session.scalars(select(Finding)).one()
        code = Code(evaluation_id=evaluation.id, key="time", title="Te weinig tijd")
        talk = interviews.plan(session, wave=wave, membership=evaluation.memberships[0], by=by)
        session.add(code)
        session.flush()
        note = str(uuid.uuid4())
        notes.note(session, interview=talk, id=note, topic="opening", text="Er was haast.", by=by)
        for kind, target in (("code", code.key), ("note", note)):
            findings.link(session, finding=finding, kind=kind, target=target, stance="supports", by=by)
        session.commit()
        places = (f"/themes/codebook/{code.id}", f"/interviews/conversations/{talk.id}")
    page = anna.get(f"{BASE}/findings/1").text
    assert "Te weinig tijd" in page
    assert "Er was haast." in page
    for place in places:
        assert f'href="{BASE}{place}"' in page
        assert anna.get(f"{BASE}{place}").status_code == 200


def test_findings_and_recommendations_are_put_in_order_with_buttons(stage: Stage) -> None:
    anna = _anna(stage)
    for _ in range(2):
        _write(anna)
    listed = anna.get(f"{BASE}/findings?language=en").text
    assert [listed.count(f">{way}<span") for way in ("Earlier", "Later")] == [2, 2]
    for kind in ("findings", "recommendations"):
        moved = anna.post(f"{BASE}/{kind}/2/move", data={"way": "up"})
        assert (moved.status_code, moved.location) == (303, f"{BASE}/findings#{kind.removesuffix('s')}-2")
    listed = anna.get(f"{BASE}/findings?language=en").text
    assert re.findall(r'<li id="([a-z]+-\d)"', listed) == [
        "finding-2",
        "finding-1",
        "recommendation-2",
        "recommendation-1",
    ]


def open_the_next(stage: Stage) -> None:
    """Another wave opened after the findings were written."""
    with stage.database.session() as session:
        study = session.scalars(select(Evaluation).where(Evaluation.slug == "samen")).one()
        wave = session.scalars(select(Wave).where(Wave.evaluation_id == study.id)).one()
        columns = {each.name: getattr(wave, each.name) for each in Wave.__table__.columns}
        session.add(Wave(**columns | {"id": None, "number": 2, "closed_at": None}))
        session.commit()


def test_what_was_found_before_is_reached_and_written_on_when_a_next_wave_opens(stage: Stage) -> None:
    anna = _anna(stage)
    _write(anna)
    assert 'aria-label="Wave"' not in anna.get(f"{BASE}/findings?language=en").text
    open_the_next(stage)
    latest = anna.get(f"{BASE}/findings?language=en").text
    assert (FACT["fact"] in latest, f'href="{BASE}/findings?wave=1' in latest) == (False, True)
    assert anna.get(f"{BASE}/findings/1").status_code == 404
    earlier = anna.get(f"{BASE}/findings?wave=1").text
    assert f'href="{BASE}/findings/1?wave=1"' in earlier
    moved = anna.post(f"{BASE}/findings/1/edit?wave=1", data={**FACT, "fact": "Nagelezen."})
    assert (moved.status_code, moved.location) == (303, f"{BASE}/findings/1?wave=1")
    assert "Nagelezen." in anna.get(moved.location).text
    assert "Nagelezen." in anna.get(f"{BASE}/thread?wave=1").text
    assert "Nagelezen." in anna.get(f"{BASE}/thread/finding/1?wave=1").text
    for strange in ("3", "x", ""):
        assert anna.get(f"{BASE}/findings?wave={strange}").status_code == 404
