"""Inviting people, and the secret in their link."""

import pytest
from sqlalchemy.orm import Session

from surveyapp.actions import invitations, waves
from surveyapp.errors import InvalidContent, NotFound, WrongState
from surveyapp.queries import evaluations as found
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
