"""Trying a wave before it is opened: nothing of it is left afterwards."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.actions import evaluations, organisations, promises, responses, trials, waves
from surveyapp.actions.organisations import Place
from surveyapp.errors import InvalidContent, NotFound, WrongState
from surveyapp.models import (
    Answer,
    Invitation,
    Invitee,
    ItemTally,
    MergedRole,
    PromiseText,
    Receipt,
    Response,
    ThemeTally,
)
from surveyapp.models.wave import REGIMES
from surveyapp.queries import editions, monitor, open_roles
from surveyapp.queries import invitations as found
from surveyapp.queries.tokens import token_hash
from tests.actions import setting_up
from tests.actions.setting_up import Draft
from tests.cast import SECRET_KEY

LEFT = (Answer, ItemTally, MergedRole, PromiseText, Receipt, Response, ThemeTally)


def _join(session: Session, draft: Draft, role: str = "governor", member: int = 0) -> tuple[str, Invitation]:
    token = trials.join(
        session,
        wave=draft.wave,
        membership=draft.members[member],
        role=role,
        language="nl",
        secret_key=SECRET_KEY,
        by=draft.anna,
    )
    return token, session.scalars(select(Invitation).where(Invitation.token_hash == token_hash(token))).one()


def _answer(session: Session, draft: Draft, role: str = "governor", *, send: bool = True, member: int = 0) -> None:
    _token, invitation = _join(session, draft, role, member)
    questionnaire = editions.of(session, draft.wave).questionnaire
    promise = promises.keep(session, wave_id=draft.wave.id, language="nl", text="Beloofd.")
    response = responses.start(session, invitation=invitation, promise=promise)
    responses.save(session, response=response, questionnaire=questionnaire, answers={"t1_1": "4", "t1_good": "Proef."})
    if send:
        responses.submit(session, response=response, questionnaire=questionnaire)


def _rows(session: Session) -> dict[str, int]:
    return {table.__tablename__: session.scalar(select(func.count()).select_from(table)) or 0 for table in LEFT}


def test_a_test_person_answers_in_a_draft_in_which_nobody_else_can(session: Session) -> None:
    draft = setting_up.begin(session)
    (invited,) = draft.invite(session, "governor")
    with pytest.raises(WrongState, match="wave-not-open"):
        responses.start(session, invitation=invited)
    token, _invitation = _join(session, draft)
    seen = found.by_token(session, token)
    assert seen is not None
    assert (seen.test, seen.organisation, seen.role) == (True, "Almelo", "governor")
    _answer(session, draft)
    assert _rows(session)["receipt"] == 1


def test_asked_again_the_link_is_the_same(session: Session) -> None:
    draft = setting_up.begin(session)
    assert _join(session, draft)[0] == _join(session, draft)[0]
    assert _join(session, draft)[0] != _join(session, draft, "official")[0]
    assert _join(session, draft)[0] != _join(session, draft, member=1)[0]


@pytest.mark.parametrize("regime", REGIMES)
def test_opening_leaves_nothing_of_what_was_tried(session: Session, regime: str) -> None:
    draft = setting_up.begin(session, regime=regime)
    draft.invite(session, "official", times=5)
    _answer(session, draft, "governor")
    _answer(session, draft, "official")
    _answer(session, draft, "official", send=False, member=1)
    assert _rows(session)["item_tally"] > 0
    waves.open(session, wave=draft.wave, by=draft.anna)
    assert set(_rows(session).values()) == {0}
    assert session.scalars(select(Invitee.test)).all() == [False] * 5
    session.commit()


def test_an_anonymous_wave_can_be_tried_before_enough_people_are_invited_and_fixes_no_groups(session: Session) -> None:
    draft = setting_up.begin(session, regime="anonymous")
    _answer(session, draft, "governor")
    assert _rows(session)["merged_role"] == 0
    draft.invite(session, "governor", times=2)
    draft.invite(session, "official", times=4)
    waves.open(session, wave=draft.wave, by=draft.anna)
    assert [problem.code for problem in waves.problems(session, draft.wave)] == []


def test_test_people_are_neither_counted_nor_keep_a_role_from_an_open_link(session: Session) -> None:
    draft = setting_up.begin(session)
    _join(session, draft, "governor")
    assert open_roles.invited(session, draft.wave) == frozenset()
    assert sum(cell.invited for cell in monitor.per_cell(session, draft.wave)) == 0
    assert "nobody-invited" in {problem.code for problem in waves.problems(session, draft.wave)}


def test_another_regime_or_questionnaire_throws_the_tests_away_and_keeps_the_links(session: Session) -> None:
    draft = setting_up.begin(session)
    _answer(session, draft)
    waves.change(session, wave=draft.wave, regime="anonymous", by=draft.anna)
    assert set(_rows(session).values()) == {0}
    _answer(session, draft)
    assert _rows(session)["response"] == 1


def test_tests_are_thrown_away_when_asked_and_only_before_opening(session: Session) -> None:
    draft = setting_up.begin(session)
    draft.invite(session, "governor")
    _answer(session, draft)
    assert trials.clear(session, wave=draft.wave, by=draft.anna) == 1
    assert session.scalars(select(Invitee.test)).all() == [False]
    waves.open(session, wave=draft.wave, by=draft.anna)
    for verb in (lambda: trials.clear(session, wave=draft.wave, by=draft.anna), lambda: _join(session, draft)):
        with pytest.raises(WrongState, match="wave-frozen"):
            verb()


def test_what_is_tried_must_be_there(session: Session) -> None:
    draft = setting_up.begin(session)
    with pytest.raises(InvalidContent, match="unknown-role"):
        _join(session, draft, "mayor")
    elsewhere = evaluations.create(session, slug="elders", title={"nl": "Elders"}, client="C", by=None)
    places = [Place("GM0141", "", "municipality")]
    (other,) = organisations.join(session, evaluation=elsewhere, places=places, by=None).added
    with pytest.raises(NotFound):
        trials.join(
            session,
            wave=draft.wave,
            membership=other,
            role="governor",
            language="nl",
            secret_key=SECRET_KEY,
            by=draft.anna,
        )
