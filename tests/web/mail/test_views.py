"""The overview of mail: what is written for what, what was sent, and what is planned."""

from datetime import timedelta

from surveyapp import clock
from tests.web.mail.stage import PATH, page, post, raise_with_mail, send_invitations, set_up
from tests.web.staff import Stage, drop_curtain, set_up_without_wave, shift


def test_every_purpose_is_there_with_its_text_and_what_was_sent(sending: Stage) -> None:
    send_invitations(sending, "sent", "sent", "bounced")
    shown = page(sending)
    for words in ("Invitation", "Reminder", "Thanks", "Closing", "Passed on to a colleague"):
        assert words in shown
    assert "1 mail did not arrive" in shown
    assert "2 (something is wrong with 1)" in shown
    assert "Nederlands: our text; English: our text" in shown


def test_an_own_text_and_a_planned_round_are_named(sending: Stage) -> None:
    post(sending, "/invitation/text/nl", subject="Doe mee", body="Beste {name}: {link} {opt_out}")
    day = clock.local(clock.now() + timedelta(days=1))
    shift(sending, closes_at=9)
    post(sending, "/invitation/plan", when="later", day=f"{day:%Y-%m-%d}", time="23:58", rate="60", number="1")
    shown = page(sending)
    assert "Nederlands: own text; English: our text" in shown
    assert "23:58" in shown


def test_who_has_no_mail_server_is_led_to_letters(stage: Stage) -> None:
    set_up(stage)
    shown = page(stage)
    assert "This installation sends no mail" in shown
    assert f"{PATH}/letters" in shown
    assert "See who gets it" not in page(stage, "/invitation")


def test_an_anonymous_wave_thanks_nobody_and_passes_nothing_on(database_url: str) -> None:
    raised = raise_with_mail(database_url)
    set_up(raised, regime="anonymous")
    shown = page(raised)
    assert "Reminder" in shown
    assert "Thanks" not in shown
    assert raised.client("anna").get(f"{PATH}/thanks").status_code == 404
    drop_curtain(raised)


def test_without_a_wave_nothing_can_be_sent(stage: Stage) -> None:
    set_up_without_wave(stage)
    assert "Go on setting up" in page(stage)
    assert stage.client("anna").get(f"{PATH}/invitation").status_code == 404


def test_only_who_may_send_mail_comes_in(sending: Stage) -> None:
    number = send_invitations(sending, "sent")
    for path in ("", "/invitation", "/invitation/text/nl", "/invitation/preview/nl", f"/rounds/{number}", "/people"):
        assert sending.client("lead").get(PATH + path).status_code == 403
        assert sending.client("dirk").get(PATH + path).status_code == 404
        assert sending.client().get(PATH + path).status_code == 302
