"""Following mail: numbers that stop refreshing when there is nothing to wait for, and what to do per person."""

import pytest
from sqlalchemy import select, update

from surveyapp.actions import mailings as verbs
from surveyapp.models import Event, Mail
from surveyapp.queries import evaluations
from tests.web.mail.stage import PATH, invitee, page, post, send_invitations
from tests.web.staff import Stage, set_up


def mail_to(stage: Stage, name: str) -> Mail:
    with stage.database.session(readonly=True) as session:
        return session.scalars(select(Mail).where(Mail.invitee_id == invitee(stage, name))).one()


def test_the_numbers_of_a_mailing_refresh_only_as_long_as_it_goes_on_and_somebody_wants_it(sending: Stage) -> None:
    number = send_invitations(sending, "sent", "waiting", "failed", "uncertain")
    shown = page(sending, f"/rounds/{number}?refresh=yes")
    assert '<noscript><meta http-equiv="refresh" content="60"></noscript>' in shown
    assert 'data-ends data-every="5"' in shown
    assert "Being sent: 3 of 4 done." in shown
    assert "http-equiv" not in page(sending, f"/rounds/{number}")
    with sending.database.session() as session:
        session.scalars(select(Mail).where(Mail.state == "waiting")).one().state = "sent"
        session.commit()
    shown = page(sending, f"/rounds/{number}?refresh=yes")
    assert "Done." in shown
    assert "http-equiv" not in shown
    assert "refresh.js" not in shown


def test_people_with_whom_something_is_wrong_come_first_with_what_to_do(sending: Stage) -> None:
    send_invitations(sending, "sent", "failed", "uncertain", "bounced")
    shown = page(sending, "/people")
    assert "4 people" in shown
    for words in ("Zonder adres", "The mail server refused it", "it may have arrived", "address does not work"):
        assert words in shown
    assert "Official 0" not in shown
    everybody = page(sending, "/people?state=all")
    assert "7 people" in everybody
    assert "Official 0" in everybody
    assert "Official 0" in page(sending, "/people?state=sent")


def test_a_long_list_is_read_in_pages(sending: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("surveyapp.web.mail.following.PER_PAGE", 3)
    assert "Page 1 of 3" in page(sending, "/people?state=all")
    assert "Page 3 of 3" in page(sending, "/people?state=all&page=3")
    assert "Nobody." in page(sending, "/people?state=all&page=9")


def test_a_mail_that_failed_is_sent_again_with_a_reason(sending: Stage) -> None:
    send_invitations(sending, "failed")
    where = f"/people/{invitee(sending, 'Official 0')}"
    number = str(mail_to(sending, "Official 0").id)
    refused = post(sending, f"{where}/again", mail=number, reason=" ")
    assert refused.status == 422
    assert f'<a class="utrecht-link utrecht-link--html-a" href="#reason-{number}">Fill in a reason.' in refused.page
    assert f'id="reason-{number}-errors">Fill in a reason.' in refused.page
    led = post(sending, f"{where}/again", mail=number, reason="Adres verbeterd")
    assert "The mail is being sent again." in led.page
    assert mail_to(sending, "Official 0").state == "waiting"
    with sending.database.session(readonly=True) as session:
        event = session.scalars(select(Event).where(Event.verb == "mail.send-again")).one()
    assert event.details == {"was": "failed", "reason": "Adres verbeterd"}
    late = post(sending, f"{where}/again", mail=number, reason="Nog eens").page
    assert "nothing to send again" in late
    assert 'href="#reason-' not in late, "a field that is not there"


def test_a_mailing_that_a_worker_has_just_taken_up_is_not_done(sending: Stage) -> None:
    with sending.database.session() as session:
        wave = evaluations.wave(session, evaluations.by_slug(session, "samen"))
        mailing = verbs.plan(
            session, wave=wave, purpose="invitation", per_minute=60, scheduled_at=None, number=1, by=None
        )
        assert verbs.begin(session, mailing_id=mailing.id) is True
        number = mailing.id
        session.commit()
    shown = page(sending, f"/rounds/{number}")
    assert "The mailing begins." in shown
    assert "Done." not in shown


def test_what_the_mail_server_answered_is_told_in_words(sending: Stage) -> None:
    send_invitations(sending, "failed")
    with sending.database.session() as session:
        session.execute(update(Mail).where(Mail.state == "failed").values(problem="recipient-refused 552"))
        session.commit()
    assert "failed (the mail server refused the address, 552)" in page(sending, "/people")


def test_somebody_who_knows_that_it_arrived_says_so(sending: Stage) -> None:
    send_invitations(sending, "uncertain")
    where = f"/people/{invitee(sending, 'Official 0')}"
    form = {"mail": str(mail_to(sending, "Official 0").id), "reason": "Gebeld"}
    assert post(sending, f"{where}/arrived", mail=form["mail"], reason="").status == 422
    assert "It is noted that the mail arrived." in post(sending, f"{where}/arrived", **form).page
    assert mail_to(sending, "Official 0").state == "sent"


def test_the_mail_of_another_person_is_not_sent_again_from_here(sending: Stage) -> None:
    send_invitations(sending, "failed", "failed")
    other = str(mail_to(sending, "Official 1").id)
    answer = post(sending, f"/people/{invitee(sending, 'Official 0')}/again", mail=other, reason="Zomaar")
    assert answer.status == 422
    assert mail_to(sending, "Official 1").state == "failed"


def test_everything_that_failed_in_a_mailing_is_sent_again_at_once(sending: Stage) -> None:
    number = send_invitations(sending, "failed", "sent", "failed", "bounced")
    refused = post(sending, f"/rounds/{number}/again", reason="")
    assert refused.status == 422
    assert 'href="#again-reason">Fill in a reason.' in refused.page
    assert 'id="again-reason-errors">Fill in a reason.' in refused.page
    led = post(sending, f"/rounds/{number}/again", reason="Storing voorbij")
    assert "2 mails are being sent again." in led.page
    assert mail_to(sending, "Official 3").state == "bounced"


def test_a_person_can_get_a_letter_or_another_address(sending: Stage) -> None:
    send_invitations(sending, "bounced")
    shown = page(sending, f"/people/{invitee(sending, 'Official 0')}")
    assert "Print a letter" in shown
    assert "/evaluations/samen/people/" in shown
    assert "o0@gemeente.example" in shown


def test_nobody_else_is_there(sending: Stage) -> None:
    assert sending.client("anna").get(f"{PATH}/people/999").status_code == 404
    assert post(sending, "/people/999/again", mail="1", reason="x").status == 404


def test_an_empty_study_says_what_there_is_not(stage: Stage) -> None:
    set_up(stage, answers="nobody")
    assert "Nobody has been invited yet." in page(stage, "/people")
