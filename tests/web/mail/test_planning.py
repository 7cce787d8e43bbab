"""Planning a mailing: who gets it is shown beforehand, nothing goes twice, and what is impossible is said."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from surveyapp import clock
from surveyapp.models import Event, Wave
from tests.web.mail.stage import PATH, its_mailings, page, post, send_invitations
from tests.web.staff import Stage, shift

NOW = {"when": "now", "day": "", "time": "", "rate": "60", "number": "1"}


def at(days: float) -> dict[str, str]:
    here = clock.local(clock.now() + timedelta(days=days))
    return {"when": "later", "day": f"{here:%Y-%m-%d}", "time": f"{here:%H:%M}", "rate": "60", "number": "1"}


def test_who_gets_it_and_who_does_not_and_why_is_shown_before_anything_is_planned(sending: Stage) -> None:
    send_invitations(sending, "sent", "bounced")
    shown = page(sending, "/invitation/plan?when=now&rate=60")
    assert "4 people get this mail." in shown
    assert "Have no e-mail address: print a letter" in shown
    assert "Have this mail already" in shown
    assert "Zonder adres, Almelo" in shown
    assert "Send 4 mails now" in shown
    assert len(its_mailings(sending)) == 1


def test_a_mailing_begins_and_leads_to_how_far_it_is(sending: Stage) -> None:
    led = post(sending, "/invitation/plan", **NOW)
    (mailing,) = its_mailings(sending)
    assert led.path == f"/rounds/{mailing.id}"
    assert "As it stands now, 6 people get it." in led.page
    assert (mailing.purpose, mailing.number, mailing.per_minute) == ("invitation", 1, 60)


def test_pressing_twice_plans_once_and_says_so(sending: Stage) -> None:
    post(sending, "/invitation/plan", **NOW)
    led = post(sending, "/invitation/plan", **NOW)
    assert "had been planned already" in led.page
    assert len(its_mailings(sending)) == 1


def test_a_form_without_its_number_plans_nothing(sending: Stage) -> None:
    post(sending, "/invitation/plan", **{**NOW, "number": "x"})
    assert its_mailings(sending) == []


def test_a_time_is_one_on_a_clock_in_the_netherlands(sending: Stage) -> None:
    summer = f"{clock.now().year + 1}-07-05"
    shift(sending, closes_at=900)
    post(sending, "/reminder/plan", **{**NOW, "when": "later", "day": summer, "time": "09:00"})
    (mailing,) = its_mailings(sending)
    assert f"{mailing.scheduled_at:%Y-%m-%d %H:%M}" == f"{summer} 07:00"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"when": "later", "day": "morgen", "time": "9"}, "Fill in a day and a time"),
        ({"rate": "0"}, "Fill in a whole number of mails per minute"),
        ({"rate": "veel"}, "Fill in a whole number of mails per minute"),
        ({"rate": "9999999"}, "Fill in a whole number of mails per minute"),
    ],
)
def test_what_was_typed_wrong_is_said_before_and_while_planning(
    sending: Stage, changed: dict[str, str], sentence: str
) -> None:
    form = {**NOW, **changed}
    checked = sending.client("anna").get(f"{PATH}/invitation/plan", query_string={**form, "language": "en"})
    assert checked.status_code == 422
    assert sentence in checked.text
    refused = post(sending, "/invitation/plan", **form)
    assert refused.status == 422
    assert sentence in refused.page
    assert its_mailings(sending) == []


def test_nothing_is_planned_after_the_closing_nor_before_the_opening(sending: Stage) -> None:
    refused = post(sending, "/reminder/plan", **at(300))
    assert refused.status == 422
    assert "closed by then" in refused.page
    shift(sending, opens_at=2, closes_at=9)
    assert "not open yet at that time" in post(sending, "/invitation/plan", **at(1)).page
    shift(sending, opens_at=-5, closes_at=-1)
    assert "nobody is invited or reminded any more" in page(sending, "/invitation")
    assert its_mailings(sending) == []


def test_a_wave_that_is_being_set_up_sends_nothing(sending: Stage) -> None:
    with sending.database.session() as session:
        session.execute(update(Wave).values(ready_at=None))
        session.commit()
    assert "still being set up" in page(sending, "/invitation")
    assert post(sending, "/invitation/plan", **NOW).status == 422


def test_a_mailing_to_nobody_cannot_be_sent_now(sending: Stage) -> None:
    shown = page(sending, "/reminder/plan?when=now&rate=60")
    assert "0 people get this mail." in shown
    assert "There is nobody to send this to now." in shown


def test_what_is_passed_on_is_not_sent_in_rounds(sending: Stage) -> None:
    assert sending.client("anna").get(f"{PATH}/delegation/plan?when=now&rate=60").status_code == 422
    assert post(sending, "/delegation/plan", **NOW).status == 422


def test_a_planned_mailing_is_called_off_with_a_reason_in_the_log(sending: Stage) -> None:
    post(sending, "/invitation/plan", **NOW)
    (mailing,) = its_mailings(sending)
    led = post(sending, f"/rounds/{mailing.id}/cancel", reason="Toch later")
    assert "The mailing was called off." in led.page
    assert "had been called off already" in post(sending, f"/rounds/{mailing.id}/cancel").page
    with sending.database.session(readonly=True) as session:
        event = session.scalars(select(Event).where(Event.verb == "mailing.cancel")).one()
    assert event.details["reason"] == "Toch later"


def test_a_round_of_another_study_is_not_there(sending: Stage) -> None:
    assert sending.client("anna").get(f"{PATH}/rounds/999").status_code == 404
    assert sending.client("anna").get(f"{PATH}/rounds/99999999999999999999").status_code == 404
