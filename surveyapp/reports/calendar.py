"""A conversation as a calendar file (RFC 5545): when and where, never what is asked or why."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event


@dataclass(frozen=True)
class Appointment:
    """``uid`` and ``sequence`` let a calendar replace what it has of the same conversation."""

    uid: str
    sequence: int
    title: str
    place: str
    starts_at: datetime
    minutes: int
    cancelled: bool
    changed_at: datetime


def calendar_file(appointment: Appointment) -> bytes:
    """One event in UTC, which every calendar shows in its own time; a cancellation where it was called off."""
    calendar = Calendar()
    calendar.add("prodid", "-//surveyapp//interviews//")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if appointment.cancelled else "PUBLISH")
    event = Event()
    event.add("uid", f"{appointment.uid}@surveyapp")
    event.add("sequence", appointment.sequence)
    event.add("dtstamp", appointment.changed_at.astimezone(UTC))
    event.add("dtstart", appointment.starts_at.astimezone(UTC))
    event.add("dtend", appointment.starts_at.astimezone(UTC) + timedelta(minutes=appointment.minutes))
    event.add("summary", appointment.title)
    if appointment.place:
        event.add("location", appointment.place)
    event.add("status", "CANCELLED" if appointment.cancelled else "CONFIRMED")
    calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content
