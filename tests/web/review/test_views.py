"""A round of hearing both sides through the pages: the team begins it, a reader reacts, the team decides."""

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from surveyapp import clock
from surveyapp.models import Review, Reviewer
from surveyapp.web.masking import masked
from tests.web.findings.test_views import ADVICE, FACT, open_the_next
from tests.web.staff import Stage, set_up

BASE = "/evaluations/samen"
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""What both databases keep is tested with the verbs."""


def _anna(stage: Stage) -> FlaskClient:
    """Finding 1 and recommendation 1 are in the report."""
    set_up(stage)
    stage.app.config["WTF_CSRF_ENABLED"] = False
    anna = stage.client("anna")
    for path, data in (
        ("/findings/new", FACT),
        ("/recommendations/new", ADVICE),
        ("/findings/1/report", {"in_report": "1"}),
        ("/recommendations/1/report", {"in_report": "1"}),
    ):
        assert anna.post(f"{BASE}{path}", data=data).status_code == 303
    return anna


def _begin(anna: FlaskClient, kind: str = "facts", organisation: str = "") -> int:
    last_day = (clock.now() + timedelta(days=21)).date().isoformat()
    data = {"kind": kind, "organisation": organisation, "title": "Concept", "deadline": last_day}
    return anna.post(f"{BASE}/reviews", data=data).status_code


def _link(anna: FlaskClient, review: int = 1) -> str:
    """The address of a new reader for Almelo."""
    reader = {"name": "Bram de Lezer", "email": "", "organisation": "GM0141"}
    assert anna.post(f"{BASE}/reviews/{review}/readers", data=reader).status_code == 303
    page = anna.post(f"{BASE}/reviews/{review}/readers/1/link").text
    found = re.search(r"(/review/[\w-]{22})\"", page)
    assert found is not None
    return found[1]


def test_a_reader_reacts_by_paragraph_and_later_reads_what_was_done_with_it(stage: Stage) -> None:
    anna = _anna(stage)
    assert _begin(anna) == 303
    address, bram = _link(anna), stage.client()
    page = bram.get(f"{address}?language=en")
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "De regio maakt haar huiswerk niet overal" in page.text
    assert "Twee van de drie normen" not in page.text, "facts come first, without the judgement"
    assert "Scores and answers never change because of a remark." in page.text
    said = {"fact-finding-1": "Almelo doet dat wel.", "wording-finding-1": "", "verdict": "approved-with-remarks"}
    assert bram.post(address, data=said).status_code == 303
    assert "Almelo doet dat wel." in bram.get(address).text
    team = anna.get(f"{BASE}/reviews/1?language=en").text
    assert "Approved, with remarks" in team
    anna.post(f"{BASE}/reviews/1/close")
    decision = {"disposition": "partly", "answer": "Er staat nu: niet overal."}
    assert anna.post(f"{BASE}/reviews/1/remarks/1", data={**decision, "answer": ""}).status_code == 303
    anna.post(f"{BASE}/reviews/1/remarks/1", data=decision)
    anna.post(f"{BASE}/findings/1/edit", data={**FACT, "fact": "Niet overal, wel in Almelo."})
    anna.post(f"{BASE}/reviews/1/close")
    after = bram.get(f"{address}?language=en").text
    for words in ("Partly taken over", "Er staat nu: niet overal.", "Corrected. It now reads:", "wel in Almelo"):
        assert words in after
    assert "<textarea" not in after
    assert bram.post(address, data=said).status_code == 409
    assert [verb for verb in stage.verbs() if verb.startswith("review.")] == [
        *("review.begin", "review.add-reader", "review.show-link", "review.dispose", "review.close")
    ]


def test_a_remark_is_printed_as_who_decided_on_it_left_it_and_stays_as_it_was_made(stage: Stage) -> None:
    anna = _anna(stage)
    _begin(anna)
    address, bram = _link(anna), stage.client()
    bram.post(address, data={"fact-finding-1": "Dat zei bram@almelo.example ook.", "verdict": "approved"})
    proposed = re.search(r'name="printed"[^>]*>\s*([^<]*)', anna.get(f"{BASE}/reviews/1").text)
    assert proposed is not None
    assert proposed[1].startswith("Dat zei ")
    assert "bram@" not in proposed[1]
    decision = {"disposition": "not", "answer": "Nee.", "printed": "Dat zei een collega ook."}
    anna.post(f"{BASE}/reviews/1/remarks/1", data=decision)
    page = anna.get(f"{BASE}/reviews/1").text
    assert "Dat zei een collega ook.</textarea>" in page
    assert "Dat zei bram@almelo.example ook." in page


def test_looking_changes_nothing_and_an_unknown_or_ended_link_tells_nothing(stage: Stage) -> None:
    anna = _anna(stage)
    _begin(anna)
    address, bram = _link(anna), stage.client()
    for method in (bram.get, bram.head):
        assert method(address).status_code == 200
    with stage.database.session(readonly=True) as session:
        reader = session.scalars(select(Reviewer)).one()
        assert (reader.opened_at, reader.answered_at, reader.verdict) == (None, None, "")
    anna.post(f"{BASE}/reviews/1/readers/1/new-link")
    for wrong in (address, "/review/x", f"{address[:-1]}_"):
        answer = bram.get(wrong)
        assert answer.status_code == 404
        assert "huiswerk" not in answer.text
    assert masked(f"GET {address}?done=kept") == "GET /review/***?done=kept"


def test_what_was_typed_is_not_lost_when_it_cannot_be_kept(stage: Stage) -> None:
    anna = _anna(stage)
    _begin(anna)
    address, bram = _link(anna), stage.client()
    long = bram.post(f"{address}?language=en", data={"fact-finding-1": "a" * 5_001})
    assert long.status_code == 422
    assert "a" * 5_001 in long.text
    bram.post(address, data={"fact-finding-1": "<b>Bewaard</b>"})
    assert "&lt;b&gt;Bewaard&lt;/b&gt;" in bram.get(address).text
    with stage.database.session() as session:
        session.scalars(select(Review)).one().deadline = clock.now() - timedelta(minutes=1)
        session.commit()
    late = bram.post(f"{address}?language=en", data={"fact-finding-1": "Te laat."})
    assert (late.status_code, "The deadline has passed" in late.text) == (409, True)
    assert "Bewaard" in bram.get(address).text


def test_conclusions_come_after_facts_and_an_organisation_reads_its_own_part(stage: Stage) -> None:
    anna = _anna(stage)
    anna.post(f"{BASE}/findings/new", data={**FACT, "organisation": "GM0147", "fact": "Alleen over Borne."})
    anna.post(f"{BASE}/findings/2/report", data={"in_report": "1"})
    assert _begin(anna, "conclusions") == 409
    assert _begin(anna, "facts", "GM0141") == 303
    page = stage.client().get(_link(anna)).text
    assert "De regio maakt" in page
    assert "Alleen over Borne" not in page
    anna.post(f"{BASE}/reviews/1/close")
    assert _begin(anna, "conclusions") == 303
    text = anna.get(f"{BASE}/reviews/2?language=en").text
    for words in ("Twee van de drie normen.", "Begin elke ronde met een startnotitie.", "De stuurgroep"):
        assert words in text


def test_a_round_of_an_earlier_wave_stays_within_reach(stage: Stage) -> None:
    anna = _anna(stage)
    _begin(anna)
    address, bram = _link(anna), stage.client()
    bram.post(address, data={"fact-finding-1": "Almelo doet dat wel.", "verdict": "approved"})
    open_the_next(stage)
    assert "Wave 1: " in anna.get(f"{BASE}/reviews?language=en").text
    assert "Almelo doet dat wel." in anna.get(f"{BASE}/reviews/1").text
    decision = {"disposition": "not", "answer": "Het gaat over de regio."}
    assert anna.post(f"{BASE}/reviews/1/remarks/1", data=decision).status_code == 303
    assert "Het gaat over de regio." in anna.get(f"{BASE}/reviews/1").text


def test_the_team_alone_sees_rounds_and_who_reads(stage: Stage) -> None:
    anna = _anna(stage)
    _begin(anna)
    _link(anna)
    for who, status in (("lead", 403), ("bram", 403), ("ina", 403), ("otto", 403), ("dirk", 404)):
        for path in ("/reviews", "/reviews/1"):
            assert stage.client(who).get(f"{BASE}{path}").status_code == status
        assert stage.client(who).post(f"{BASE}/reviews/1/close").status_code == status
    assert _begin(anna, "gossip") == 422
    assert anna.get(f"{BASE}/reviews/9").status_code == 404
