"""The page during a conversation: notes and quotes are kept as they come, with the script and without it."""

import json
import re
from base64 import b64decode
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from surveyapp.models import Event, Note, Quote
from tests.web.interviews.test_planning import change, plan
from tests.web.posting import post
from tests.web.staff import Stage, set_up


@pytest.fixture
def filled(stage: Stage) -> Stage:
    set_up(stage)
    return stage


def sent(stage: Stage, address: str, *writes: dict[str, Any], who: str = "anna") -> TestResponse:
    """What the script of the page sends."""
    return post(stage.client(who), f"{address}/notes", page=address, writes=json.dumps(writes))


def note(text: str, **other: Any) -> dict[str, Any]:  # noqa: ANN401 - as JSON has it
    return {"id": str(uuid4()), "kind": "note", "topic": "opening", "text": text, "mark": "", "version": 0, **other}


def stored(stage: Stage) -> list[str]:
    with stage.database.session(readonly=True) as session:
        return sorted(session.scalars(select(Note.text)))


def test_the_topics_of_the_agenda_stand_there_with_their_questions(filled: Stage) -> None:
    page = filled.client("anna").get(plan(filled)).get_data(as_text=True)
    topics = re.findall(r'<section data-topic="([\w-]+)"', page)
    assert topics[0] == "opening"
    assert topics[-1] == "closing"
    assert len(topics) >= 5
    assert "minuten)" in page
    assert "Wij governor" not in page


def test_what_the_script_sends_is_kept_once(filled: Stage) -> None:
    address, write = plan(filled), note("Het liep <goed>.", mark="confirms")
    for _again in range(2):
        answer = sent(filled, address, write)
        assert answer.status_code == 200
        assert answer.json is not None
        assert answer.json["kept"][write["id"]] == {"id": write["id"], "version": 1, "apart": False}
        assert re.fullmatch(r"\d\d:\d\d", answer.json["saved"])
    assert stored(filled) == ["Het liep <goed>."]
    page = filled.client("anna").get(address).get_data(as_text=True)
    assert "Het liep &lt;goed&gt;." in page


def test_one_wrong_note_keeps_none_of_the_others_out(filled: Stage) -> None:
    wrong, right = note("x", mark="perhaps"), note("Goed.")
    answer = sent(filled, plan(filled), wrong, right)
    assert answer.json is not None
    assert list(answer.json["refused"]) == [wrong["id"]]
    assert stored(filled) == ["Goed."]


@pytest.mark.parametrize("writes", ["{", "1", "[1]", json.dumps([{"id": ""}] * 501)])
def test_what_no_page_sends_is_refused(filled: Stage, writes: str) -> None:
    address = plan(filled)
    assert post(filled.client("anna"), f"{address}/notes", page=address, writes=writes).status_code == 400
    assert stored(filled) == []


def test_without_the_script_the_form_keeps_everything(filled: Stage) -> None:
    address = plan(filled)
    change(filled, address, "participants", name="Bram")
    page = filled.client("anna").get(address).get_data(as_text=True)
    first = re.findall(r'data-id="([\w-]+)" data-kind="note"', page)[0]
    said = re.findall(r'data-id="([\w-]+)" data-kind="quote"', page)[0]
    person = re.findall(rf'id="participant-{said}".*?<option value="(\d+)">Bram', page, re.DOTALL)[0]
    fields = {
        "id": [first, said],
        f"kind-{first}": "note",
        f"topic-{first}": "opening",
        f"text-{first}": "Zonder script.",
        f"mark-{first}": "new",
        f"version-{first}": "0",
        f"kind-{said}": "quote",
        f"topic-{said}": "opening",
        f"text-{said}": "Zo zei hij het.",
        f"consent-{said}": "role",
        f"participant-{said}": person,
        f"version-{said}": "0",
    }
    answer = post(filled.client("anna"), f"{address}/notes", page=address, **fields)
    assert answer.status_code == 303
    with filled.database.session(readonly=True) as session:
        kept = session.scalars(select(Quote)).one()
        assert (kept.text, kept.consent, str(kept.participant_id)) == ("Zo zei hij het.", "role", person)
    assert stored(filled) == ["Zonder script."]
    refused = post(filled.client("anna"), f"{address}/notes", page=address, **{**fields, f"mark-{first}": "nee"})
    assert refused.status_code == 422


def test_two_interviewers_at_once_see_and_never_overwrite_one_another(filled: Stage) -> None:
    address, write = plan(filled), note("Van Anna")
    sent(filled, address, write)
    answer = sent(filled, address, {**write, "text": "Van Ina", "version": 1}, note("Zelf gehoord"), who="ina")
    assert answer.json is not None
    assert list(answer.json["refused"]) == [write["id"]]
    assert stored(filled) == ["Van Anna", "Zelf gehoord"]
    page = filled.client("anna").get(address).get_data(as_text=True)
    assert "Genoteerd door ina" in page
    assert '<p class="as-written">Zelf gehoord</p>' in page


def test_the_key_is_that_of_one_person_and_one_conversation(filled: Stage) -> None:
    first, second = plan(filled), plan(filled)
    keys = {
        (who, address): re.findall(r'data-key="([^"]+)"', filled.client(who).get(address).get_data(as_text=True))[0]
        for who in ("anna", "ina")
        for address in (first, second)
    }
    assert len(set(keys.values())) == 4
    assert {len(b64decode(key)) for key in keys.values()} == {32}
    again = re.findall(r'data-key="([^"]+)"', filled.client("anna").get(first).get_data(as_text=True))[0]
    assert again == keys["anna", first]


def test_signing_out_tells_the_browser_to_wipe_what_it_stores(filled: Stage) -> None:
    answer = post(filled.client("anna"), "/sign-out", page="/evaluations/samen")
    assert answer.headers["Clear-Site-Data"] == '"storage"'


def test_nothing_is_kept_of_a_conversation_that_was_called_off(filled: Stage) -> None:
    address = plan(filled)
    change(filled, address, "state", state="cancelled")
    answer = sent(filled, address, note("Te laat"))
    assert answer.json is not None
    assert list(answer.json["refused"].values()) == ["Dit gesprek is afgezegd. Plan het eerst opnieuw."]
    assert stored(filled) == []


def test_who_may_not_hold_it_reads_and_writes_nothing(filled: Stage) -> None:
    address = plan(filled, code="GM0141")
    filled.app.config["WTF_CSRF_ENABLED"] = False
    for who in ("ina", "bram", "lead", "otto"):
        assert filled.client(who).post(f"{address}/notes", data={"writes": json.dumps([note("x")])}).status_code == 403
    assert stored(filled) == []


def test_documents_are_noted(filled: Stage) -> None:
    address = plan(filled)
    words = {"title": "Regiovisie <2024>", "place": "zaak 12", "dated": "2024"}
    assert post(filled.client("anna"), f"{address}/references", page=address, **words).status_code == 303
    assert "Regiovisie &lt;2024&gt;, 2024 (zaak 12)" in filled.client("anna").get(address).get_data(as_text=True)
    assert post(filled.client("anna"), f"{address}/references", page=address, title="").status_code == 422


def test_the_log_holds_that_something_was_noted_and_no_words(filled: Stage) -> None:
    sent(filled, plan(filled), note("Zeer geheim."))
    with filled.database.session(readonly=True) as session:
        events = session.scalars(select(Event)).all()
    assert "note.write" in {event.verb for event in events}
    assert "geheim" not in str([event.details for event in events])
