"""Planning conversations: who talks with whom, when and where, and the file for a calendar."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final

from flask import Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from surveyapp import clock
from surveyapp.access import Permission, Scope
from surveyapp.actions import interviews as verbs
from surveyapp.errors import InvalidContent, NotFound, SurveyError
from surveyapp.models import Evaluation, Interview, Invitee, Participant, User, Wave
from surveyapp.models.interview import INTERVIEW_STATES
from surveyapp.queries import editions
from surveyapp.queries import interviews as found_in
from surveyapp.reports.calendar import Appointment, calendar_file
from surveyapp.web import anonymous, study, visitor
from surveyapp.web.database import session
from surveyapp.web.errors import STATUS
from surveyapp.web.guard import needs
from surveyapp.web.interviews.place import Place, at, prepares
from surveyapp.web.interviews.room import interviews
from surveyapp.web.interviews.wording import refusal
from surveyapp.web.language import said
from surveyapp.web.told import tell
from surveyapp.web.words import N_, _

Page = str | tuple[str, int] | AnyResponse
STATES: Final = {"planned": N_("Planned"), "held": N_("Held"), "cancelled": N_("Called off")}
_DONE: Final = {
    "planned": N_("The interview is planned again."),
    "held": N_("The interview was noted as held."),
    "cancelled": N_("The interview was called off. Send the calendar file again, so that calendars take it away."),
}


def on_interview(slug: str, interview: int, **_others: object) -> Scope:
    """The scope of a page about one conversation, for ``guard.needs``: that of its organisation."""
    evaluation = study.evaluation(slug)
    return Scope(evaluation.id, found_in.by_id(session(), evaluation.id, interview).membership_id)


holds = needs(Permission.INTERVIEW_PREPARE, on=on_interview)
"""For who may hold this interview."""


def the(slug: str, number: int) -> Interview:
    """The interview of this address."""
    found = found_in.by_id(session(), study.evaluation(slug).id, number)
    anonymous.must_not_be_anonymous(found.wave)
    return found


def place_of(interview: Interview) -> Place:
    return Place(interview.wave.evaluation, interview.membership)


def roles(wave: Wave) -> list[tuple[str, str]]:
    """Key and plural of the groups that can be talked with."""
    return [(role.key, said(role.plural)) for role in editions.of(session(), wave).questionnaire.roles]


@interviews.get("/evaluations/<slug>/interviews/planned")
@needs(Permission.INTERVIEW_PREPARE, on=study.on_any_organisation(Permission.INTERVIEW_PREPARE))
def planned(slug: str) -> str:
    """Every conversation of the organisations that the visitor may prepare for; filters stand in the address."""
    evaluation = study.evaluation(slug)
    wave = study.asked_wave(evaluation)
    places = _places(evaluation)
    if wave is not None:
        anonymous.must_not_be_anonymous(wave)
    code, state, role = (request.args.get(name, "") for name in ("organisation", "state", "role"))
    chosen = [place for place in places if code in {"", place.code}]
    inside = [place.member.id if place.member is not None else None for place in chosen]
    listed = found_in.of(session(), wave, places=inside, state=state, role=role) if wave is not None else []
    return render_template(
        "interviews/planned.html",
        evaluation=evaluation,
        places=places,
        roles=roles(wave) if wave is not None else [],
        states=STATES,
        chosen={"organisation": code, "state": state, "role": role},
        interviews=listed,
        place_of=place_of,
        wave=wave,
    )


def _places(evaluation: Evaluation) -> list[Place]:
    whole = [Place(evaluation, None)] if study.allowed(Permission.INTERVIEW_PREPARE, evaluation) else []
    own = study.memberships_for(evaluation, Permission.INTERVIEW_PREPARE)
    return [*whole, *(Place(evaluation, member) for member in own)]


@interviews.route("/evaluations/<slug>/interviews/<code>/plan", methods=["GET", "POST"])
@prepares
def plan(slug: str, code: str) -> Page:
    """Plan a conversation with this organisation, or with the programme team."""
    place = at(slug, code)
    wave = study.asked_wave(place.evaluation)
    if wave is None:
        raise NotFound("wave", evaluation=slug)
    anonymous.must_not_be_anonymous(wave)
    if request.method == "GET":
        return _form(place, wave, None)
    try:
        role = request.form.get("role", "")
        if role and role not in dict(roles(wave)):
            raise InvalidContent("unknown-role")
        made = verbs.plan(session(), wave=wave, membership=place.member, role=role, **_typed(place), by=visitor.user())
        for invitee in _chosen(wave, place, request.form.getlist("invitees")):
            verbs.add_participant(session(), interview=made, invitee=invitee, by=visitor.user())
    except SurveyError as problem:
        session().rollback()
        return _form(place, wave, None, refusal(problem)), STATUS[type(problem)]
    session().commit()
    tell(_("The interview was planned."))
    return redirect(url_for("interviews.arrange", slug=slug, interview=made.id), 303)


@interviews.route("/evaluations/<slug>/interviews/conversations/<int:interview>/arrange", methods=["GET", "POST"])
@holds
def arrange(slug: str, interview: int) -> Page:
    """When, where, with whom and by whom; and whether it was held."""
    found = the(slug, interview)
    place = place_of(found)
    if request.method == "GET":
        return _form(place, found.wave, found)
    return _done(
        found,
        lambda: verbs.change(session(), interview=found, version=_version(), **_typed(place), by=visitor.user()),
        _("The interview was changed."),
    )


@interviews.post("/evaluations/<slug>/interviews/conversations/<int:interview>/state")
@holds
def set_state(slug: str, interview: int) -> Page:
    """Held, called off, or planned again."""
    found, state = the(slug, interview), request.form.get("state", "")
    words = _DONE.get(state, "")
    return _done(
        found,
        lambda: verbs.set_state(session(), interview=found, version=_version(), state=state, by=visitor.user()),
        _(words) if words else "",
    )


@interviews.post("/evaluations/<slug>/interviews/conversations/<int:interview>/participants")
@holds
def add_participant(slug: str, interview: int) -> Page:
    """Somebody who was invited, or somebody else by name."""
    found = the(slug, interview)
    return _done(found, lambda: _add(found), _("The participant was added."))


@interviews.post("/evaluations/<slug>/interviews/conversations/<int:interview>/participants/<int:participant>/remove")
@holds
def remove_participant(slug: str, interview: int, participant: int) -> Page:
    """Take somebody out of the conversation."""
    found = the(slug, interview)
    person = session().get(Participant, participant)
    if person is None or person.interview_id != found.id:
        raise NotFound("participant")
    return _done(
        found,
        lambda: verbs.remove_participant(session(), participant=person, by=visitor.user()),
        _("The participant was removed."),
    )


@interviews.get("/evaluations/<slug>/interviews/conversations/<int:interview>/appointment.ics")
@holds
def appointment(slug: str, interview: int) -> AnyResponse:
    """For a calendar: when and where, and nothing of what is asked."""
    found = the(slug, interview)
    if found.starts_at is None:
        return redirect(url_for("interviews.arrange", slug=slug, interview=interview), 303)
    place = place_of(found)
    file = calendar_file(
        Appointment(
            uid=found.calendar_uid,
            sequence=found.calendar_sequence,
            title=f"{_('Interview')}: {said(place.evaluation.title)} – {place.name}",
            place=found.place,
            starts_at=found.starts_at,
            minutes=found.minutes,
            cancelled=found.state == "cancelled",
            changed_at=clock.now(),
        )
    )
    named = f"interview-{found.id}.ics"
    return Response(file, mimetype="text/calendar", headers={"Content-Disposition": f'attachment; filename="{named}"'})


# --- what was posted -------------------------------------------------------------------------------------------------


def _add(interview: Interview) -> None:
    chosen = request.form.get("invitee", "")
    words = {name: request.form.get(name, "").replace("\x00", "") for name in ("name", "job", "email", "role")}
    if words["role"] and words["role"] not in dict(roles(interview.wave)):
        raise InvalidContent("unknown-role")
    invitees = _chosen(interview.wave, place_of(interview), [chosen] if chosen else [])
    who = invitees[0] if invitees else None
    verbs.add_participant(session(), interview=interview, invitee=who, **words, by=visitor.user())


def _chosen(wave: Wave, place: Place, numbers: Sequence[str]) -> list[Invitee]:
    """The invitees of this organisation with these numbers; raises ``InvalidContent`` for another."""
    known = {str(invitee.id): invitee for invitee in found_in.invitees(session(), wave, place.member)}
    if set(numbers) - known.keys():
        raise InvalidContent("unknown-invitee")
    return [known[number] for number in numbers]


def _typed(place: Place) -> dict[str, Any]:
    minutes = request.form.get("minutes", "").strip()
    if not minutes.isdecimal() or len(minutes) > 4:
        raise InvalidContent("interview-length", least=verbs.SHORTEST, most=verbs.LONGEST)
    language = request.form.get("language", "nl")
    return {
        "starts_at": _moment(request.form.get("day", "").strip(), request.form.get("time", "").strip()),
        "minutes": int(minutes),
        "place": request.form.get("place", "").replace("\x00", ""),
        "language": language if language in {"nl", "en"} else "nl",
        "interviewers": _interviewers(place, request.form.getlist("interviewers")),
    }


def _moment(day: str, hour: str) -> datetime | None:
    """On an Amsterdam clock; None where no day is known yet. Raises ``InvalidContent`` (``not-a-moment``)."""
    if not day and not hour:
        return None
    try:
        local = datetime.strptime(f"{day} {hour}", "%Y-%m-%d %H:%M").replace(tzinfo=clock.AMSTERDAM)
    except ValueError as problem:
        raise InvalidContent("not-a-moment") from problem
    if not 2000 <= local.year <= 2100:
        raise InvalidContent("not-a-moment")
    return local


def _interviewers(place: Place, numbers: Sequence[str]) -> list[User]:
    known = {str(user.id): user for user in _may_hold(place)}
    if set(numbers) - known.keys():
        raise InvalidContent("not-an-interviewer")
    return [known[number] for number in numbers]


def _may_hold(place: Place) -> list[User]:
    return found_in.interviewers(session(), place.evaluation.id, place.member)


def _version() -> int:
    written = request.form.get("version", "")
    return int(written) if written.isdecimal() and len(written) < 10 else -1


def _done(interview: Interview, act: Callable[[], object], words: str) -> Page:
    slug, number = interview.wave.evaluation.slug, interview.id
    try:
        act()
    except SurveyError as problem:
        session().rollback()
        fresh = the(slug, number)
        return _form(place_of(fresh), fresh.wave, fresh, refusal(problem)), STATUS[type(problem)]
    session().commit()
    tell(words)
    return redirect(url_for("interviews.arrange", slug=slug, interview=number), 303)


# --- the page --------------------------------------------------------------------------------------------------------


def _form(place: Place, wave: Wave, interview: Interview | None, error: str = "") -> str:
    local = clock.local(interview.starts_at) if interview is not None and interview.starts_at is not None else None
    typed = request.form if error and "minutes" in request.form else None
    shown = {
        "day": typed.get("day", "") if typed is not None else (f"{local:%Y-%m-%d}" if local else ""),
        "time": typed.get("time", "") if typed is not None else (f"{local:%H:%M}" if local else ""),
        "minutes": typed.get("minutes", "") if typed is not None else (interview.minutes if interview else 60),
        "place": typed.get("place", "") if typed is not None else (interview.place if interview else ""),
        "language": typed.get("language", "nl") if typed is not None else (interview.language if interview else "nl"),
        "role": typed.get("role", "") if typed is not None else (interview.role if interview else ""),
    }
    holding = {one.user_id for one in interview.interviewers} if interview is not None else set()
    user = visitor.user()
    if interview is None and user is not None:
        holding = {user.id}
    evaluation = place.evaluation
    taking_part = {one.invitee_id for one in interview.participants} if interview is not None else set()
    return render_template(
        "interviews/arrange.html",
        evaluation=evaluation,
        place=place,
        interview=interview,
        shown=shown,
        holding=holding,
        users=_may_hold(place),
        invitees=[one for one in found_in.invitees(session(), wave, place.member) if one.id not in taking_part],
        roles=roles(wave),
        role_of={role.key: said(role.title) for role in editions.of(session(), wave).questionnaire.roles},
        states=STATES,
        next_states=[state for state in INTERVIEW_STATES if interview is not None and state != interview.state],
        error=error,
    )
