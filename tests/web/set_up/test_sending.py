"""Period, sender, contact and languages."""

import pytest

from tests.web.set_up.researching import AT, PERIOD, Desk, Value, wave_of
from tests.web.staff import Stage


def test_period_sender_and_languages_are_kept_in_amsterdam_time(desk: Desk, empty: Stage) -> None:
    desk.sent(f"{AT}/period", **PERIOD)
    wave = wave_of(empty)
    assert wave.opens_at.isoformat() == "2030-03-04T08:00:00+00:00"
    assert wave.closes_at.isoformat() == "2030-03-29T22:59:00+00:00"
    assert (wave.sender, wave.languages, wave.contact_name) == ("Bureau", ["nl", "en"], "Anna")
    assert 'value="2030-03-04"' in desk.read(f"{AT}/period")


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({"closes_on": "2030-03-01"}, ["closes_on"]),
        ({"opens_on": "2001-01-01", "closes_on": "2001-02-01"}, ["closes_on"]),
        ({"opens_on": "morgen", "opens_time": "straks", "closes_on": ""}, ["opens_on", "opens_time", "closes_on"]),
        ({"languages": [], "sender": " ", "contact_email": "anna"}, ["sender", "contact_email", "languages"]),
        ({"languages": ["xx"]}, ["languages"]),
        ({"contact_name": "", "contact_email": ""}, ["contact_name", "contact_email"]),
    ],
)
def test_what_is_wrong_in_the_period_is_told_at_its_fields(
    desk: Desk, wrong: dict[str, Value], fields: list[str]
) -> None:
    assert list(dict.fromkeys(at for at, _words in desk.refused(f"{AT}/period", **PERIOD | wrong))) == fields
