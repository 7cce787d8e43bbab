"""The tallies are what counting again gives, through every door by which answers come, change and go.

``actions/test_tallies`` looks at answers; this looks at verbs. It knows nothing of which tallies there are:
``recount`` does.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import (
    delegations,
    entries,
    excluding,
    invitations,
    open_links,
    privacy,
    responses,
    retention,
    tallies,
    waves,
)
from surveyapp.errors import SurveyError, WrongState
from surveyapp.models import Delegation, Invitation, ItemTally, Response
from surveyapp.queries import editions, personal_data
from tests import branching, cast
from tests.cast import SECRET_KEY, Study
from tests.effort import tries

ROLES = ("governor", "official")
GIVEN = {
    "where": ("local", "regional"),
    "t1_1": ("1", "4", "5", "dk", ""),
    "t1_2": ("2", "na"),
    "t2_1": ("3", ""),
    "t3_1": ("2", "dk"),
    "means": ("people", "time;money"),
    "mark": ("7",),
}
REASON = "Heeft daarom gevraagd."


@dataclass
class Field:
    """A study while people answer it."""

    session: Session
    study: Study
    came: list[int] = field(default_factory=list)
    """The invitations of everybody who was invited or came through a link, in that order."""

    @property
    def questionnaire(self) -> Any:  # noqa: ANN401 - one of an edition
        return editions.of(self.session, self.study.wave).questionnaire

    def somebody(self, number: int) -> Invitation | None:
        """One of those who came; None where they are gone."""
        return self.session.get(Invitation, self.came[number % len(self.came)]) if self.came else None

    def response(self, invitation: Invitation) -> Response | None:
        found = select(Response).where(Response.invitation_id == invitation.id)
        return self.session.scalars(found.execution_options(populate_existing=True)).one_or_none()


Do = Callable[[Field, Invitation, Response, dict[str, str]], object]


def _pass_on(at: Field, _one: Invitation, response: Response, given_answers: dict[str, str]) -> None:
    """A colleague answers a section, and is done."""
    passed, _token = delegations.pass_on(
        at.session,
        response=response,
        section="first",
        name="Carla",
        email="carla@almelo.example",
        language="nl",
        secret_key=SECRET_KEY,
    )
    asked = {key: value for key, value in given_answers.items() if key.startswith("t1")}
    responses.save(
        at.session, response=response, questionnaire=at.questionnaire, answers=asked, delegation_id=passed.id
    )
    delegations.finish(at.session, response=response, delegation_id=passed.id)


def _take_back(at: Field, _one: Invitation, response: Response, _given: dict[str, str]) -> None:
    passed = at.session.scalars(select(Delegation.id).where(Delegation.response_id == response.id)).first()
    delegations.take_back(at.session, response=response, delegation_id=passed or 0)


def _erase(at: Field, one: Invitation, _response: Response, _given: dict[str, str]) -> None:
    email = one.invitee.email if one.invitee is not None else "nobody"
    for person in personal_data.found(at.session, at.study.evaluation, email):
        privacy.erase(at.session, person=person, reason=REASON, by=at.study.anna)
    at.session.expire_all()


def _replace(at: Field, one: Invitation, _response: Response, _given: dict[str, str]) -> None:
    invitations.replace(
        at.session,
        invitation=one,
        name="Opvolger",
        email=f"opvolger.{one.id}@almelo.example",
        language="nl",
        secret_key=SECRET_KEY,
        by=at.study.anna,
    )


VERBS: dict[str, Do] = {
    "save": lambda at, _one, response, answers: at.study.save(at.session, response, **answers),
    "submit": lambda at, _one, response, _answers: at.study.submit(at.session, response),
    "reopen": lambda at, _one, response, _answers: at.study.reopen(at.session, response),
    "withdraw": lambda at, _one, response, _answers: at.study.withdraw(at.session, response),
    "send from paper": lambda at, _one, response, _answers: entries.send(
        at.session, response=response, questionnaire=at.questionnaire, by=at.study.anna
    ),
    "throw paper away": lambda at, _one, response, _answers: entries.discard(
        at.session, response=response, by=at.study.anna
    ),
    "pass on": _pass_on,
    "take back": _take_back,
    "exclude": lambda at, _one, response, _answers: excluding.exclude(
        at.session, response=response, reason=REASON, by=at.study.anna
    ),
    "include": lambda at, _one, response, _answers: excluding.include(
        at.session, response=response, reason=REASON, by=at.study.anna
    ),
    "erase": _erase,
    "replace": _replace,
    "remove": lambda at, one, _response, _answers: invitations.remove(at.session, invitation=one, by=at.study.anna),
}
"""What can be done about somebody who began."""


def _come(at: Field, how: str, role: str, member: int) -> None:
    """Somebody new begins."""
    if how == "link":
        place = at.study.members[member]
        link, _token = open_links.add(
            at.session, wave=at.study.wave, membership=place, role=role, most=None, secret_key=SECRET_KEY, by=None
        )
        one, _its_token = open_links.start(
            at.session, link=link, membership=place, role=role, repeated=False, secret_key=SECRET_KEY
        )
    else:
        one = at.study.invite(at.session, role, member=member, email=f"iemand.{len(at.came)}@almelo.example")
    if how == "paper":
        entries.start(at.session, invitation=one, channel="paper", promise=None, by=at.study.anna)
    else:
        responses.start(at.session, invitation=one)
    at.came.append(one.id)


def _act(at: Field, what: str, number: int, answers: dict[str, str]) -> None:
    """Do it, if it may be done: what is refused leaves everything as it was."""
    one = at.somebody(number)
    response = at.response(one) if one is not None else None
    if one is None or response is None:
        return
    try:
        with at.session.begin_nested():
            VERBS[what](at, one, response, answers)
    except SurveyError:
        at.session.expire_all()


def _try_to_come(at: Field, how: str, role: str, member: int) -> None:
    try:
        with at.session.begin_nested():
            _come(at, how, role, member)
    except SurveyError:
        at.session.expire_all()


at_first = st.fixed_dictionaries({"where": st.sampled_from(("local", "regional")), "t1_1": st.sampled_from("134")})
given_answers = st.fixed_dictionaries({}, optional={key: st.sampled_from(values) for key, values in GIVEN.items()})
newcomer = st.tuples(
    st.sampled_from(("invited", "invited", "paper", "link")), st.sampled_from(ROLES), st.integers(0, 2)
)
verb = st.tuples(
    st.sampled_from(["submit", "submit", "send from paper", "exclude", *VERBS]), st.integers(0, 3), given_answers
)


@tries(15)
@given(
    coming=st.lists(newcomer, min_size=2, max_size=4),
    saved=st.lists(at_first, min_size=4, max_size=4),
    acts=st.lists(verb, min_size=6, max_size=18),
    regime=st.sampled_from(("confidential", "attributable")),
)
def test_whatever_is_done_about_people_a_recount_finds_nothing(
    session: Session,
    coming: list[tuple[str, str, int]],
    saved: list[dict[str, str]],
    acts: list[tuple[str, int, dict[str, str]]],
    regime: str,
) -> None:
    session.rollback()
    at = Field(session, cast.study(session, asked=branching.edition(), regime=regime, commit=False))
    for newcomer_is, answers in zip(coming, saved, strict=False):
        _try_to_come(at, *newcomer_is)
        _act(at, "save", len(at.came) - 1, answers)
    for what, number, answers in acts:
        _act(at, what, number, answers)
        assert tallies.recount(session, wave=at.study.wave) == []
    _assert_everybody_counts_once(at)
    waves.close(session, wave=at.study.wave, by=None)
    before = _kept(session, at.study)
    at.study.evaluation.texts_until = clock.now().date() - timedelta(days=1)
    retention.retain(session, day=date.max)
    assert tallies.recount(session, wave=at.study.wave) == []
    at.study.evaluation.answers_until = clock.now().date() - timedelta(days=1)
    retention.retain(session, day=date.max)
    assert _kept(session, at.study) == before, "what is erased in the end still counts"


def _kept(session: Session, study: Study) -> Counter[tuple[Any, ...]]:
    rows = session.execute(select(*ItemTally.__table__.columns).where(ItemTally.wave_id == study.wave.id))
    return Counter({tuple(row[:-1]): row[-1] for row in rows})


def _assert_everybody_counts_once(at: Field) -> None:
    """Each who handed in and is not excluded is once in the tally of the question that everybody is put."""
    asked = select(func.sum(ItemTally.count)).where(ItemTally.wave_id == at.study.wave.id, ItemTally.question == "t1_1")
    sent = select(func.count()).where(Response.wave_id == at.study.wave.id, Response.submitted)
    sent = sent.where(Response.excluded_at.is_(None))
    assert (at.session.scalar(asked) or 0) == at.session.scalar(sent)


@tries(8)
@given(
    sending=st.lists(st.tuples(st.integers(0, 11), given_answers), max_size=12),
    erased=st.lists(st.integers(0, 11), max_size=2),
)
def test_in_merged_groups_of_an_anonymous_wave_a_recount_finds_nothing(
    session: Session, sending: list[tuple[int, dict[str, str]]], erased: list[int]
) -> None:
    session.rollback()
    study = cast.study(session, asked=branching.edition(), regime="anonymous", commit=False)
    at = Field(session, study)
    for number, (role, member) in enumerate([("governor", 0), *[("official", 0)] * 5, *[("official", 1)] * 6]):
        at.came.append(study.invite(session, role, member=member, email=f"iemand.{number}@almelo.example").id)
    for number, answers in sending:
        one = at.somebody(number)
        assert one is not None
        try:
            with session.begin_nested():
                response = responses.start(session, invitation=one)
                known = editions.by_digest(session, study.wave.edition_digest, response.role).questionnaire
                responses.save(session, response=response, questionnaire=known, answers=answers)
                responses.submit(session, response=response, questionnaire=known)
        except SurveyError:
            session.expire_all()
        assert tallies.recount(session, wave=study.wave) == []
    roles = set(session.scalars(select(Response.role).where(Response.wave_id == study.wave.id, Response.submitted)))
    assert roles <= {"governor__official", "official"}
    for number in erased:
        for found in personal_data.found(session, study.evaluation, f"iemand.{number}@almelo.example"):
            privacy.erase(session, person=found, reason=REASON, by=study.anna)
        assert tallies.recount(session, wave=study.wave) == [], "nobody knows which answers were theirs"


def test_a_verb_that_is_refused_counts_nothing(session: Session) -> None:
    at = Field(session, cast.study(session, asked=branching.edition()))
    _come(at, "paper", "official", 0)
    one = at.somebody(0)
    assert one is not None
    begun = at.response(one)
    assert begun is not None
    with pytest.raises(SurveyError, match="nothing-answered"):
        entries.send(session, response=begun, questionnaire=at.questionnaire, by=at.study.anna)
    at.study.save(session, begun, t1_1="4", where="local")
    entries.send(session, response=begun, questionnaire=at.questionnaire, by=at.study.anna)
    with pytest.raises(WrongState, match="not-being-entered"):
        entries.discard(session, response=begun, by=at.study.anna)
    assert tallies.recount(session, wave=at.study.wave) == []
    _assert_everybody_counts_once(at)
