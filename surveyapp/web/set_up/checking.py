"""The last step: everything that is still missing, every text as people will read it, trying it, and opening."""

from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from sqlalchemy import func, or_, select
from werkzeug.wrappers import Response

from surveyapp import clock
from surveyapp.actions import trials, waves
from surveyapp.actions.waves import NotReady
from surveyapp.errors import NotFound
from surveyapp.models import Evaluation, Invitation, Invitee, Membership, Receipt, Wave
from surveyapp.models import Response as Answered
from surveyapp.queries import editions
from surveyapp.queries import evaluations as queries
from surveyapp.questionnaires.questionnaire import Role
from surveyapp.web import study, visitor
from surveyapp.web.database import session
from surveyapp.web.language import name_of, said
from surveyapp.web.respond import promise
from surveyapp.web.respond.group import Group
from surveyapp.web.respond.promise import Promise
from surveyapp.web.set_up import room
from surveyapp.web.set_up.room import PREFIX, Page, set_up
from surveyapp.web.set_up.steps import steps
from surveyapp.web.set_up.wording import regime_name
from surveyapp.web.told import tell
from surveyapp.web.words import _, ngettext


@dataclass(frozen=True)
class _Asked:
    """By whom and for whom people are asked, as the promise needs it."""

    sender: str
    client: str
    organisation: str
    organisation_kind: str
    regime: str
    for_public: bool


@dataclass(frozen=True)
class Tried:
    """A role, and how far trying it has come."""

    role: Role
    promise: Promise
    started: int
    sent: int


@set_up.get(f"{PREFIX}/check")
@room.team
def check(slug: str) -> Page:
    """What is missing, each with the step where it is put right; the texts; the button."""
    evaluation, wave = room.found(slug)
    if wave is None:
        return room.choose_first(slug)
    return _shown(evaluation, wave)


@set_up.post(f"{PREFIX}/open")
@room.team
def open_wave(slug: str) -> Page:
    """Open it, where nothing is missing."""
    evaluation, wave = room.found(slug)
    if wave is None:
        return room.choose_first(slug)
    try:
        waves.open(session(), wave=wave, by=visitor.user())
    except NotReady:
        return _shown(evaluation, wave, refused=True), 422
    session().commit()
    tell(_("The wave has been opened. Questionnaire, organisations and confidentiality stand from now on."))
    return redirect(url_for("evaluations.overview", slug=slug), 303)


@set_up.post(f"{PREFIX}/try")
@room.team
def try_out(slug: str) -> Page:
    """To the questionnaire as this role of this organisation gets it, as a test."""
    evaluation, wave = room.found(slug)
    if wave is None:
        return room.choose_first(slug)
    token = trials.join(
        session(),
        wave=wave,
        membership=_member(evaluation, request.form.get("organisation", "")),
        role=request.form.get("role", ""),
        language=wave.languages[0] if wave.languages else "nl",
        secret_key=room.secret_key(),
        by=visitor.user(),
    )
    session().commit()
    return redirect(url_for("respond.landing", token=token), 303)


@set_up.post(f"{PREFIX}/try/clear")
@room.team
def clear_tests(slug: str) -> Response:
    """Throw away what was tried, to begin afresh."""
    wave = queries.wave(session(), study.evaluation(slug))
    gone = trials.clear(session(), wave=wave, by=visitor.user())
    session().commit()
    tell(ngettext("%(num)s test was thrown away.", "%(num)s tests were thrown away.", gone))
    return redirect(url_for("set_up.check", slug=slug) + "#try", 303)


def _member(evaluation: Evaluation, number: str) -> Membership:
    for member in queries.memberships(session(), evaluation):
        if str(member.id) == number:
            return member
    raise NotFound("organisation")


def _shown(evaluation: Evaluation, wave: Wave, *, refused: bool = False) -> str:
    asked = editions.by_digest(session(), wave.edition_digest)
    members = queries.memberships(session(), evaluation)
    found = steps(evaluation, wave)
    return render_template(
        "set_up/check.html",
        evaluation=evaluation,
        wave=wave,
        edition=asked,
        begun=wave.ready_at is not None,
        refused=refused,
        problems=[(step, words) for step in found for words in step.problems],
        unseen=[step for step in found if step.state == "usual"],
        at_once=wave.opens_at <= clock.now(),
        regime=regime_name(wave.regime),
        languages=[name_of(code) for code in wave.languages],
        members=members,
        tried=[_tried(wave, role, members) for role in asked.questionnaire.roles],
        mail_address=room.address(evaluation.slug, "mail"),
        step=room.step("check"),
    )


def _tried(wave: Wave, role: Role, members: list[Membership]) -> Tried:
    first = members[0].organisation if members else None
    told = promise.of(
        _Asked(
            wave.sender,
            wave.evaluation.client,
            first.name if first is not None else _("the organisation"),
            first.kind if first is not None else "",
            wave.regime,
            wave.for_public,
        ),
        Group(said(role.title)),
    )
    started, sent = _counted(wave, role)
    return Tried(role, told, started, sent)


def _counted(wave: Wave, role: Role) -> tuple[int, int]:
    """How many test people of this role began, and how many sent their answers in."""
    sent = Receipt.invitation_id.is_not(None)
    row = session().execute(
        select(func.count().filter(or_(sent, Answered.id.is_not(None))), func.count().filter(sent))
        .select_from(Invitation)
        .join(Invitation.invitee)
        .outerjoin(Receipt, Receipt.invitation_id == Invitation.id)
        .outerjoin(Answered, Answered.invitation_id == Invitation.id)
        .where(Invitee.wave_id == wave.id, Invitee.test, Invitee.role == role.key)
    )
    started, handed_in = row.one()
    return started, handed_in
