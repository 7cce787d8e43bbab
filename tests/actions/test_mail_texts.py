"""A wave's own words are checked before they are kept, and ours come back."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.actions import mail_texts
from surveyapp.actions.letter_values import example
from surveyapp.config import Settings
from surveyapp.errors import InvalidContent
from surveyapp.mail.message import render
from surveyapp.mail.words import MailWords, shipped
from surveyapp.models import Event
from surveyapp.queries import mail_texts as queries
from tests import cast
from tests.cast import Study

BODY = "Beste {name},\r\n\r\n{link} {opt_out}\n"


@pytest.fixture
def study(session: Session) -> Study:
    return cast.study(session)


def word(session: Session, study: Study, *, purpose: str = "invitation", language: str = "nl", **own: str) -> None:
    subject, body = own.get("subject", " Doet u mee? "), own.get("body", BODY)
    mail_texts.word(
        session, wave=study.wave, purpose=purpose, language=language, subject=subject, body=body, by=study.anna
    )


def test_own_words_are_sent_in_this_wave_and_language_alone_until_ours_are_wanted_again(
    session: Session, study: Study
) -> None:
    word(session, study, subject="Eerste")
    word(session, study)
    own = MailWords("Doet u mee?", "Beste {name},\n\n{link} {opt_out}")
    other = cast.another_wave(session, study)
    assert queries.of(session, study.wave, "invitation", "nl") == own
    assert queries.own(session, study.wave) == {("invitation", "nl"): own}
    assert queries.of(session, study.wave, "invitation", "en") == shipped("invitation", "en")
    assert queries.of(session, other.wave, "invitation", "nl") == shipped("invitation", "nl")
    for _ in range(2):
        mail_texts.word_as_shipped(session, wave=study.wave, purpose="invitation", language="nl", by=study.anna)
    assert queries.of(session, study.wave, "invitation", "nl") == shipped("invitation", "nl")
    events = session.scalars(select(Event).where(Event.verb.startswith("mail-text.")).order_by(Event.id)).all()
    assert [event.verb for event in events] == ["mail-text.word"] * 2 + ["mail-text.word-as-shipped"]
    assert events[0].details == {"purpose": "invitation", "language": "nl"}


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"purpose": "account"}, "unknown-purpose"),
        ({"purpose": "x"}, "unknown-purpose"),
        ({"language": "fy"}, "unknown-language"),
        ({"subject": " "}, "subject-empty"),
        ({"body": "Beste {naam}, {link} {opt_out}"}, "unknown-place"),
        ({"body": "Beste {name}"}, "missing-place"),
    ],
)
def test_words_with_a_fault_are_not_kept(session: Session, study: Study, told: dict[str, str], code: str) -> None:
    with pytest.raises(InvalidContent, match=code):
        word(session, study, **told)
    assert queries.own(session, study.wave) == {}


def test_whoever_told_a_language_that_is_not_spoken_reads_the_first(study: Study) -> None:
    study.wave.languages = ["en", "nl"]
    assert [queries.spoken(study.wave, language) for language in ("nl", "en", "fy")] == ["nl", "en", "en"]


def test_an_example_has_nobody_in_it_and_every_place_filled(session: Session, study: Study) -> None:
    settings = Settings("sqlite:///x", cast.SECRET_KEY, "https://onderzoek.example")
    for purpose in ("invitation", "reminder", "thanks", "closing", "delegation"):
        shown = render(example(session, study.wave, purpose, "nl", settings, to=study.anna))
        assert "Beste Anna," in shown.text
        assert not set("{}") & set(shown.subject + shown.text + shown.html)
    own = MailWords("{name}!", "{organisation} {role} {section}")
    shown = render(example(session, study.wave, "delegation", "nl", settings, to=study.anna, own=own))
    assert (shown.subject, shown.text) == ("Anna!", "Almelo Bestuurder Eerst\n")
