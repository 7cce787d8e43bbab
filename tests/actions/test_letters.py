"""Letters: who gets one, that no link waits in the database, and that a file opens for this installation only."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import letters
from surveyapp.errors import NotFound, WrongState
from surveyapp.models import Event, Invitation, Job, Mail, Receipt, Rendering
from surveyapp.queries import letters as queries
from surveyapp.queries.letters import EVERYBODY, NOT_REACHED
from surveyapp.reports.letter import ORGANISATION, Promised
from surveyapp.reports.own_copy import Audience
from tests import cast
from tests.cast import SECRET_KEY

BASE = "https://vragenlijst.example"


def told(language: str = "nl") -> Promised:
    audiences = (Audience(who=f"Uw eigen organisatie ({ORGANISATION})", what=f"Die van {ORGANISATION}."),)
    return Promised(language=language, organisation_kind="municipality", summary="Vertrouwelijk.", audiences=audiences)


@pytest.fixture
def study(session: Session) -> cast.Study:
    return cast.study(session)


def ask(session: Session, study: cast.Study, once: str = "once") -> list[Rendering]:
    found = queries.addressees(session, study.wave, EVERYBODY)
    letters.ask(session, wave=study.wave, addressees=found, promises=[told()], language="nl", once=once, by=study.anna)
    return list(session.scalars(select(Rendering).order_by(Rendering.id)))


def mailed(session: Session, invitation: Invitation, *states: str) -> None:
    for number, state in enumerate(states, start=1):
        session.add(
            Mail(
                invitee_id=invitation.invitee_id,
                purpose="reminder",
                number=number,
                state=state,
                due_at=clock.now(),
                attempts=1,
            )
        )
        session.flush()


def names(session: Session, study: cast.Study, which: str, organisation: str = "") -> list[str]:
    found = queries.addressees(session, study.wave, which, organisation=organisation)
    return [addressee.name for addressee in found]


def test_everybody_who_can_still_answer_gets_one_by_organisation(session: Session, study: cast.Study) -> None:
    study.invite(session, "official", member=1, name="Zoë")
    study.invite(session, "governor", name="Bram")
    answered = study.invite(session, "official", name="Carla")
    session.add(Receipt(invitation_id=answered.id))
    revoked = study.invite(session, "official", name="Weg")
    revoked.revoked_at = clock.now()
    for name, change in (("Stil", {"opted_out_at": clock.now()}), ("Proef", {"test": True})):
        invitee = study.invite(session, "official", name=name).invitee
        assert invitee is not None
        for column, value in change.items():
            setattr(invitee, column, value)
    session.flush()
    assert names(session, study, EVERYBODY) == ["Bram", "Zoë"]
    assert names(session, study, EVERYBODY, "GM0147") == ["Zoë"]
    assert names(session, study, EVERYBODY, "GM9999") == []


def test_mail_did_not_reach_who_has_no_address_or_whose_last_mail_was_lost(session: Session, study: cast.Study) -> None:
    for name, states in {
        "Teruggekomen": ("sent", "bounced"),
        "Mislukt": ("failed",),
        "Toch aangekomen": ("failed", "sent"),
        "Afgeblazen": ("failed", "cancelled"),
        "Wacht": ("waiting",),
        "Niets gestuurd": (),
    }.items():
        mailed(session, study.invite(session, "official", name=name), *states)
    study.invite(session, "official", name="Geen adres", email="")
    assert names(session, study, NOT_REACHED) == ["Afgeblazen", "Geen adres", "Mislukt", "Teruggekomen"]


def test_what_waits_for_the_printer_holds_no_name_and_no_link(session: Session, study: cast.Study) -> None:
    invitation = study.invite(session, "governor", name="Bram")
    (file,) = ask(session, study)
    assert file.specification["invitations"] == [invitation.id]
    assert "Bram" not in str(file.specification)
    assert study.tokens[invitation.id] not in str(file.specification)
    assert [job.arguments for job in session.scalars(select(Job).where(Job.kind == "letters"))] == [
        {"rendering": file.id}
    ]


def test_a_letter_has_the_link_of_its_person_in_their_language(session: Session, study: cast.Study) -> None:
    invitation = study.invite(session, "governor", name="Bram")
    (file,) = ask(session, study)
    (letter,) = letters.compose(session, rendering=file, secret_key=SECRET_KEY, base_url=BASE).letters
    assert letter.link == f"{BASE}/r/{study.tokens[invitation.id]}"
    assert (letter.name, letter.organisation, letter.role, letter.language) == ("Bram", "Almelo", "Bestuurder", "nl")
    assert letter.privacy == f"{BASE}/privacy/samen"
    assert letter.summary == "Vertrouwelijk."
    assert letter.audiences == (Audience(who="Uw eigen organisatie (Almelo)", what="Die van Almelo."),)


def test_who_reads_a_language_that_the_wave_does_not_speak_is_written_to_in_its_first(
    session: Session, study: cast.Study
) -> None:
    invitee = study.invite(session, "governor").invitee
    assert invitee is not None
    invitee.language = "fr"
    session.flush()
    (addressee,) = queries.addressees(session, study.wave, EVERYBODY)
    assert letters.spoken(study.wave, addressee) == "nl"


def test_who_answers_before_the_printing_gets_no_letter(session: Session, study: cast.Study) -> None:
    early = study.invite(session, "governor", name="Bram")
    study.invite(session, "official", name="Carla")
    (file,) = ask(session, study)
    session.add(Receipt(invitation_id=early.id))
    session.flush()
    composed = letters.compose(session, rendering=file, secret_key=SECRET_KEY, base_url=BASE)
    assert [letter.name for letter in composed.letters] == ["Carla"]


def test_pressing_twice_prints_once_and_is_logged_once_without_a_name(session: Session, study: cast.Study) -> None:
    study.invite(session, "governor", name="Bram")
    assert len(ask(session, study)) == len(ask(session, study)) == 1
    assert len(ask(session, study, once="another form")) == 2
    events = list(session.scalars(select(Event).where(Event.verb == "letters.make")))
    assert [event.details for event in events] == [{"letters": 1}, {"letters": 1}]


def test_many_letters_are_printed_in_several_files(
    session: Session, study: cast.Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(letters, "IN_ONE_FILE", 2)
    for number in range(3):
        study.invite(session, "official", name=f"Nummer {number}")
    files = ask(session, study)
    assert [len(file.specification["invitations"]) for file in files] == [2, 1]  # type: ignore[arg-type]


def test_a_file_is_sealed_and_opens_with_the_key_of_the_installation_only(session: Session, study: cast.Study) -> None:
    study.invite(session, "governor")
    (file,) = ask(session, study)
    with pytest.raises(NotFound):
        letters.opened(file, SECRET_KEY)
    letters.store(session, rendering=file, content=b"%PDF secret", media_type="application/pdf", secret_key=SECRET_KEY)
    assert b"secret" not in (file.content or b"")
    assert letters.opened(file, SECRET_KEY) == b"%PDF secret"
    with pytest.raises(NotFound):
        letters.opened(file, "another key of at least thirty-two characters")


def test_files_are_listed_as_far_as_they_are_and_gone_within_the_hour(
    session: Session, study: cast.Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    study.invite(session, "governor")
    (file,) = ask(session, study)
    assert listed(session, study) == ["making"]
    session.scalars(select(Job).where(Job.kind == "letters")).one().state = "failed"
    session.flush()
    assert listed(session, study) == ["failed"]
    letters.store(session, rendering=file, content=b"x", media_type="application/pdf", secret_key=SECRET_KEY)
    assert listed(session, study) == ["made"]
    later = clock.now() + timedelta(hours=1, seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert listed(session, study) == []
    assert queries.file(session, study.evaluation, letters.KIND, file.digest) is None


def listed(session: Session, study: cast.Study) -> list[str]:
    return [file.state for file in queries.files(session, study.evaluation, letters.KIND)]


def test_erasing_somebody_can_take_every_file_along(session: Session, study: cast.Study) -> None:
    study.invite(session, "governor")
    ask(session, study)
    letters.discard(session, evaluation=study.evaluation)
    assert listed(session, study) == []


def test_nothing_is_printed_for_nobody_nor_for_links_that_do_not_work(session: Session, study: cast.Study) -> None:
    with pytest.raises(WrongState, match="nobody-to-write-to"):
        ask(session, study)
    study.invite(session, "governor")
    study.wave.ready_at = None
    with pytest.raises(WrongState, match="wave-not-ready"):
        ask(session, study)
    study.wave.ready_at = clock.now()
    study.wave.closed_at = clock.now()
    with pytest.raises(WrongState, match="wave-closed"):
        ask(session, study)
