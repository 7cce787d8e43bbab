"""Following a mailing and the mail to each person: how far it is, what went wrong, and what can be done."""

import secrets
from typing import Final

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from surveyapp import clock
from surveyapp.access import Permission
from surveyapp.actions import mails as verbs
from surveyapp.actions.mailings import JOB as MAILING_JOB
from surveyapp.errors import NotFound, SurveyError
from surveyapp.models import Wave
from surveyapp.models.wave import ANONYMOUS
from surveyapp.queries import editions, jobs, letters, mail_people, mailings
from surveyapp.queries.mail_people import Person
from surveyapp.queries.mailings import Round
from surveyapp.web import study, visitor
from surveyapp.web.database import session
from surveyapp.web.mail import words
from surveyapp.web.mail.planning import find
from surveyapp.web.mail.room import mail, purposes, team, wave_of
from surveyapp.web.refreshing import Refreshing, address
from surveyapp.web.told import tell
from surveyapp.web.words import _, ngettext

PER_PAGE: Final = 100
TROUBLE: Final = "trouble"
_SHOWN: Final = ("sent", "waiting", "sending", "failed", "uncertain", "bounced", "cancelled")


@mail.get("/rounds/<int(max=2147483647):number>")
@team
def round_of(slug: str, number: int) -> str:
    """How far a mailing is: how many in each state; refreshing by itself as long as somebody wants and it goes on."""
    return _round(slug, number)


def _round(slug: str, number: int, fault: str = "") -> str:
    wave = wave_of(slug)
    found = find(slug, number)
    purpose = {each.key: each for each in purposes(wave)}[found.mailing.purpose]
    getting = mailings.recipients(session(), wave, purpose.key, found.mailing.number)
    beginning = _is_beginning(found)
    due = found.state == "planned" and found.mailing.scheduled_at <= clock.now()
    return render_template(
        "mail/round.html",
        evaluation=study.evaluation(slug),
        purpose=purpose,
        round=found,
        shown=[(state, found.counts.get(state, 0)) for state in _SHOWN],
        expected=len(getting) if found.state == "planned" else 0,
        beginning=beginning,
        going_on=beginning or due or found.state == "sending",
        refreshing=Refreshing.asked(every=5),
        at=address,
        failed=found.counts.get("failed", 0),
        fault=fault,
        words=words,
    )


def _is_beginning(found: Round) -> bool:
    """Whether a worker has taken it up and made no mail yet; thanks wait for later answers, so that they never end."""
    taken_up = found.state == "sent" and not found.counts and found.mailing.purpose != "thanks"
    return taken_up and jobs.pending(session(), MAILING_JOB, mailing=found.mailing.id)


@mail.post("/rounds/<int(max=2147483647):number>/again")
@team
def round_again(slug: str, number: int) -> Response | tuple[str, int]:
    """Send everything in this mailing again that the server refused."""
    found = find(slug, number)
    failed = [
        each
        for mails in mailings.of_people(session(), found.mailing.wave).values()
        for each in mails
        if each.mailing_id == number and each.state == "failed"
    ]
    try:
        count = verbs.send_again(session(), mails=failed, reason=request.form.get("reason", ""), by=visitor.user())
    except SurveyError as refused:
        session().rollback()
        return _round(slug, number, words.refusal(refused)), 422
    session().commit()
    tell(ngettext("%(num)s mail is being sent again.", "%(num)s mails are being sent again.", count))
    return redirect(url_for("mail.round_of", slug=slug, number=number), 303)


@mail.get("/people")
@team
def people(slug: str) -> str:
    """Everybody with the last mail to them; first those with whom something is wrong."""
    wave = wave_of(slug)
    everybody = mail_people.people(session(), wave)
    wanted = request.args.get("state", TROUBLE)
    chosen = [person for person in everybody if _fits(person, wanted)]
    page = max(1, request.args.get("page", 1, type=int))
    pages = max(1, -(-len(chosen) // PER_PAGE))
    return render_template(
        "mail/people.html",
        evaluation=study.evaluation(slug),
        people=chosen[(page - 1) * PER_PAGE : page * PER_PAGE],
        total=len(chosen),
        everybody=len(everybody),
        wanted=wanted,
        choices=_choices(everybody),
        page=page,
        pages=pages,
        roles=_roles(slug),
        titles={each.key: each.title for each in purposes(wave)},
        words=words,
    )


@mail.get("/people/<int(max=2147483647):invitee>")
@team
def person(slug: str, invitee: int) -> str:
    """Every mail to one person, and what can be done about what went wrong."""
    return _person(slug, invitee)


@mail.post("/people/<int(max=2147483647):invitee>/again")
@team
def again(slug: str, invitee: int) -> Response | tuple[str, int]:
    """Send a mail to this person again; the reason is logged."""
    number = request.form.get("mail", 0, type=int)
    mails = [each for each in _one(slug, invitee).mails if each.id == number]
    try:
        verbs.send_again(session(), mails=mails, reason=request.form.get("reason", ""), by=visitor.user())
    except SurveyError as refused:
        return _refused(slug, invitee, number, refused)
    session().commit()
    tell(_("The mail is being sent again."))
    return redirect(url_for("mail.person", slug=slug, invitee=invitee), 303)


@mail.post("/people/<int(max=2147483647):invitee>/arrived")
@team
def arrived(slug: str, invitee: int) -> Response | tuple[str, int]:
    """Somebody knows that an uncertain mail arrived."""
    number = request.form.get("mail", 0, type=int)
    for each in _one(slug, invitee).mails:
        if each.id == number:
            try:
                verbs.confirm(session(), mail=each, reason=request.form.get("reason", ""), by=visitor.user())
            except SurveyError as refused:
                return _refused(slug, invitee, number, refused)
            session().commit()
            tell(_("It is noted that the mail arrived."))
    return redirect(url_for("mail.person", slug=slug, invitee=invitee), 303)


def _person(slug: str, invitee: int, fault: str = "", wrong: int = 0) -> str:
    wave = wave_of(slug)
    found = _one(slug, invitee)
    return render_template(
        "mail/person.html",
        evaluation=study.evaluation(slug),
        person=found,
        mails=[(each, each.state in verbs.AGAIN) for each in reversed(found.mails)],
        titles={each.key: each.title for each in purposes(wave)},
        role=_roles(slug),
        tells_answered=wave.regime != ANONYMOUS,
        may_invite=study.allowed(Permission.INVITATION_MANAGE, wave.evaluation),
        people_address=url_for("people.person", slug=slug, number=found.invitation_id),
        may_print=bool(letters.still_wanted(session(), wave, [found.invitation_id])) and _asks(wave),
        once=secrets.token_urlsafe(16),
        fault=fault,
        wrong=wrong,
        words=words,
    )


def _refused(slug: str, invitee: int, number: int, refused: SurveyError) -> tuple[str, int]:
    session().rollback()
    return _person(slug, invitee, words.refusal(refused), number), 422


def _one(slug: str, invitee: int) -> Person:
    found = mail_people.people(session(), wave_of(slug), invitee)
    if not found:
        raise NotFound("invitee")
    return found[0]


def _fits(person: Person, wanted: str) -> bool:
    if wanted == "all":
        return True
    state = person.latest.state if person.latest is not None else "none"
    if wanted == TROUBLE:
        return state in mailings.TROUBLED or not person.email
    return state == wanted


def _choices(everybody: list[Person]) -> list[tuple[str, str, int]]:
    """Which people can be shown: key, words, how many; states that nobody is in are left out."""
    named = [(TROUBLE, _("Something is wrong")), ("all", _("Everybody"))]
    named += [(state, words.state_name(state)) for state in _SHOWN if state != "cancelled"] + [
        ("none", _("no mail yet"))
    ]
    counted = [(key, name, sum(_fits(person, key) for person in everybody)) for key, name in named]
    return [choice for choice in counted if choice[2] or choice[0] in {TROUBLE, "all"}]


def _asks(wave: Wave) -> bool:
    return wave.state_at(clock.now()) in {"planned", "open"}


def _roles(slug: str) -> dict[str, dict[str, str]]:
    questionnaire = editions.by_digest(session(), wave_of(slug).edition_digest).questionnaire
    return {role.key: role.title for role in questionnaire.roles}
