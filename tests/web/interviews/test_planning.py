"""Planning conversations on their pages: who, when and where, and a file for calendars."""

import re
from typing import Any

import icalendar
import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from surveyapp.models import Grant, Interview, User
from tests.web.posting import post
from tests.web.staff import Stage, set_up

ROOM = "/evaluations/samen/interviews"
WHEN = {"day": "2026-12-01", "time": "10:30", "minutes": "60", "place": "Stadhuis, kamer 3", "language": "nl"}


@pytest.fixture
def filled(stage: Stage) -> Stage:
    set_up(stage)
    return stage


def plan(stage: Stage, who: str = "anna", code: str = "GM0147", **fields: Any) -> str:  # noqa: ANN401 - of any form
    """The address of a new conversation."""
    answer = post(stage.client(who), f"{ROOM}/{code}/plan", **{**WHEN, **fields})
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return str(answer.location).removesuffix("/arrange")


def change(stage: Stage, address: str, act: str = "arrange", **fields: object) -> TestResponse:
    page = stage.client("anna").get(f"{address}/arrange").get_data(as_text=True)
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found is not None
    data = {"version": found[1], **fields}
    return post(stage.client("anna"), f"{address}/{act}", page=f"{address}/arrange", **data)


def calendar(stage: Stage, address: str) -> Any:  # noqa: ANN401 - its values are of thirty types
    answer = stage.client("anna").get(f"{address}/appointment.ics")
    assert answer.content_type.startswith("text/calendar")
    (event,) = icalendar.Calendar.from_ical(answer.data).walk("VEVENT")
    return event


def test_a_conversation_is_planned_with_who_was_invited(filled: Stage) -> None:
    page = filled.page("anna", "/interviews/GM0147/plan")
    assert "(bestuurder)" in page  # one person, not a group
    offered = re.findall(r'name="invitees" value="(\d+)"', page)
    (anna,) = re.findall(r'name="interviewers" value="(\d+)" checked', page)
    plan(filled, invitees=offered[:2], interviewers=[anna])
    listed = filled.page("anna", "/interviews/planned")
    assert "1 december 2026, 10:30" in listed
    assert "Stadhuis, kamer 3" in listed
    assert "<td>Bram, Bram</td><td>Anna</td>" in listed


def test_a_calendar_is_told_when_and_where_and_nothing_else(filled: Stage) -> None:
    address = plan(filled)
    event = calendar(filled, address)
    assert event["dtstart"].dt.isoformat() == "2026-12-01T09:30:00+00:00"
    assert (str(event["location"]), int(event["sequence"])) == ("Stadhuis, kamer 3", 0)
    assert event.keys() == {
        *("UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "LOCATION", "STATUS"),
    }
    assert change(filled, address, **{**WHEN, "time": "11:00"}).status_code == 303
    moved = calendar(filled, address)
    assert (moved["uid"], int(moved["sequence"])) == (event["uid"], 1)
    change(filled, address, "state", state="cancelled")
    off = calendar(filled, address)
    assert (off["uid"], int(off["sequence"]), str(off["status"])) == (event["uid"], 2, "CANCELLED")


def test_without_a_time_there_is_no_calendar_file_yet(filled: Stage) -> None:
    address = plan(filled, day="", time="")
    assert filled.client("anna").get(f"{address}/appointment.ics").status_code == 303
    assert "nog niet bekend" in filled.page("anna", "/interviews/planned")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"time": ""}, "Vul een dag én een tijd in"),
        ({"day": "morgen"}, "Vul een dag én een tijd in"),
        ({"minutes": "5"}, "15 tot 240 minuten"),
        ({"interviewers": "99999"}, "mag hier geen gesprekken voorbereiden"),
        ({"invitees": "99999"}, "niet meer uitgenodigd"),
        ({"role": "nobody"}, "Kies er een uit de lijst"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(filled: Stage, fields: dict[str, str], said: str) -> None:
    answer = post(filled.client("anna"), f"{ROOM}/GM0147/plan", **{**WHEN, **fields})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert said in page
    assert "Stadhuis, kamer 3" in page


def test_the_list_is_filtered(filled: Stage) -> None:
    plan(filled, place="In Borne")
    plan(filled, code="GM0141", place="In Almelo", role="governor")
    change(filled, plan(filled, code="programme", place="Bij het programma"), "state", state="held")
    for query, places in (
        ("", {"In Borne", "In Almelo", "Bij het programma"}),
        ("?organisation=GM0147", {"In Borne"}),
        ("?organisation=programme", {"Bij het programma"}),
        ("?state=held", {"Bij het programma"}),
        ("?role=governor", {"In Almelo"}),
    ):
        page = filled.page("anna", f"/interviews/planned{query}")
        assert {place for place in ("In Borne", "In Almelo", "Bij het programma") if place in page} == places, query


def test_participants_come_and_go(filled: Stage) -> None:
    address = plan(filled)
    assert change(filled, address, "participants", name="Carla <b>", job="Directeur").status_code == 303
    page = filled.client("anna").get(f"{address}/arrange").get_data(as_text=True)
    assert "Carla &lt;b&gt;, Directeur" in page
    assert change(filled, address, "participants", name="").status_code == 422
    number = re.findall(r"/participants/(\d+)/remove", page)[0]
    assert change(filled, address, f"participants/{number}/remove").status_code == 303
    assert "Carla" not in filled.client("anna").get(f"{address}/arrange").get_data(as_text=True)


def test_two_windows_do_not_undo_one_another(filled: Stage) -> None:
    address = plan(filled)
    change(filled, address, **{**WHEN, "place": "Raadhuis"})
    late = change(filled, address, **{**WHEN, "place": "Elders", "version": "1"})
    assert late.status_code == 409
    assert "Elders" in late.get_data(as_text=True)
    assert "Raadhuis" in filled.page("anna", "/interviews/planned")


def test_an_interviewer_plans_and_sees_their_own_organisation_only(filled: Stage) -> None:
    own, other, whole = (
        plan(filled, "ina"),
        plan(filled, code="GM0141", place="In Almelo"),
        plan(filled, code="programme"),
    )
    listed = filled.page("ina", "/interviews/planned")
    assert "Borne" in listed
    assert "Almelo" not in listed
    assert "Programmateam" not in listed
    for who, address, status in (
        ("ina", own, 200),
        ("ina", other, 403),
        ("ina", whole, 403),
        ("carla", own, 403),
        ("lead", own, 403),
        ("otto", own, 403),
        ("dirk", own, 404),
        ("ina", f"{ROOM}/GM0141/plan", 403),
        ("ina", "/evaluations/elders/interviews/conversations/1", 404),
    ):
        assert filled.client(who).get(address).status_code == status, (who, address)
    with filled.database.session(readonly=True) as session:
        ina = session.scalars(select(User.id).where(User.name == "ina")).one()
        borne = session.scalars(select(Grant.membership_id).where(Grant.user_id == ina)).one()
        assert session.scalars(select(Interview.membership_id).where(Interview.membership_id == borne)).all() == [borne]
