"""Verbs that erase what was kept long enough; the tallies and what was published stay, so that totals can be explained.

A study says until which days its invitees, texts and answers are kept. A worker erases them in the night after; a study
of which a wave has not closed waits for that.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Select, delete, exists, func, or_, select, update
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import coded_texts, conversation_privacy, jobs, log, review_privacy
from surveyapp.actions.anonymity import ERASE_TRACES
from surveyapp.models import (
    Answer,
    CountLink,
    Delegation,
    Evaluation,
    Invitation,
    Invitee,
    Mail,
    Mailing,
    OpenLink,
    PeopleFile,
    Rendering,
    ReportText,
    Response,
    Setting,
    Wave,
    upsert,
)
from surveyapp.queries import editions
from surveyapp.questionnaires.questionnaire import Questionnaire, TextQuestion

RETAIN: Final = "retain"
"""The kind of job that does this, once a day."""
INVITEES: Final = "invitees"
TEXTS: Final = "texts"
ANSWERS: Final = "answers"
_LOOKED: Final = "retained-on"
"""The setting with the last day on which a worker looked."""
_QUIETLY: Final = {"synchronize_session": False}


@dataclass(frozen=True)
class Due:
    """Something of a study that was kept long enough: what, until when, and how much of it there is."""

    evaluation_id: int
    slug: str
    what: str
    """``INVITEES``, ``TEXTS`` or ``ANSWERS``."""
    until: date
    number: int
    """People, texts, or people who answered."""
    waits: bool
    """A wave has not closed yet, and nothing is erased before it has."""


def due(session: Session, *, day: date) -> list[Due]:
    """What is to be erased on this day, the studies by their names; nothing that was erased before."""
    passed = or_(*(until < day for until in _UNTIL.values()))
    studies = session.scalars(select(Evaluation).where(passed).order_by(Evaluation.slug))
    return [one for study in studies for one in _of_study(session, study, day)]


def foreseen(session: Session, *, evaluation: Evaluation) -> list[Due]:
    """What would be erased of a study if all of its days had passed: for a look beforehand."""
    return _of_study(session, evaluation, None)


def retain(session: Session, *, day: date, dry_run: bool = False) -> list[Due]:
    """Erase what was kept long enough, with a line in the log for each; with ``dry_run`` only tell.

    A worker then frees the disk of what was deleted.
    """
    found = due(session, day=day)
    if dry_run:
        return found
    erased = [one for one in found if not one.waits]
    for one in erased:
        study = session.get_one(Evaluation, one.evaluation_id)
        _ERASE[one.what](session, study)
        session.execute(delete(Rendering).where(Rendering.evaluation_id == study.id, Rendering.audience == "team"))
        verb, counted = _TOLD[one.what]
        log.record(session, verb=verb, subject=study, by=None, evaluation=study, **{counted: one.number})
    if erased:
        jobs.enqueue(session, kind=ERASE_TRACES)
        session.expire_all()
    return found


def ask_daily(session: Session) -> bool:
    """Let a worker do this once a day, if any study has a day that passed; says whether it was asked for now."""
    today = clock.local(clock.now()).date()
    if not session.scalar(select(exists().where(or_(*(until < today for until in _UNTIL.values()))))):
        return False
    looked = session.get(Setting, _LOOKED)
    if looked is not None and looked.value == today.isoformat():
        return False
    upsert.replace(session, Setting, [{"name": _LOOKED, "value": today.isoformat()}], columns=("value",))
    jobs.enqueue(session, kind=RETAIN)
    return True


_UNTIL: Final = {
    INVITEES: Evaluation.invitees_until,
    TEXTS: Evaluation.texts_until,
    ANSWERS: Evaluation.answers_until,
}


def _of_study(session: Session, study: Evaluation, day: date | None) -> list[Due]:
    moment = clock.now()
    waits = any(wave.state_at(moment) != "closed" for wave in _waves(session, study))
    found = []
    for what, column in _UNTIL.items():
        until: date | None = getattr(study, column.key)
        if until is None or (day is not None and until >= day):
            continue
        number = _NUMBER[what](session, study)
        if number:
            found.append(Due(study.id, study.slug, what, until, number, waits))
    return found


def _waves(session: Session, study: Evaluation) -> list[Wave]:
    return list(session.scalars(select(Wave).where(Wave.evaluation_id == study.id).order_by(Wave.number)))


# --- invitees: names, addresses and links; that they were invited and answered stays --------------------------------


def _wave_ids(study: Evaluation) -> Select[int]:
    return select(Wave.id).where(Wave.evaluation_id == study.id)


def _count_invitees(session: Session, study: Evaluation) -> int:
    invited = select(func.count()).select_from(Invitee)
    named = invited.where(Invitee.wave_id.in_(_wave_ids(study)), or_(Invitee.name != "", Invitee.email != ""))
    passed = select(func.count()).select_from(Delegation).where(Delegation.email != "")
    theirs = passed.where(Delegation.response_id.in_(_responses(study)))
    talked_with = conversation_privacy.count_people(session, study) + review_privacy.count_people(session, study)
    return (session.scalar(named) or 0) + (session.scalar(theirs) or 0) + talked_with


def _erase_invitees(session: Session, study: Evaluation) -> None:
    """Their rows stay without anything that says who they were, as the response is counted by them."""
    waves, moment = _wave_ids(study), clock.now()
    people = select(Invitee.id).where(Invitee.wave_id.in_(waves))
    through = select(OpenLink.id).where(OpenLink.wave_id.in_(waves))
    passed_on = select(Delegation.id).where(Delegation.response_id.in_(_responses(study)))
    mailings = select(Mailing.id).where(Mailing.wave_id.in_(waves))
    mails = or_(Mail.invitee_id.in_(people), Mail.delegation_id.in_(passed_on), Mail.mailing_id.in_(mailings))
    links = or_(Invitation.invitee_id.in_(people), Invitation.open_link_id.in_(through))
    nobody = {"name": "", "email": ""}
    ended = {"token_hash": None, "revoked_at": func.coalesce(Invitation.revoked_at, moment)}
    for statement in (
        delete(Mail).where(mails),
        delete(PeopleFile).where(PeopleFile.wave_id.in_(waves)),
        update(Delegation).where(Delegation.id.in_(passed_on)).values(**nobody, token_hash=None),
        update(Invitation).where(links).values(**ended, begun_with=None),
        update(CountLink).where(CountLink.wave_id.in_(waves)).values(token_hash=None, revoked_at=moment),
        update(Invitee).where(Invitee.id.in_(people)).values(**nobody, opted_out_at=None),
    ):
        session.execute(statement, execution_options=_QUIETLY)
    conversation_privacy.forget_people(session, study)
    review_privacy.forget_people(session, study)


# --- texts: what somebody wrote; what they chose stays ---------------------------------------------------------------


def _written(questionnaire: Questionnaire) -> frozenset[str]:
    """The keys of answers in somebody's own words: to a question that asks for them, or beside another answer."""
    return frozenset(
        key for key, (question, part) in questionnaire.stored.items() if part or isinstance(question, TextQuestion)
    )


def _texts(session: Session, study: Evaluation) -> Iterable[tuple[Wave, frozenset[str]]]:
    return [(wave, _written(editions.of(session, wave).questionnaire)) for wave in _waves(session, study)]


def _count_texts(session: Session, study: Evaluation) -> int:
    """Those that hold something."""
    said = conversation_privacy.count_words(session, study) + review_privacy.count_words(session, study)
    own = select(func.count()).select_from(ReportText).where(ReportText.wave_id.in_(_wave_ids(study)))
    return (
        (session.scalar(own) or 0)
        + said
        + sum(
            session.scalar(
                select(func.count())
                .select_from(Answer)
                .join(Response, Response.id == Answer.response_id)
                .where(Response.wave_id == wave.id, Answer.question.in_(keys), Answer.value != "")
            )
            or 0
            for wave, keys in _texts(session, study)
        )
    )


def _erase_texts(session: Session, study: Evaluation) -> None:
    """No tally counts them; what was made of them goes too, with what a report cites of them."""
    of_reports = delete(ReportText).where(ReportText.wave_id.in_(_wave_ids(study)))
    session.execute(of_reports, execution_options=_QUIETLY)
    conversation_privacy.forget_words(session, study)
    review_privacy.forget_words(session, study)
    coded_texts.forget_study(session, study)
    for wave, keys in _texts(session, study):
        of_wave = select(Response.id).where(Response.wave_id == wave.id)
        gone = delete(Answer).where(Answer.response_id.in_(of_wave), Answer.question.in_(keys))
        session.execute(gone, execution_options=_QUIETLY)


# --- answers: everything that single people answered; the tallies stay ----------------------------------------------


def _responses(study: Evaluation) -> Select[int]:
    return select(Response.id).where(Response.wave_id.in_(_wave_ids(study)))


def _count_answers(session: Session, study: Evaluation) -> int:
    return session.scalar(select(func.count()).select_from(_responses(study).subquery())) or 0


def _erase_answers(session: Session, study: Evaluation) -> None:
    """With what was passed on and copies; receipts tell that there were answers, so that nobody counts them again."""
    coded_texts.forget_study(session, study, answers_only=True)
    gone = delete(Response).where(Response.wave_id.in_(_wave_ids(study)))
    session.execute(gone, execution_options=_QUIETLY)


_Counting = Callable[[Session, Evaluation], int]
_Erasing = Callable[[Session, Evaluation], None]
_NUMBER: Final[dict[str, _Counting]] = {INVITEES: _count_invitees, TEXTS: _count_texts, ANSWERS: _count_answers}
_ERASE: Final[dict[str, _Erasing]] = {INVITEES: _erase_invitees, TEXTS: _erase_texts, ANSWERS: _erase_answers}
_TOLD: Final = {
    INVITEES: ("privacy.retain-invitees", "invitees"),
    TEXTS: ("privacy.retain-texts", "texts"),
    ANSWERS: ("privacy.retain-answers", "responses"),
}
