"""The next wave as a copy of the one before."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.actions import copying, evaluations, waves
from surveyapp.errors import NotFound, WrongState
from surveyapp.models import Invitation, Invitee, MailText, OpenLink, Response
from surveyapp.queries import editions, invitations
from surveyapp.questionnaires.edition import Edition
from tests import cast
from tests.actions import setting_up
from tests.actions.conftest import Time
from tests.actions.setting_up import Draft
from tests.cast import SECRET_KEY


@pytest.fixture
def opened(session: Session) -> Draft:
    """Two governors and an official of Almelo were invited, and a wave with texts and targets was opened."""
    draft = setting_up.begin(session, regime="attributable")
    draft.invite(session, "governor", times=2)
    draft.invite(session, "official")
    text = {"purpose": "invitation", "language": "nl", "subject": "Doe mee", "body": "Hier: {link}"}
    session.add(MailText(wave_id=draft.wave.id, **text))
    waves.change(session, wave=draft.wave, by=draft.anna, targets={"governor": 60, "official": 50}, sender="Bureau")
    waves.open(session, wave=draft.wave, by=draft.anna)
    return draft


def _people(session: Session, wave_id: int) -> list[tuple[str, str, str]]:
    rows = session.execute(
        select(Invitee.name, Invitee.email, Invitee.role).where(Invitee.wave_id == wave_id).order_by(Invitee.id)
    )
    return [(name, email, role) for name, email, role in rows]


def test_the_copy_asks_the_same_of_the_same_people_with_new_links_and_no_answers(
    session: Session, opened: Draft
) -> None:
    made = copying.copy(session, evaluation=opened.evaluation, by=opened.anna, secret_key=SECRET_KEY)
    assert (made.number, made.ready_at, made.regime, made.sender) == (2, None, "attributable", "Bureau")
    assert (made.targets, made.settled) == ({"governor": 60, "official": 50}, [])
    assert made.edition_digest == opened.wave.edition_digest
    assert _people(session, made.id) == _people(session, opened.wave.id)
    hashes = session.scalars(select(Invitation.token_hash)).all()
    assert None not in hashes
    assert len(set(hashes)) == 6
    assert session.scalar(select(func.count()).select_from(Response).where(Response.wave_id == made.id)) == 0
    assert session.scalars(select(MailText.subject).where(MailText.wave_id == made.id)).all() == ["Doe mee"]
    session.commit()


def test_who_was_withdrawn_or_wants_no_mail_stays_so(session: Session, opened: Draft, time: Time) -> None:
    first, second, _third = session.scalars(select(Invitee).order_by(Invitee.id)).all()
    first.opted_out_at = time.now()
    withdrawn = session.scalars(select(Invitation).where(Invitation.invitee_id == second.id)).one()
    withdrawn.revoked_at = time.now()
    made = copying.copy(session, evaluation=opened.evaluation, by=opened.anna, secret_key=SECRET_KEY)
    copied = session.scalars(select(Invitee).where(Invitee.wave_id == made.id).order_by(Invitee.id)).all()
    assert [(one.name, one.opted_out_at is not None) for one in copied] == [(first.name, True), ("Bram 0", False)]
    assert second.name not in {one.name for one in copied if one.role == "governor"}


def test_a_newer_questionnaire_leaves_roles_behind_that_it_lacks(session: Session, opened: Draft) -> None:
    newer = cast.edition().model_dump()
    newer["questionnaire"]["version"] = "2"
    newer["questionnaire"]["roles"] = [one for one in newer["questionnaire"]["roles"] if one["key"] == "official"]
    for section in newer["questionnaire"]["sections"]:
        for question in section["questions"]:
            question["roles"] = [role for role in question.get("roles") or [] if role == "official"]
    edition = Edition.model_validate(newer)
    made = copying.copy(session, evaluation=opened.evaluation, by=opened.anna, secret_key=SECRET_KEY, edition=edition)
    assert editions.of(session, made).name == "every-kind/2"
    assert {role for _name, _email, role in _people(session, made.id)} == {"official"}
    assert made.targets == {"official": 50}


def test_open_links_are_not_copied_and_the_old_links_lead_to_the_old_wave(session: Session, opened: Draft) -> None:
    session.add(OpenLink(wave=opened.wave, membership=opened.members[1], role="official", started=0, generation=1))
    invitation = session.scalars(select(Invitation).order_by(Invitation.id)).first()
    assert invitation is not None
    made = copying.copy(session, evaluation=opened.evaluation, by=opened.anna, secret_key=SECRET_KEY)
    assert session.scalars(select(OpenLink.wave_id)).all() == [opened.wave.id]
    found = invitations.by_id(session, invitation.id)
    assert found is not None
    assert found.wave_id == opened.wave.id != made.id


def test_a_study_without_a_wave_or_with_one_that_is_being_set_up_has_nothing_to_copy(session: Session) -> None:
    draft = setting_up.begin(session)
    with pytest.raises(WrongState, match="wave-being-set-up"):
        copying.copy(session, evaluation=draft.evaluation, by=draft.anna, secret_key=SECRET_KEY)
    empty = evaluations.create(session, slug="leeg", title={"nl": "Leeg"}, client="C", by=draft.anna)
    with pytest.raises(NotFound):
        copying.copy(session, evaluation=empty, by=draft.anna, secret_key=SECRET_KEY)
