"""Making an interview guide, or the paper for the interviewee, at the prompt: the same rights as in the browser."""

from sqlalchemy.orm import Session

from surveyapp.access import Permission, Scope, may
from surveyapp.actions import answers
from surveyapp.cli import rights
from surveyapp.cli.reporting import FONTS, Wanted, kept
from surveyapp.config import Settings
from surveyapp.errors import NotAllowed, NotFound, WrongState
from surveyapp.models import Evaluation, Membership, Wave
from surveyapp.models.database import Database
from surveyapp.models.wave import ANONYMOUS
from surveyapp.queries import evaluations, guides
from surveyapp.questionnaires import written as in_words
from surveyapp.questionnaires.text import Text, say
from surveyapp.reports import beforehand, interview_guide, printing
from surveyapp.reports.beforehand import Beforehand
from surveyapp.reports.interview_guide import InterviewGuide

PROGRAMME = "programme"
"""Stands where otherwise the code of an organisation does."""
_PROGRAMME_TEAM: Text = {"nl": "Programmateam", "en": "Programme team"}


def write(known: Settings, wanted: Wanted) -> None:
    """Write the file, or nothing. That open answers are read is logged before they are.

    Raises ``NotFound`` (``evaluation``, ``account``, ``account-needed``, ``organisation``, ``organisation-needed``,
    ``wave``, ``role``, ``answers``), ``NotAllowed`` (``may-not-prepare``) and ``WrongState`` (``guide-anonymous``).
    """
    database = Database(known.database_url)
    try:
        with database.session() as session:
            made = _made(session, wanted)
            session.commit()
    finally:
        database.dispose()
    kind = interview_guide.KIND if isinstance(made, InterviewGuide) else beforehand.KIND
    kept(printing.render(wanted.rendering(kind), made.to_document(), fonts=FONTS), wanted.out)


def _made(session: Session, wanted: Wanted) -> InterviewGuide | Beforehand:
    evaluation = evaluations.by_slug(session, wanted.slug)
    by = rights.named(session, evaluation, wanted.account)
    member = None
    if wanted.organisation != PROGRAMME:
        member = rights.member(session, evaluation, wanted.organisation, by, Permission.INTERVIEW_PREPARE)
    if not may(by, Permission.INTERVIEW_PREPARE, Scope(evaluation.id, member.id if member is not None else None)):
        raise NotAllowed("may-not-prepare", email=by.email, slug=evaluation.slug)
    wave = _wave(session, evaluation, wanted.wave)
    known = _known(session, wave, member, wanted)
    if wanted.audience == "organisation":
        return guides.paper(session, known)
    asked = in_words.questions(known.questionnaire)
    read = answers.read_open(session, wave=wave, questions=asked, by=by, membership=member) if member else []
    return guides.guide(session, known, read)


def _wave(session: Session, evaluation: Evaluation, number: int | None) -> Wave:
    for wave in evaluations.asked_waves(session, evaluation):
        if number in {None, wave.number}:
            if wave.regime == ANONYMOUS:
                raise WrongState("guide-anonymous")
            return wave
    raise NotFound("wave", evaluation=evaluation.slug)


def _known(session: Session, wave: Wave, member: Membership | None, wanted: Wanted) -> guides.Known:
    analysed = guides.analysed(session, wave)
    roles = [role.key for role in analysed.edition.questionnaire.roles]
    if wanted.role and wanted.role not in roles:
        raise NotFound("role", role=wanted.role, roles=", ".join(roles))
    name = member.organisation.name if member is not None else say(_PROGRAMME_TEAM, wanted.language)
    known = guides.Known(analysed, member, name, wanted.role, wanted.language)
    if not known.has_answers:
        raise NotFound("answers", name=name)
    return known
