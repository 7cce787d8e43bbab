"""What is filled in in mail: where it leads, for whom, and what it must not tell."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.actions import letter_values
from surveyapp.config import Settings
from surveyapp.mail.message import render
from surveyapp.mail.words import PURPOSES
from surveyapp.models import Invitation, Invitee
from tests import cast
from tests.cast import SECRET_KEY, Study

SITE = "https://onderzoek.example"
SETTINGS = Settings("sqlite:///nowhere.db", SECRET_KEY, SITE)


@pytest.fixture
def study(session: Session) -> Study:
    return cast.study(session)


def invited(session: Session, study: Study) -> Invitee:
    invitation = study.invite(session, "governor", name="Bram")
    return session.scalars(select(Invitee).join(Invitation).where(Invitation.id == invitation.id)).one()


@pytest.mark.parametrize("purpose", ["invitation", "reminder", "thanks", "closing"])
def test_every_mail_to_an_invitee_leads_to_the_privacy_page_of_the_study(
    session: Session, study: Study, purpose: str
) -> None:
    letter = letter_values.of_invitee(session, invited(session, study), purpose, SETTINGS)
    rendered = render(letter)
    assert f"{SITE}/privacy/samen" in rendered.text
    assert f'<a href="{SITE}/privacy/samen">Privacyverklaring</a>' in rendered.html


def test_a_study_that_was_never_opened_has_no_page_so_an_example_leads_to_that_of_the_installation(
    session: Session, study: Study
) -> None:
    study.wave.ready_at = None
    session.flush()
    for purpose in PURPOSES[:5]:
        shown = letter_values.example(session, study.wave, purpose, "en", SETTINGS, to=study.anna)
        assert shown.values["privacy"] == f"{SITE}/privacy"
