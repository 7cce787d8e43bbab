"""Answering: saved as it comes, handed in once, counted with it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import delegations, promises, responses, waves
from surveyapp.errors import InvalidAnswer, WrongState
from surveyapp.models import Answer, Event, ItemTally, Receipt, Response, ThemeTally
from surveyapp.queries import editions
from surveyapp.queries import responses as found
from tests import branching, cast
from tests.cast import Study


@pytest.fixture
def study(session: Session) -> Study:
    return cast.study(session)


def _items(session: Session, study: Study) -> dict[tuple[str, str, str], int]:
    rows = session.scalars(select(ItemTally).where(ItemTally.wave_id == study.wave.id))
    return {(row.question, row.role, row.answer): row.count for row in rows}


def _skipped(question: str, role: str, *options: str) -> dict[tuple[str, str, str], int]:
    """What is counted of somebody who said nothing about these options."""
    return {(f"{question}.{option}", role, ""): 1 for option in options}


def _themes(session: Session, study: Study) -> dict[tuple[str, str, int, int], int]:
    rows = session.scalars(select(ThemeTally).where(ThemeTally.wave_id == study.wave.id))
    return {(row.theme, row.role, row.answered, row.total): row.count for row in rows}


def test_starting_twice_gives_the_same_response(session: Session, study: Study) -> None:
    invitation = study.invite(session, "governor")
    first = responses.start(session, invitation=invitation)
    assert responses.start(session, invitation=invitation) is first
    assert (first.role, first.membership_id) == ("governor", study.members[0].id)
    assert (first.submitted, first.submitted_at, first.channel, first.entered_by) == (False, None, "web", None)


def test_a_withdrawn_invitation_cannot_be_started(session: Session, study: Study) -> None:
    invitation = study.invite(session, "governor")
    invitation.revoked_at = clock.now()
    with pytest.raises(WrongState, match="invitation-revoked"):
        responses.start(session, invitation=invitation)


def test_answers_are_kept_as_they_come_and_a_later_one_replaces_an_earlier(session: Session, study: Study) -> None:
    response = study.begin(session, "governor", t1_1="4", t1_good="Korte lijnen,\r\nveel é en 字.")
    study.save(session, response, t1_1="5", t1_2="")
    assert found.answers(session, response) == {"t1_1": "5", "t1_2": "", "t1_good": "Korte lijnen,\r\nveel é en 字."}


@pytest.mark.parametrize(
    ("question", "value", "code"),
    [
        ("t1_1", "6", "not-an-option"),
        ("t1_1", "04", "not-an-option"),
        ("t1_1", "4 ", "not-an-option"),
        ("t1_3", "4", "not-asked"),
        ("t9_9", "4", "not-asked"),
        ("scale_of_it", "global", "not-an-option"),
        ("t1_good", "x" * 61, "too-long"),
        ("t1_good", "nul\x00", "not-text"),
        ("first_things", "people>people", "ranked-twice"),
    ],
)
def test_an_answer_that_its_question_does_not_allow_is_refused(
    session: Session, study: Study, question: str, value: str, code: str
) -> None:
    response = study.begin(session, "governor")
    with pytest.raises(InvalidAnswer) as refused:
        study.save(session, response, **{question: value})
    assert (refused.value.code, refused.value.details) == (code, {"question": question, "problems": 1})


def test_of_several_answers_all_are_kept_or_none(session: Session, study: Study) -> None:
    response = study.begin(session, "governor")
    with pytest.raises(InvalidAnswer) as refused:
        study.save(session, response, t1_1="4", t1_2="9", scale_of_it="?")
    assert refused.value.details == {"question": "t1_2", "problems": 2}
    assert found.answers(session, response) == {}


def test_before_the_wave_opens_nothing_can_be_started(session: Session, study: Study) -> None:
    study.wave.opens_at = clock.now() + timedelta(hours=1)
    with pytest.raises(WrongState, match="wave-not-open"):
        responses.start(session, invitation=study.invite(session, "governor"))


@pytest.mark.parametrize("how", ["by hand", "by time"])
def test_when_the_wave_is_closed_nothing_can_be_started_saved_or_submitted(
    session: Session, study: Study, how: str
) -> None:
    invitation = study.invite(session, "official")
    draft = study.begin(session, "governor", t1_1="4")
    if how == "by hand":
        waves.close(session, wave=study.wave, by=study.anna)
    else:
        study.wave.closes_at = clock.now() - timedelta(minutes=1)
        session.flush()
    attempts: tuple[Callable[[], object], ...] = (
        lambda: responses.start(session, invitation=invitation),
        lambda: study.save(session, draft, t1_1="5"),
        lambda: study.submit(session, draft),
    )
    for attempt in attempts:
        with pytest.raises(WrongState, match="wave-closed"):
            attempt()
    assert found.answers(session, draft) == {"t1_1": "4"}


def test_submitting_writes_the_receipt_and_counts_every_question_that_was_asked(session: Session, study: Study) -> None:
    response = study.respond(session, "governor", t1_1="4", t1_2="2", scale_of_it="local", t1_good="Ja.")
    assert response.submitted
    assert session.get(Receipt, response.invitation_id) is not None
    assert _items(session, study) == {
        ("t1_1", "governor", "4"): 1,
        ("t1_2", "governor", "2"): 1,
        ("t1_weight", "governor", ""): 1,
        ("scale_of_it", "governor", "local"): 1,
        **_skipped("first_things", "governor", "people", "money", "time"),
    }
    assert _themes(session, study) == {("t1", "governor", 2, 4 + (6 - 2)): 1}


def test_dont_know_and_not_applicable_are_counted_and_have_no_points(session: Session, study: Study) -> None:
    study.respond(session, "official", t1_1="dk", t1_2="na", t1_3="5")
    counted = _items(session, study)
    assert [counted[key, "official", answer] for key, answer in (("t1_1", "dk"), ("t1_2", "na"), ("t2_1", ""))] == [
        1,
        1,
        1,
    ]
    assert _themes(session, study) == {("t1", "official", 1, 5): 1, ("t2", "official", 0, 0): 1}


def test_a_draft_is_in_no_tally(session: Session, study: Study) -> None:
    study.begin(session, "governor", t1_1="4")
    assert (_items(session, study), _themes(session, study)) == ({}, {})


@pytest.mark.parametrize("answers", [{}, {"t1_1": ""}, {"t1_good": " \n "}])
def test_a_response_without_any_answer_cannot_be_submitted(
    session: Session, study: Study, answers: dict[str, str]
) -> None:
    response = study.begin(session, "governor")
    study.save(session, response, **answers)
    with pytest.raises(InvalidAnswer, match="nothing-answered"):
        study.submit(session, response)
    assert not response.submitted


def test_after_submitting_nothing_can_be_saved_or_submitted_again(session: Session, study: Study) -> None:
    response = study.respond(session, "governor", t1_1="4")
    with pytest.raises(WrongState, match="already-submitted"):
        study.save(session, response, t1_1="1")
    with pytest.raises(WrongState, match="already-submitted"):
        study.submit(session, response)
    assert found.answers(session, response) == {"t1_1": "4"}
    assert sum(_items(session, study).values()) == 7


def test_answering_leaves_no_trace_in_the_log(session: Session, study: Study) -> None:
    before = session.scalar(select(func.count()).select_from(Event))
    response = responses.start(session, invitation=study.invite(session, "governor"))
    study.save(session, response, t1_1="4")
    study.submit(session, response)
    after = session.scalars(select(Event.verb).order_by(Event.id)).all()
    assert after[before:] == ["invitation.invite"]


@pytest.fixture
def branching_study(session: Session) -> Study:
    """Who is shown what depends on role, place and answers: see ``tests.branching``."""
    return cast.study(session, asked=branching.edition())


def _hidden(session: Session, response: Response) -> set[str]:
    rows = session.scalars(select(Answer.question).where(Answer.response_id == response.id, Answer.hidden))
    return set(rows)


def test_what_stands_beside_an_answer_is_kept_under_a_key_of_its_own(session: Session, branching_study: Study) -> None:
    answers = {"t1_1": "4", "t1_1.comment": "Zie het verslag.", "where": "elsewhere", "where.other": "Almere"}
    response = branching_study.begin(session, "governor")
    branching_study.save(session, response, **answers)
    assert found.answers(session, response) == answers
    for key, value in (("where.comment", "x"), ("t1_1.other", "x"), ("t1_1.", "x"), (".comment", "x")):
        with pytest.raises(InvalidAnswer, match="not-asked"):
            branching_study.save(session, response, **{key: value})
    with pytest.raises(InvalidAnswer, match="too-long"):
        branching_study.save(session, response, **{"where.other": "x" * 201})


def test_an_answer_to_a_question_that_is_not_shown_is_kept_and_counts_nowhere(
    session: Session, branching_study: Study
) -> None:
    response = branching_study.begin(session, "governor", t1_1="2", t1_2="5", t1_change="Alles.")
    branching_study.save(session, response, t1_1="4")
    branching_study.submit(session, response)
    assert _hidden(session, response) == {"t1_2", "t1_change"}
    assert found.answers(session, response) == {"t1_1": "4", "t1_2": "5", "t1_change": "Alles.", "t4_1": ""}
    assert _items(session, branching_study) == {
        ("where", "governor", ""): 1,
        ("t1_1", "governor", "4"): 1,
        ("t4_1", "governor", ""): 1,
        **_skipped("means", "governor", "people", "money", "time"),
    }
    assert _themes(session, branching_study) == {("t1", "governor", 1, 4): 1, ("t4", "governor", 0, 0): 1}


def test_a_hidden_answer_is_there_after_reopening_and_counts_when_its_question_is_shown_again(
    session: Session, branching_study: Study
) -> None:
    response = branching_study.begin(session, "governor", member=1, t1_1="2", t1_2="5")
    branching_study.save(session, response, t1_1="4")
    branching_study.submit(session, response)
    branching_study.reopen(session, response)
    assert _hidden(session, response) == set()
    branching_study.save(session, response, t1_1="1")
    branching_study.submit(session, response)
    assert _themes(session, branching_study) == {("t1", "governor", 2, 1 + (6 - 5)): 1}
    assert _items(session, branching_study)["t1_2", "governor", "5"] == 1


def test_a_required_question_that_no_page_showed_keeps_the_answers_from_being_sent(
    session: Session, branching_study: Study
) -> None:
    response = branching_study.begin(session, "governor", t1_1="5", where="elsewhere")
    with pytest.raises(InvalidAnswer) as refused:
        branching_study.submit(session, response)
    assert (refused.value.code, refused.value.details) == ("not-said-what", {"question": "where", "problems": 2})
    branching_study.save(session, response, **{"where.other": "Almere"})
    with pytest.raises(InvalidAnswer) as refused:
        branching_study.submit(session, response)
    assert (refused.value.code, refused.value.details) == ("missing", {"question": "mark", "problems": 1})
    branching_study.save(session, response, t1_1="4")
    branching_study.submit(session, response)


def test_answers_to_hidden_questions_alone_are_nothing_to_send(session: Session, branching_study: Study) -> None:
    response = branching_study.begin(session, "governor", t1_2="3", t3_1="4")
    branching_study.save(session, response, **{"where.other": "Almere"})
    with pytest.raises(InvalidAnswer, match="nothing-answered"):
        branching_study.submit(session, response)


def test_what_was_reopened_and_not_sent_again_stays_out_when_the_wave_closes(session: Session, study: Study) -> None:
    response = study.respond(session, "governor", t1_1="4")
    study.reopen(session, response)
    assert (response.submitted, response.submitted_at) == (False, None)
    assert session.get(Receipt, response.invitation_id) is None
    waves.close(session, wave=study.wave, by=study.anna)
    assert (_items(session, study), _themes(session, study)) == ({}, {})
    assert found.answers(session, response) == {"t1_1": "4"}


def test_what_was_reopened_is_changed_sent_and_counted_once(session: Session, study: Study) -> None:
    response = study.respond(session, "governor", t1_1="4")
    study.reopen(session, response)
    study.reopen(session, response)
    study.save(session, response, t1_1="2")
    study.submit(session, response)
    assert _themes(session, study) == {("t1", "governor", 1, 2): 1}
    assert session.get(Receipt, response.invitation_id) is not None


def test_withdrawing_deletes_the_answers_and_the_same_link_starts_afresh(session: Session, study: Study) -> None:
    response = study.respond(session, "governor", t1_1="4", t1_good="Ja.")
    other = study.respond(session, "governor", t1_1="4")
    invitation = response.invitation
    study.withdraw(session, response)
    assert session.scalar(select(func.count()).where(Answer.response_id == response.id)) == 0
    assert _themes(session, study) == {("t1", "governor", 1, 4): 1}
    assert invitation is not None
    afresh = responses.start(session, invitation=invitation)
    assert afresh.id not in {response.id, other.id}
    assert found.answers(session, afresh) == {}


def test_after_withdrawing_another_window_can_do_nothing_with_it(session: Session, study: Study) -> None:
    response = study.begin(session, "governor", t1_1="4")
    study.withdraw(session, response)
    attempts: tuple[Callable[[], object], ...] = (
        lambda: study.withdraw(session, response),
        lambda: study.reopen(session, response),
        lambda: study.save(session, response, t1_1="5"),
        lambda: study.submit(session, response),
    )
    for attempt in attempts:
        with pytest.raises(WrongState, match="response-withdrawn"):
            attempt()
    assert (_items(session, study), _themes(session, study)) == ({}, {})


def test_after_closing_nothing_can_be_reopened_or_withdrawn(session: Session, study: Study) -> None:
    response = study.respond(session, "governor", t1_1="4")
    waves.close(session, wave=study.wave, by=study.anna)
    for attempt in (study.reopen, study.withdraw):
        with pytest.raises(WrongState, match="wave-closed"):
            attempt(session, response)
    assert response.submitted


def test_what_a_researcher_enters_says_so_and_is_in_the_log(session: Session, study: Study) -> None:
    invitation = study.invite(session, "governor")
    promise = promises.keep(session, wave_id=study.wave.id, language="nl", text="Niemand ziet uw naam.")
    response = responses.start(session, invitation=invitation, promise=promise, channel="paper", by=study.anna)
    assert (response.channel, response.entered_by, response.promise) == ("paper", study.anna.id, promise)
    event = session.scalars(select(Event).order_by(Event.id.desc()).limit(1)).one()
    assert (event.verb, event.subject, event.actor_id) == (
        "response.start",
        f"invitation:{invitation.id}",
        study.anna.id,
    )
    assert event.details == {"channel": "paper"}


def test_answers_tell_through_whose_hands_they_came_until_somebody_else_changes_them(
    session: Session, study: Study
) -> None:
    response = study.begin(session, "governor", t1_1="4")
    colleague, _token = delegations.pass_on(
        session,
        response=response,
        section="first",
        name="Carla",
        email="carla@almelo.example",
        language="nl",
        secret_key=cast.SECRET_KEY,
    )
    questionnaire = editions.of(session, study.wave).questionnaire
    answers = {"t1_1": "2", "t1_2": "3"}
    responses.save(session, response=response, questionnaire=questionnaire, answers=answers, delegation_id=colleague.id)
    study.save(session, response, t1_2="4")
    hands = select(Answer.question, Answer.delegation_id).where(Answer.response_id == response.id)
    assert {row.question: row.delegation_id for row in session.execute(hands)} == {"t1_1": colleague.id, "t1_2": None}
    delegations.take_back(session, response=response, delegation_id=colleague.id)
    with pytest.raises(WrongState, match="delegation-ended"):
        responses.save(
            session, response=response, questionnaire=questionnaire, answers=answers, delegation_id=colleague.id
        )


def test_the_numbers_of_responses_follow_no_order(session: Session, study: Study) -> None:
    numbers = [study.begin(session, "governor").id for _ in range(12)]
    assert len(set(numbers)) == 12
    assert numbers != sorted(numbers)
    assert all(0 <= number < 2**62 for number in numbers)
