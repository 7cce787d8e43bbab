"""Verbs of the person who answers: start, save, submit, reopen, withdraw.

They leave no event: the response and the receipt are the record, and the log holds nothing about who answered when.
"""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import delete, insert, update
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import anonymity, cells, coded_texts, holding, log, tallies
from surveyapp.actions.holding import Held
from surveyapp.errors import InvalidAnswer, WrongState
from surveyapp.models import Answer, Invitation, MergedRole, Receipt, Response, User, upsert
from surveyapp.models.response import random_id
from surveyapp.models.wave import ANONYMOUS
from surveyapp.queries import responses
from surveyapp.queries.responses import Answering
from surveyapp.questionnaires.answers import problem_with
from surveyapp.questionnaires.kinds.problems import NOT_ASKED
from surveyapp.questionnaires.path import Path, path
from surveyapp.questionnaires.questionnaire import SKIPPED, Questionnaire

WEB: Final = "web"
_SENT: Final = insert(Receipt)


def start(
    session: Session,
    *,
    invitation: Invitation,
    promise: str | None = None,
    channel: str = WEB,
    by: User | None = None,
) -> Response:
    """Begin to answer; the second time, or in a second window, gives the same response.

    ``promise`` is the digest of what was promised (``promises.keep``). ``channel`` and ``by`` say that a researcher
    enters what came on paper or by telephone. Raises ``WrongState``: ``invitation-revoked``, ``wave-not-open``,
    ``wave-closed``, ``already-submitted`` and ``anonymous-wave``, in which nobody enters for another; in an anonymous
    wave also ``TooFew`` where nobody could stay unknown.
    """
    if invitation.revoked_at is not None:
        raise WrongState("invitation-revoked")
    existing = responses.of(session, invitation)
    if existing is not None:
        return existing
    if invitation.wave.regime == ANONYMOUS and (by is not None or channel != WEB):
        raise WrongState("anonymous-wave")
    entered = {"promise": promise, "channel": channel, "entered_by": by.id if by is not None else None}
    upsert.insert_missing(session, Response, _beginning(session, invitation) | entered)
    started = responses.of(session, invitation)
    if started is None:
        raise WrongState("response-withdrawn")
    if by is not None:
        of = invitation.wave.evaluation
        log.record(session, verb="response.start", subject=invitation, by=by, evaluation=of, channel=channel)
    return started


def save(
    session: Session,
    *,
    response: Answering,
    questionnaire: Questionnaire,
    answers: Mapping[str, str],
    delegation_id: int | None = None,
) -> None:
    """Keep these answers, each replacing an earlier one under its key; an empty one takes it back.

    A key is a question's or that of a further part (``g1_1.comment``). ``delegation_id`` says through which colleague
    they come; one whose link was taken back meanwhile gets ``WrongState`` (``delegation-ended``).

    All or nothing: raises ``InvalidAnswer`` with the ``question`` and the code of the first problem and the number of
    ``problems``; ``WrongState`` (``wave-not-open``, ``wave-closed``, ``already-submitted``, ``response-withdrawn``).
    """
    holding.open_draft(session, response, delegation_id)
    problems = {key: code for key, value in answers.items() if (code := _problem(questionnaire, response, key, value))}
    _refuse(problems)
    rows = [
        {
            "response_id": response.id,
            "question": key,
            "value": value,
            "hidden": False,
            "delegation_id": delegation_id,
        }
        for key, value in answers.items()
    ]
    upsert.replace(session, Answer, rows, columns=("value", "hidden", "delegation_id"))


def submit(session: Session, *, response: Answering, questionnaire: Questionnaire) -> None:
    """Hand in, once: the receipt and both tallies are written with it.

    What is shown is worked out again, whatever a page showed: what keeps the answers from being sent raises
    ``InvalidAnswer`` with the ``question`` and code of the first and the number of ``problems``, or
    ``nothing-answered``. Answers to questions that are not shown stay, hidden, and count nowhere.

    Of two submissions at the same moment one waits for the other and then finds ``already-submitted``; closing the
    wave waits for those under way.
    """
    holding.wave(session, response.wave_id, alone=response.regime == ANONYMOUS)
    held = holding.open_draft(session, response)
    given = responses.answers(session, response)
    shown = path(questionnaire, response.standing, given)
    _refuse(shown.unfinished(given))
    counted = shown.counted(given)
    if not any(value.strip() for value in counted.values()):
        raise InvalidAnswer("nothing-answered")
    unanswered = _put_and_unanswered(questionnaire, shown, counted)
    counted |= unanswered
    if response.regime == ANONYMOUS:
        anonymity.hand_in(session, response=response, questionnaire=questionnaire, counted_rows=counted)
    else:
        _mark(session, response, hidden=given.keys() - counted.keys(), unanswered=unanswered)
        moment = max(clock.now(), held.started_at) if held.started_at is not None else clock.now()
        session.execute(update(Response).where(Response.id == response.id).values(submitted=True, submitted_at=moment))
        session.connection().execute(_SENT, {"invitation_id": response.invitation_id})
        if not held.excluded:
            tallies.add(session, response=response, questionnaire=questionnaire, answers=counted)


def reopen(session: Session, *, response: Answering, questionnaire: Questionnaire) -> None:
    """Make a draft again of what was handed in, while the wave is open; it counts when it is handed in again.

    Every answer is there as it was, those that were hidden too. What a researcher entered is the respondent's own from
    then on: nobody else reads or changes the draft. Reopening a draft changes nothing. Raises
    ``WrongState``: ``wave-closed``, ``response-withdrawn``, and ``anonymous-wave``, in which nothing leads back.
    """
    held = _hold_own(session, response)
    if not held.submitted:
        return
    _take_out(session, response, questionnaire, held)
    draft = {"submitted": False, "submitted_at": None, "channel": WEB, "entered_by": None}
    session.execute(update(Response).where(Response.id == response.id).values(draft))
    hidden = update(Answer).where(Answer.response_id == response.id, Answer.hidden)
    session.execute(hidden.values(hidden=False))


def withdraw(session: Session, *, response: Answering, questionnaire: Questionnaire) -> None:
    """Throw away what was answered, handed in or not, while the wave is open; the same link may start afresh.

    Raises ``WrongState`` as ``reopen`` does; the second time too (``response-withdrawn``).
    """
    held = _hold_own(session, response)
    if held.submitted:
        _take_out(session, response, questionnaire, held)
        coded_texts.forget_response(session, response.id)
    session.execute(delete(Response).where(Response.id == response.id))


def _beginning(session: Session, invitation: Invitation) -> dict[str, Any]:
    """A new row, in a wave that is held; in an anonymous one without its moment, and in the role it is kept under."""
    wave, role, moment = invitation.wave, invitation.role, clock.now()
    test = invitation.invitee is not None and invitation.invitee.test
    holding.wave_to_start_in(session, wave, test=test)
    anonymous = wave.regime == ANONYMOUS
    if anonymous:
        if responses.is_sent(session, invitation.id):
            raise WrongState("already-submitted")
        cells.fix(session, wave=wave)
        merged = session.get(MergedRole, (wave.id, invitation.membership.id, role))
        role = merged.kept_as if merged is not None else role
    return {
        "id": random_id(),
        "invitation_id": invitation.id,
        "wave_id": wave.id,
        "regime": wave.regime,
        "membership_id": invitation.membership.id,
        "role": role,
        "submitted": False,
        "started_at": None if anonymous else moment,
    }


def _problem(questionnaire: Questionnaire, response: Answering, key: str, value: str) -> str | None:
    question, _part = questionnaire.stored.get(key, (None, ""))
    if question is None or not question.asked_of(response.role):
        return NOT_ASKED
    return problem_with(questionnaire, key, value)


def _refuse(problems: Mapping[str, str]) -> None:
    if problems:
        question, code = next(iter(problems.items()))
        raise InvalidAnswer(code, question=question, problems=len(problems))


def _put_and_unanswered(questionnaire: Questionnaire, shown: Path, counted: Mapping[str, str]) -> dict[str, str]:
    """An empty answer to each counted question that a condition showed: its row says that it was put."""
    return {
        key: SKIPPED
        for key, question in shown.questions.items()
        if key in questionnaire.conditional and question.tallied(SKIPPED) and key not in counted
    }


def _mark(session: Session, response: Answering, *, hidden: set[str], unanswered: Mapping[str, str]) -> None:
    if hidden:
        marking = update(Answer).where(Answer.response_id == response.id, Answer.question.in_(hidden))
        session.execute(marking.values(hidden=True))
    if unanswered:
        rows = [{"response_id": response.id, "question": key, "value": value} for key, value in unanswered.items()]
        session.execute(insert(Answer), rows)


def _hold_own(session: Session, response: Answering) -> Held:
    """Look again under a lock whether this can be taken back."""
    if response.regime == ANONYMOUS:
        raise WrongState("anonymous-wave")
    holding.wave(session, response.wave_id)
    return holding.in_open_wave(session, response)


def _take_out(session: Session, response: Answering, questionnaire: Questionnaire, held: Held) -> None:
    """Out of both tallies, exactly as it went in, if it was in them; and its receipt."""
    if not held.excluded:
        counted = responses.counted_answers(session, response)
        tallies.subtract(session, response=response, questionnaire=questionnaire, answers=counted)
    session.execute(delete(Receipt).where(Receipt.invitation_id == response.invitation_id))
