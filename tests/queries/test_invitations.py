"""Finding the invitation behind a link."""

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.models.database import Database
from surveyapp.queries import invitations
from tests import cast


def test_an_invitation_is_found_by_its_token_with_all_its_pages_need_in_one_statement(database: Database) -> None:
    with database.session() as session:
        study = cast.study(session)
        token = study.tokens[study.invite(session, "governor", member=1).id]
        session.commit()
    statements: list[str] = []
    for engine in database.engines:
        event.listen(engine, "before_cursor_execute", lambda *about: statements.append(about[2]))
    with database.session(readonly=True) as session:
        found = invitations.by_token(session, token)
        assert found is not None
        assert (found.role, found.language, found.organisation) == ("governor", "nl", "Borne")
        assert (found.wave_id, found.title, found.response) == (study.wave.id, {"nl": "Samen"}, None)
    assert len([statement for statement in statements if statement.startswith("SELECT")]) == 1


@pytest.mark.parametrize("token", ["", "nonsense", "é", "\udc80", "x" * 10_000])
def test_no_invitation_is_found_by_another_token(session: Session, token: str) -> None:
    cast.study(session)
    assert invitations.by_token(session, token) is None


def test_a_withdrawn_invitation_is_not_found(session: Session) -> None:
    study = cast.study(session)
    invitation = study.invite(session, "governor")
    invitation.revoked_at = clock.now()
    session.flush()
    assert invitations.by_token(session, study.tokens[invitation.id]) is None
