"""Entering on behalf of an invitee: once, audited, and never in what is somebody's own."""

import threading

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.actions import entries, responses
from surveyapp.errors import InvalidAnswer, InvalidContent, WrongState
from surveyapp.models import Event, Invitation, Invitee, Response, User
from surveyapp.models.database import Database
from surveyapp.queries import editions
from tests import cast


def _start(session: Session, study: cast.Study, invitation: Invitation, channel: str = "paper") -> Response:
    return entries.start(session, invitation=invitation, channel=channel, promise=None, by=study.anna)


def test_what_is_entered_is_recorded_as_such(session: Session) -> None:
    study = cast.study(session)
    begun = _start(session, study, study.invite(session, "governor"), "telephone")
    assert (begun.channel, begun.entered_by, begun.submitted) == ("telephone", study.anna.id, False)
    event = session.scalars(select(Event).where(Event.verb == "response.start")).one()
    assert (event.actor_id, event.details) == (study.anna.id, {"channel": "telephone"})


def test_who_goes_on_with_it_does_not_change_how_it_came(session: Session) -> None:
    study = cast.study(session)
    invitation = study.invite(session, "governor")
    begun = _start(session, study, invitation)
    assert _start(session, study, invitation, "telephone") is begun
    assert begun.channel == "paper"


@pytest.mark.parametrize("channel", ["web", "", "post"])
def test_only_paper_and_telephone_are_entered(session: Session, channel: str) -> None:
    study = cast.study(session)
    with pytest.raises(InvalidContent, match="unknown-channel"):
        _start(session, study, study.invite(session, "governor"), channel)


def test_what_the_invitee_began_is_left_alone(session: Session) -> None:
    study = cast.study(session)
    invitation = study.invite(session, "governor")
    own = responses.start(session, invitation=invitation)
    with pytest.raises(WrongState, match="begun-online"):
        _start(session, study, invitation)
    with pytest.raises(WrongState, match="not-being-entered"):
        entries.discard(session, response=own, by=study.anna)
    questionnaire = editions.of(session, study.wave).questionnaire
    with pytest.raises(WrongState, match="not-being-entered"):
        entries.send(session, response=own, questionnaire=questionnaire, by=study.anna)


def test_in_an_anonymous_wave_nothing_is_entered(session: Session) -> None:
    study = cast.study(session, regime="anonymous")
    with pytest.raises(WrongState, match="anonymous-wave"):
        _start(session, study, study.invite(session, "governor"))


def test_what_was_sent_can_neither_be_sent_again_nor_thrown_away(session: Session) -> None:
    study = cast.study(session)
    questionnaire = editions.of(session, study.wave).questionnaire
    invitation = study.invite(session, "governor")
    begun = _start(session, study, invitation)
    with pytest.raises(InvalidAnswer, match="nothing-answered"):
        entries.send(session, response=begun, questionnaire=questionnaire, by=study.anna)
    study.save(session, begun, t1_1="4")
    entries.send(session, response=begun, questionnaire=questionnaire, by=study.anna)
    with pytest.raises(WrongState, match="already-submitted"):
        entries.send(session, response=begun, questionnaire=questionnaire, by=study.anna)
    with pytest.raises(WrongState, match="not-being-entered"):
        entries.discard(session, response=begun, by=study.anna)
    with pytest.raises(WrongState, match="already-submitted"):
        _start(session, study, invitation)


def test_the_invitee_who_reopens_it_makes_it_their_own(session: Session) -> None:
    study = cast.study(session)
    questionnaire = editions.of(session, study.wave).questionnaire
    invitation = study.invite(session, "governor")
    begun = _start(session, study, invitation)
    study.save(session, begun, t1_1="4")
    entries.send(session, response=begun, questionnaire=questionnaire, by=study.anna)
    responses.reopen(session, response=begun, questionnaire=questionnaire)
    session.refresh(begun)
    assert (begun.channel, begun.entered_by) == ("web", None)
    with pytest.raises(WrongState, match="begun-online"):
        _start(session, study, invitation)


def test_whoever_begins_first_has_it_and_the_other_is_told(database: Database) -> None:
    """Anna and the owner begin to enter while Bram opens his link, all at the same moment."""
    with database.session() as session:
        study = cast.study(session)
        bram = study.invite(session, "governor").id
        session.commit()
    channels: list[str] = []
    refused: list[str] = []

    def enter(channel: str) -> None:
        with database.session() as own:
            try:
                by = own.get_one(User, study.anna.id)
                own_invitation = own.get_one(Invitation, bram)
                channels.append(
                    entries.start(own, invitation=own_invitation, channel=channel, promise=None, by=by).channel
                )
            except WrongState as problem:
                refused.append(problem.code)
            own.commit()

    def open_link() -> None:
        with database.session() as own:
            channels.append(responses.start(own, invitation=own.get_one(Invitation, bram)).channel)
            own.commit()

    threads = [threading.Thread(target=enter, args=(channel,)) for channel in ("paper", "telephone")]
    threads.append(threading.Thread(target=open_link))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.session(readonly=True) as session:
        stored = session.scalars(select(Response).join(Response.invitation).where(Invitation.id == bram)).one()
    assert set(channels) == {stored.channel}
    assert refused == (["begun-online"] * 2 if stored.channel == "web" else [])


def test_nobody_is_entered_for_who_came_through_an_open_link(session: Session) -> None:
    study = cast.study(session)
    invitation = study.invite(session, "governor")
    stranger = Invitation(id=invitation.id, invitee=None)
    with pytest.raises(WrongState, match="open-link-entry"):
        _start(session, study, stranger)
    assert session.scalars(select(Invitee.name).join(Invitation).where(Invitation.id == invitation.id)).one() == "Bram"
