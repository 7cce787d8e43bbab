"""Wording a mail: everything wrong at once, going back, looking at it, and a test to oneself."""

import pytest
from sqlalchemy import select

from surveyapp.mail.placeholders import PLACES, PlaceProblem, problems
from surveyapp.mail.words import ALWAYS_OURS, shipped
from surveyapp.models import Event, Job, Mail, MailText
from surveyapp.web.mail import words
from tests.web.mail.stage import PATH, page, post
from tests.web.staff import Stage

GOOD = {"subject": "Doe mee met {title}", "body": "Beste {name},\r\n\r\n{link}\r\n\r\n{opt_out}"}


def kept(stage: Stage) -> list[tuple[str, str, str, str]]:
    with stage.database.session(readonly=True) as session:
        return [(text.purpose, text.language, text.subject, text.body) for text in session.scalars(select(MailText))]


def test_our_text_is_there_to_change_with_what_can_be_filled_in(sending: Stage) -> None:
    shown = page(sending, "/invitation/text/nl")
    assert shipped("invitation", "nl").subject in shown
    for place in PLACES["invitation"]:
        assert f'<code lang="en">{{{place}}}</code>' in shown
    assert "Back to our text" not in shown


def test_a_good_text_is_kept_and_shown_as_the_recipient_sees_it(sending: Stage) -> None:
    led = post(sending, "/invitation/text/nl", **GOOD)
    assert led.path == "/invitation/preview/nl"
    assert "Doe mee met Samen" in led.page
    assert kept(sending) == [("invitation", "nl", "Doe mee met {title}", "Beste {name},\n\n{link}\n\n{opt_out}")]


def test_everything_that_is_wrong_is_told_at_once_and_what_was_typed_stays(sending: Stage) -> None:
    refused = post(sending, "/invitation/text/nl", subject="{link} {naam}", body="<b>Beste {naam}, {")
    assert refused.status == 422
    for sentence in (
        "{naam} cannot be filled in in this mail",
        "{link} cannot be in the subject",
        "{link} is missing: personal link.",
        "{opt_out} is missing",
        "stands alone",
    ):
        assert sentence in refused.page
    assert "&lt;b&gt;Beste {naam}, {" in refused.page
    assert kept(sending) == []


def test_going_back_to_our_text_throws_the_own_one_away(sending: Stage) -> None:
    post(sending, "/invitation/text/nl", **GOOD)
    assert "Back to our text" in page(sending, "/invitation/text/nl")
    led = post(sending, "/invitation/text/nl", do="ours", subject="", body="")
    assert "Our text is used again." in led.page
    assert kept(sending) == []


def test_every_problem_and_every_place_has_words(sending: Stage) -> None:
    with sending.app.test_request_context("/?language=en"):
        for purpose in PLACES:
            if purpose not in ALWAYS_OURS:
                assert all(meaning for _place, meaning, _needed in words.places(purpose))
        found = [
            *problems("", "", "invitation"),
            *problems("x" * 300 + "\nx{", "x" * 30_000, "invitation"),
            *problems("{link}{x}", "{link}{opt_out}", "invitation"),
        ]
        assert {"subject-lines", "body-too-long", "unknown-place"} <= {problem.code for problem in found}
        assert all(words.fault(problem) for problem in found)
        assert "200" in words.fault(PlaceProblem("subject", "subject-too-long"))


def test_the_preview_shows_the_mail_as_a_section_of_the_page_alone_and_as_plain_text(sending: Stage) -> None:
    post(sending, "/invitation/text/en", subject="S", body="# Why <b>?\n\n{name} {link} {opt_out} {role}")
    client = sending.client("anna")
    shown = client.get(f"{PATH}/invitation/preview/en?language=en&role=governor")
    section = shown.text.partition('<div class="mail-text mail-section" lang="en">')[2].partition("</div>")[0]
    assert "<h4>Why &lt;b&gt;?</h4>" in section
    assert "style=" not in section
    assert "unsafe-inline" not in shown.headers["Content-Security-Policy"]
    alone = client.get(f"{PATH}/invitation/preview/en/mail.html?role=governor")
    assert "sandbox" in alone.headers["Content-Security-Policy"]
    assert "script" not in alone.headers["Content-Security-Policy"]
    assert 'lang="en"' in alone.text


def test_nobodys_link_is_in_a_preview_and_looking_changes_nothing(sending: Stage) -> None:
    before = kept(sending)
    shown = sending.client("anna").get(f"{PATH}/invitation/preview/nl/mail.html").text
    assert "/r/voorbeeld" in shown
    assert kept(sending) == before


@pytest.mark.parametrize("path", ["/invitation/text/fr", "/invitation/preview/fr", "/account/text/nl", "/x/preview/nl"])
def test_other_languages_and_purposes_are_not_there(sending: Stage, path: str) -> None:
    assert sending.client("anna").get(PATH + path).status_code == 404


def test_a_test_goes_to_oneself_only(sending: Stage) -> None:
    led = post(sending, "/reminder/test/en")
    assert "A test mail is on its way to anna@" in led.page
    with sending.database.session(readonly=True) as session:
        mail = session.scalars(select(Mail)).one()
        job = session.scalars(select(Job).where(Job.kind == "mail")).one()
        assert (mail.purpose, mail.invitee_id, mail.user is not None) == ("reminder", None, True)
        assert job.arguments["language"] == "en"


def test_wording_is_logged_without_the_words(sending: Stage) -> None:
    post(sending, "/invitation/text/nl", **GOOD)
    with sending.database.session(readonly=True) as session:
        event = session.scalars(select(Event).where(Event.verb == "mail-text.word")).one()
    assert event.details == {"purpose": "invitation", "language": "nl"}
