"""Who was invited by name, for whoever enters answers: states and numbers, and no answer."""

from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import entries as verbs
from surveyapp.models import Invitation
from surveyapp.queries import entries
from tests import cast


def test_everybody_is_there_in_order_with_how_far_they_are(session: Session) -> None:
    study = cast.study(session)
    study.invite(session, "official", member=1, name="Els")
    study.respond(session, "official", t1_1="3")
    study.begin(session, "governor", t1_1="3")
    entered = study.invite(session, "governor", member=2, name="Ans")
    verbs.start(session, invitation=entered, channel="telephone", promise=None, by=study.anna)
    found = [(one.organisation, one.role, one.channel, one.sent, one.entered_by) for one in _listed(session, study)]
    assert found == [
        ("Almelo", "governor", "web", False, None),
        ("Almelo", "official", "web", True, None),
        ("Borne", "official", None, False, None),
        ("Enschede", "governor", "telephone", False, "Anna"),
    ]


def test_who_was_withdrawn_is_not_there(session: Session) -> None:
    study = cast.study(session)
    withdrawn = study.invite(session, "governor")
    withdrawn.revoked_at = clock.now()
    session.flush()
    assert _listed(session, study) == []
    assert session.get(Invitation, withdrawn.id) is withdrawn


def test_only_what_was_sent_is_counted_by_its_channel(session: Session) -> None:
    study = cast.study(session)
    study.respond(session, "official", t1_1="3")
    study.begin(session, "official", t1_1="3")
    entered = verbs.start(
        session, invitation=study.invite(session, "governor"), channel="paper", promise=None, by=study.anna
    )
    assert entries.by_channel(session, study.wave) == {"web": 1}
    study.save(session, entered, t1_1="4")
    study.submit(session, entered)
    assert entries.by_channel(session, study.wave) == {"web": 1, "paper": 1}


def _listed(session: Session, study: cast.Study) -> list[entries.Entry]:
    return entries.of_wave(session, study.wave)


def test_one_invitee_is_found_in_their_own_wave_alone(session: Session) -> None:
    study = cast.study(session)
    invited = study.invite(session, "governor")
    found = entries.one(session, study.wave, invited.id)
    assert found is not None
    assert (found.name, found.role, found.organisation, found.channel) == ("Bram", "governor", "Almelo", None)
    assert entries.one(session, cast.another_wave(session, study).wave, invited.id) is None
    assert entries.one(session, study.wave, 999_999) is None
