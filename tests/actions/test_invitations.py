"""Inviting people, and the secret in their link."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import invitations, waves
from surveyapp.actions.anonymity import ERASE_TRACES
from surveyapp.errors import InvalidContent, NotFound, WrongState
from surveyapp.models import Answer, Event, Invitation, Invitee, Job, Mail, Mailing, Response
from surveyapp.queries import evaluations as found
from surveyapp.queries import invitations as queries
from tests import cast
from tests.cast import Study


@pytest.fixture
def study(session: Session) -> Study:
    return cast.study(session)


def test_nobody_is_invited_for_an_unknown_role_another_study_or_a_closed_wave(session: Session, study: Study) -> None:
    with pytest.raises(InvalidContent, match="unknown-role"):
        study.invite(session, "king")
    elsewhere = found.memberships(session, found.by_slug(session, "elders"))
    mine, study.members = study.members, elsewhere
    with pytest.raises(NotFound, match="membership-of-another-evaluation"):
        study.invite(session, "governor")
    study.members = mine
    waves.close(session, wave=study.wave, by=study.anna)
    with pytest.raises(WrongState, match="wave-closed"):
        study.invite(session, "governor")


def test_a_token_names_one_invitation_and_only_its_hash_is_stored(session: Session, study: Study) -> None:
    first, second = study.invite(session, "governor"), study.invite(session, "governor")
    token = study.tokens[first.id]
    assert len(token) == 22
    assert token != study.tokens[second.id]
    assert token == invitations.token_for(first, cast.SECRET_KEY) != invitations.token_for(first, "another key")
    assert first.token_hash == invitations.token_hash(token) != token
    first.generation += 1
    assert invitations.token_for(first, cast.SECRET_KEY) != token


def people(session: Session, study: Study) -> dict[str, str]:
    """Name -> address of everybody in Anna's study."""
    rows = session.scalars(select(Invitee).where(Invitee.wave_id == study.wave.id)).all()
    return {row.name: row.email for row in rows}


def told(session: Session, verb: str) -> list[dict[str, int | str]]:
    return list(session.scalars(select(Event.details).where(Event.verb == verb).order_by(Event.id)))


def mailed(session: Session, study: Study, invitation: Invitation) -> None:
    """The invitation of this invitee was sent by mail."""
    mailing = Mailing(wave=study.wave, purpose="invitation", number=1, per_minute=60, scheduled_at=clock.now())
    mail = Mail(mailing=mailing, purpose="invitation", invitee=invitation.invitee, state="sent", due_at=clock.now())
    session.add_all([mailing, mail])
    session.flush()


def replaced(session: Session, study: Study, invitation: Invitation, email: str = "bert@almelo.example") -> str:
    return invitations.replace(
        session,
        invitation=invitation,
        name="Bert",
        email=email,
        language="en",
        secret_key=cast.SECRET_KEY,
        by=study.anna,
    )


def test_somebody_is_invited_once_for_a_place_where_that_is_asked(session: Session, study: Study) -> None:
    study.invite(session, "governor")

    def again(member: int, role: str, email: str) -> None:
        invitations.invite(
            session,
            wave=study.wave,
            membership=study.members[member],
            role=role,
            name="B. Bram",
            email=email,
            language="nl",
            secret_key=cast.SECRET_KEY,
            by=study.anna,
            once=True,
        )

    with pytest.raises(InvalidContent, match="already-there"):
        again(0, "governor", " BRAM@almelo.example ")
    again(0, "official", "bram@almelo.example")
    again(1, "governor", "bram@almelo.example")
    with pytest.raises(InvalidContent, match="already-there"):
        again(1, "governor", "bram@almelo.example")


def test_a_correction_keeps_the_link_and_logs_which_fields_without_what_they_hold(
    session: Session, study: Study
) -> None:
    bram = study.invite(session, "governor")
    invitations.change(session, invitation=bram, name="Bram", email="bram@borne.example", language="en", by=study.anna)
    assert queries.by_token(session, study.tokens[bram.id]) is not None
    assert people(session, study)["Bram"] == "bram@borne.example"
    assert told(session, "invitation.change") == [{"fields": "email language"}]
    invitations.change(session, invitation=bram, name="Bram", email="bram@borne.example", language="en", by=study.anna)
    assert len(told(session, "invitation.change")) == 1


def test_nobody_gets_the_address_of_another_in_the_same_place(session: Session, study: Study) -> None:
    study.invite(session, "governor", name="Carla", email="carla@almelo.example")
    bram = study.invite(session, "governor")
    with pytest.raises(InvalidContent, match="already-there"):
        invitations.change(
            session, invitation=bram, name="Bram", email="Carla@almelo.example", language="nl", by=study.anna
        )
    with pytest.raises(InvalidContent, match="already-there"):
        replaced(session, study, bram, "carla@ALMELO.example")


def test_a_successor_gets_the_seat_and_a_link_and_nothing_of_the_predecessor_remains(
    session: Session, study: Study
) -> None:
    response = study.begin(session, "governor", t1_1="4")
    bram = session.get_one(Invitation, response.invitation_id)
    mailed(session, study, bram)
    invitations.opt_out(session, invitation=bram, by=study.anna)
    old = study.tokens[bram.id]
    token = replaced(session, study, bram)
    assert queries.by_token(session, old) is None
    seat = queries.by_token(session, token)
    assert seat is not None
    assert (seat.id, seat.role, seat.organisation_code, seat.language, seat.response_id, seat.answers) == (
        (bram.id, "governor", "GM0141", "en", None, {})
    )
    assert people(session, study) == {"Bert": "bert@almelo.example"}
    mine = select(func.count()).select_from(Response).where(Response.wave_id == study.wave.id)
    assert session.scalar(mine) == 0
    assert session.scalars(select(Answer).where(Answer.value == "4")).all() == []
    assert session.scalars(select(Mail)).all() == []
    assert session.scalars(select(Invitee.opted_out_at).where(Invitee.name == "Bert")).one() is None
    assert told(session, "invitation.replace") == [{}]


def test_who_has_answered_is_neither_replaced_nor_removed(session: Session, study: Study) -> None:
    response = study.respond(session, "governor", t1_1="4")
    bram = session.get_one(Invitation, response.invitation_id)
    with pytest.raises(WrongState, match="has-answered"):
        replaced(session, study, bram)
    with pytest.raises(WrongState, match="has-answered"):
        invitations.remove(session, invitation=bram, by=study.anna)


def test_who_is_removed_is_gone_with_draft_mail_and_link(session: Session, study: Study) -> None:
    response = study.begin(session, "governor", t1_1="4")
    bram = session.get_one(Invitation, response.invitation_id)
    mailed(session, study, bram)
    invitations.remove(session, invitation=bram, by=study.anna)
    assert queries.by_token(session, study.tokens[bram.id]) is None
    assert people(session, study) == {}
    assert session.scalars(select(Mail)).all() == []
    with pytest.raises(NotFound, match="invitation"):
        invitations.remove(session, invitation=bram, by=study.anna)


def test_opting_out_and_in_leaves_an_event_where_a_researcher_does_it_and_none_of_an_invitee(
    session: Session, study: Study
) -> None:
    bram = study.invite(session, "governor")
    for by in (None, study.anna):
        invitations.opt_out(session, invitation=bram, by=by)
        first = bram.invitee.opted_out_at if bram.invitee else None
        assert first is not None
        invitations.opt_out(session, invitation=bram, by=by)
        assert bram.invitee is not None
        assert bram.invitee.opted_out_at == first
        invitations.opt_in(session, invitation=bram, by=by)
        assert bram.invitee.opted_out_at is None
    assert len(told(session, "invitation.opt-out")) == len(told(session, "invitation.opt-in")) == 1
    assert queries.by_token(session, study.tokens[bram.id]) is not None


def test_a_link_ends_and_another_one_opens_what_was_begun(session: Session, study: Study) -> None:
    response = study.begin(session, "governor", t1_1="4")
    bram = session.get_one(Invitation, response.invitation_id)
    invitations.revoke(session, invitation=bram, by=study.anna)
    assert queries.by_token(session, study.tokens[bram.id]) is None
    for act in (invitations.revoke, lambda session, **of: invitations.show_link(session, secret_key="k", **of)):
        with pytest.raises(WrongState, match="link-ended"):
            act(session, invitation=bram, by=study.anna)
    token = invitations.reissue(session, invitation=bram, secret_key=cast.SECRET_KEY, by=study.anna)
    assert queries.by_token(session, study.tokens[bram.id]) is None
    again = queries.by_token(session, token)
    assert again is not None
    assert again.answers == {"t1_1": "4"}
    shown = invitations.show_link(session, invitation=bram, secret_key=cast.SECRET_KEY, by=study.anna)
    assert shown == token
    assert told(session, "invitation.show-link") == [{}]


def test_in_a_closed_wave_nobody_is_replaced_removed_or_given_another_link(session: Session, study: Study) -> None:
    bram = study.invite(session, "governor")
    waves.close(session, wave=study.wave, by=study.anna)
    with pytest.raises(WrongState, match="wave-closed"):
        replaced(session, study, bram)
    with pytest.raises(WrongState, match="wave-closed"):
        invitations.remove(session, invitation=bram, by=study.anna)
    with pytest.raises(WrongState, match="wave-closed"):
        invitations.reissue(session, invitation=bram, secret_key=cast.SECRET_KEY, by=study.anna)
    invitations.opt_out(session, invitation=bram, by=study.anna)


def test_in_an_anonymous_wave_that_has_begun_no_group_shrinks_and_nobody_sees_a_link(session: Session) -> None:
    study = cast.study(session, regime="anonymous")
    group = [study.invite(session, "official", email=f"o{number}@almelo.example") for number in range(6)]
    assert invitations.show_link(session, invitation=group[0], secret_key=cast.SECRET_KEY, by=study.anna)
    invitations.remove(session, invitation=group.pop(), by=study.anna)
    begun = study.begin(session, "official", t1_1="2")
    for act in (invitations.remove, invitations.revoke):
        with pytest.raises(WrongState, match="group-stands"):
            act(session, invitation=group[0], by=study.anna)
    with pytest.raises(WrongState, match="link-of-anonymous"):
        invitations.show_link(session, invitation=group[0], secret_key=cast.SECRET_KEY, by=study.anna)
    replaced(session, study, session.get_one(Invitation, begun.invitation_id))
    assert session.scalars(select(Response).where(Response.wave_id == study.wave.id)).all() == []
    assert session.scalars(select(Job.kind)).all() == [ERASE_TRACES]


def test_what_came_through_an_open_link_is_nobody_to_change(session: Session, study: Study) -> None:
    nobody = Invitation(id=999_999)
    with pytest.raises(NotFound, match="invitation"):
        invitations.opt_out(session, invitation=nobody, by=study.anna)
