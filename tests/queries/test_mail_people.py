"""Who gets a mail and why somebody is left out: the same people as who are written to when it is sent."""

from collections.abc import Sequence

import pytest
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.models import Invitation, Mail, Receipt
from surveyapp.queries import mailings
from surveyapp.queries.mail_people import people, sorted_out
from tests import cast


@pytest.fixture
def study(session: Session) -> cast.Study:
    return cast.study(session)


def mailed(session: Session, invitation: Invitation, *mails: tuple[str, int, str]) -> Invitation:
    """Mail to somebody: purpose, number and state of each."""
    for purpose, number, state in mails:
        session.add(
            Mail(
                invitee_id=invitation.invitee_id,
                purpose=purpose,
                number=number,
                state=state,
                due_at=clock.now(),
                attempts=1,
            )
        )
    session.flush()
    return invitation


def everything_that_can_be(session: Session, study: cast.Study) -> None:
    """Somebody for every reason, and some who get it."""
    study.invite(session, "official", name="Nieuw")
    mailed(session, study.invite(session, "official", name="Uitgenodigd"), ("invitation", 1, "sent"))
    mailed(
        session, study.invite(session, "official", name="Herinnerd"), ("invitation", 1, "sent"), ("reminder", 1, "sent")
    )
    mailed(session, study.invite(session, "official", name="Mislukt"), ("invitation", 1, "failed"))
    mailed(session, study.invite(session, "official", name="Onzeker"), ("invitation", 1, "uncertain"))
    mailed(session, study.invite(session, "official", name="Afgeblazen"), ("invitation", 1, "cancelled"))
    study.invite(session, "official", name="Zonder adres", email="")
    study.invite(session, "official", name="Ingetrokken").revoked_at = clock.now()
    quiet = study.invite(session, "official", name="Afgemeld").invitee
    assert quiet is not None
    quiet.opted_out_at = clock.now()
    test = study.invite(session, "official", name="Proef").invitee
    assert test is not None
    test.test = True
    study.respond(session, "official", t1_1="3")
    answered = study.invite(session, "official", name="Op papier")
    session.add(Receipt(invitation_id=answered.id))
    session.flush()


@pytest.mark.parametrize(
    ("purpose", "number"), [("invitation", 1), ("reminder", 1), ("reminder", 2), ("thanks", 1), ("closing", 1)]
)
def test_exactly_who_will_be_written_to_is_shown_beforehand(
    session: Session, study: cast.Study, purpose: str, number: int
) -> None:
    everything_that_can_be(session, study)
    everybody = people(session, study.wave)
    getting, left_out = sorted_out(everybody, purpose, number)
    assert sorted(person.invitee_id for person in getting) == mailings.recipients(session, study.wave, purpose, number)
    assert len(getting) + sum(map(len, left_out.values())) == len(everybody)
    assert "Proef" not in {person.name for person in everybody}


def left_out(session: Session, study: cast.Study, purpose: str) -> dict[str, Sequence[str]]:
    _getting, found = sorted_out(people(session, study.wave), purpose, 1)
    return {reason: [person.name for person in of] for reason, of in found.items()}


def test_everybody_who_is_left_out_has_a_reason(session: Session, study: cast.Study) -> None:
    everything_that_can_be(session, study)
    found = left_out(session, study, "reminder")
    assert found["link-revoked"] == ["Ingetrokken"]
    assert found["opted-out"] == ["Afgemeld"]
    assert found["no-address"] == ["Zonder adres"]
    assert found["answered"] == ["Bram", "Op papier"]
    assert found["not-invited"] == ["Afgeblazen", "Mislukt", "Nieuw"]
    assert found["has-it"] == ["Herinnerd"]
    assert left_out(session, study, "thanks")["not-answered"]


def test_somebody_can_be_looked_up_alone_with_their_mail_only(session: Session, study: cast.Study) -> None:
    bram = mailed(session, study.invite(session, "governor"), ("invitation", 1, "sent"), ("reminder", 1, "cancelled"))
    mailed(session, study.invite(session, "official", name="Carla"), ("invitation", 1, "sent"))
    (person,) = people(session, study.wave, bram.invitee_id)
    assert [mail.purpose for mail in person.mails] == ["invitation", "reminder"]
    assert person.latest is not None
    assert person.latest.purpose == "invitation"
