"""The report of a conversation goes to who was talked with, as a text that stands, and what they say is history."""

import re

import pytest
from sqlalchemy import select

from surveyapp.models import Review
from tests.web.interviews.test_conversation import note, sent
from tests.web.interviews.test_planning import change, plan
from tests.web.posting import post
from tests.web.staff import Stage, set_up


@pytest.fixture
def talked(stage: Stage) -> tuple[Stage, str]:
    """A conversation with Bram, of which something was noted."""
    set_up(stage)
    address = plan(stage)
    change(stage, address, "participants", name="Bram", email="bram@almelo.example")
    sent(stage, address, note("Het <ging> snel."), note("Verder niets."))
    return stage, address


def test_the_notes_become_paragraphs_that_are_edited_sent_and_then_stand(talked: tuple[Stage, str]) -> None:
    stage, address = talked
    page = stage.client("anna").get(f"{address}/report").get_data(as_text=True)
    assert "Het &lt;ging&gt; snel.\nVerder niets." in page
    (person,) = re.findall(r'name="readers" value="(\d+)"', page)
    (day,) = re.findall(r'type="date" value="([\d-]+)"', page)
    words = "Het ging volgens de bestuurder snel."
    fields = {"text-opening": words, "readers": person, "deadline": day, "version": "0", "freeze": "1"}
    answer = post(stage.client("anna"), f"{address}/report", **fields)
    assert answer.status_code == 303
    with stage.database.session(readonly=True) as session:
        review = session.scalars(select(Review)).one()
        assert answer.location.endswith(f"/reviews/{review.id}")  # where its links are, which nobody has yet
        assert (review.kind, review.number, [reader.name for reader in review.readers]) == ("conversation", 1, ["Bram"])
        assert [each["text"] for each in review.paragraphs] == ["Het ging volgens de bestuurder snel."]
        assert review.interview_id is not None
    assert "Bram: nog geen antwoord" in stage.client("anna").get(f"{address}/report").get_data(as_text=True)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"readers": "", "deadline": "2999-01-01"}, "Kies wie het verslag leest"),
        ({"deadline": "gisteren"}, "dag in die nog komt"),
        ({"deadline": "2001-01-01"}, "dag in die nog komt"),
        ({"text-opening": " ", "deadline": "2999-01-01"}, "nog niets te lezen"),
    ],
)
def test_what_is_missing_is_said_and_the_text_stays(
    talked: tuple[Stage, str], fields: dict[str, str], said: str
) -> None:
    stage, address = talked
    page = stage.client("anna").get(f"{address}/report").get_data(as_text=True)
    (person,) = re.findall(r'name="readers" value="(\d+)"', page)
    typed = {"text-opening": "Mijn tekst.", "readers": person, "version": "0", "freeze": "1", **fields}
    answer = post(stage.client("anna"), f"{address}/report", **typed)
    assert answer.status_code == 422
    shown = answer.get_data(as_text=True)
    assert said in shown
    assert fields.get("text-opening", "Mijn tekst.").strip() in shown
    with stage.database.session(readonly=True) as session:
        assert session.scalars(select(Review)).all() == []


def test_a_text_is_saved_before_it_is_frozen_and_goes_on_from_there(talked: tuple[Stage, str]) -> None:
    stage, address = talked
    anna = stage.client("anna")
    assert post(anna, f"{address}/report", **{"text-opening": "Half.", "version": "0"}).status_code == 303
    page = anna.get(f"{address}/report").get_data(as_text=True)
    assert ">\nHalf.</textarea>" in page
    assert "Het &lt;ging&gt; snel.\nVerder niets." in page  # what was noted stays beside it
    (person,) = re.findall(r'name="readers" value="(\d+)"', page)
    frozen = {"text-opening": "Heel.", "version": "1", "freeze": "1", "readers": person, "deadline": "2999-01-01"}
    assert post(anna, f"{address}/report", **frozen).status_code == 303
    assert ">\nHeel.</textarea>" in anna.get(f"{address}/report").get_data(as_text=True)


def test_two_who_write_at_once_see_both_texts_and_lose_neither(talked: tuple[Stage, str]) -> None:
    stage, address = talked
    anna = stage.client("anna")
    post(anna, f"{address}/report", **{"text-opening": "Van de een.", "version": "0"})
    answer = post(anna, f"{address}/report", **{"text-opening": "Van de ander.", "version": "0"})
    assert answer.status_code == 409
    shown = answer.get_data(as_text=True)
    assert ">\nVan de ander.</textarea>" in shown
    assert "Van de een.</p>" in shown
    assert 'name="version" value="1"' in shown
    together = {"text-opening": "Van beiden.", "version": "1"}
    assert post(anna, f"{address}/report", **together).status_code == 303
    assert ">\nVan beiden.</textarea>" in anna.get(f"{address}/report").get_data(as_text=True)


def test_what_was_typed_about_a_topic_that_left_the_agenda_is_kept(talked: tuple[Stage, str]) -> None:
    stage, address = talked
    post(stage.client("anna"), f"{address}/report", **{"text-own-7": "Terzijde.", "version": "0"})
    page = stage.client("anna").get(f"{address}/report").get_data(as_text=True)
    assert ">\nTerzijde.</textarea>" in page
    assert "Staat niet meer op de agenda" in page


def test_an_interviewer_sends_reports_of_their_own_conversations_only(talked: tuple[Stage, str]) -> None:
    stage, address = talked
    other = plan(stage, code="GM0141")
    for who, where, status in (
        ("ina", address, 200),
        ("ina", other, 403),
        ("carla", address, 403),
        ("lead", address, 403),
        ("dirk", address, 404),
    ):
        assert stage.client(who).get(f"{where}/report").status_code == status, (who, where)
