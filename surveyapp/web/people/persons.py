"""One person: added, corrected, followed by another on the same seat, taken off the list, without mail or with it."""

from typing import TypedDict, TypeVar

from flask import redirect, render_template, request, url_for

from surveyapp.access import Permission
from surveyapp.actions import invitations as verbs
from surveyapp.errors import InvalidContent, SurveyError, WrongState
from surveyapp.models import Wave
from surveyapp.models.wave import ANONYMOUS
from surveyapp.queries import handed_in
from surveyapp.queries import people as queries
from surveyapp.web import language, study, visitor
from surveyapp.web.database import session
from surveyapp.web.errors import sentence
from surveyapp.web.people.forms import NewPersonForm, PersonForm, new_person_form, person_form
from surveyapp.web.people.room import (
    NUMBER,
    Page,
    invitation,
    is_closed,
    people,
    role_names,
    secret_key,
    state_name,
    team,
    to_list,
    to_person,
    wave_of,
)
from surveyapp.web.people.room import person as found_person
from surveyapp.web.told import tell
from surveyapp.web.words import _

_Form = TypeVar("_Form", bound=PersonForm)


class _Typed(TypedDict):
    """What a form says of somebody, wherever they sit."""

    name: str
    email: str
    language: str


@people.get("/new")
@team
def new(slug: str) -> str:
    """A form for somebody who is not on the list."""
    return _new(slug, new_person_form(wave_of(slug)))


@people.post("/new")
@team
def add(slug: str) -> Page:
    """Put somebody on the list; with a mistake the same page with everything typed."""
    wave = wave_of(slug)
    form = new_person_form(wave, request.form)
    if not form.validate():
        return _new(slug, form), 422
    try:
        made, _token = verbs.invite(
            session(),
            wave=wave,
            membership=study.membership(slug, str(form.organisation.data)),
            role=str(form.role.data),
            secret_key=secret_key(),
            by=visitor.user(),
            once=True,
            **_typed(form),
        )
    except (InvalidContent, WrongState) as problem:
        session().rollback()
        return _new(slug, _with(form, problem)), 422
    session().commit()
    tell(_("%(name)s is on the list.", name=form.name.data))
    if request.form.get("then") == "another":
        return redirect(url_for("people.new", slug=slug), 303)
    return to_person(slug, made.id)


@people.get(f"/{NUMBER}")
@team
def person(slug: str, number: int) -> str:
    """Who this is, how far they are, and what can be done."""
    wave, found = found_person(slug, number)
    form = person_form(wave, known={"name": found.name, "email": found.email, "language": found.language})
    return _person(slug, number, form)


@people.post(f"/{NUMBER}")
@team
def change(slug: str, number: int) -> Page:
    """Correct a name, an address or a language."""
    wave, _found = found_person(slug, number)
    form = person_form(wave, request.form)
    if not form.validate():
        return _person(slug, number, form), 422
    try:
        verbs.change(session(), invitation=invitation(slug, number), by=visitor.user(), **_typed(form))
    except InvalidContent as problem:
        session().rollback()
        return _person(slug, number, _with(form, problem)), 422
    session().commit()
    tell(_("Saved."))
    return to_person(slug, number)


@people.get(f"/{NUMBER}/replace")
@team
def replacing(slug: str, number: int) -> str:
    """Who follows this person."""
    wave, found = found_person(slug, number)
    return _replacing(slug, number, person_form(wave, known={"language": found.language}))


@people.post(f"/{NUMBER}/replace")
@team
def replace(slug: str, number: int) -> Page:
    """Give the seat to somebody else."""
    wave, found = found_person(slug, number)
    form = person_form(wave, request.form)
    if not form.validate():
        return _replacing(slug, number, form), 422
    try:
        seat = invitation(slug, number)
        verbs.replace(session(), invitation=seat, secret_key=secret_key(), by=visitor.user(), **_typed(form))
    except (InvalidContent, WrongState) as problem:
        session().rollback()
        return _replacing(slug, number, _with(form, problem)), 422
    session().commit()
    tell(_("%(new)s takes the place of %(old)s. The old link has ended.", new=form.name.data, old=found.name))
    return to_person(slug, number)


@people.get(f"/{NUMBER}/remove")
@team
def removing(slug: str, number: int) -> str:
    """What removing means."""
    _wave, found = found_person(slug, number)
    return render_template(
        "people/remove.html", evaluation=study.evaluation(slug), person=found, begun=found.state == queries.OPENED
    )


@people.post(f"/{NUMBER}/remove")
@team
def remove(slug: str, number: int) -> Page:
    """Take this person off the list."""
    _wave, found = found_person(slug, number)
    verbs.remove(session(), invitation=invitation(slug, number), by=visitor.user())
    session().commit()
    tell(_("%(name)s is off the list.", name=found.name))
    return to_list(slug)


@people.post(f"/{NUMBER}/mail")
@team
def mail(slug: str, number: int) -> Page:
    """No more mail for this person, or mail again."""
    again = request.form.get("mail") == "yes"
    (verbs.opt_in if again else verbs.opt_out)(session(), invitation=invitation(slug, number), by=visitor.user())
    session().commit()
    tell(_("This person gets mail again.") if again else _("This person gets no more mail."))
    return to_person(slug, number)


def _new(slug: str, form: NewPersonForm) -> str:
    wave = wave_of(slug)
    return render_template("people/new.html", evaluation=study.evaluation(slug), form=form, closed=is_closed(wave))


def _person(slug: str, number: int, form: PersonForm) -> str:
    wave, found = found_person(slug, number)
    return render_template(
        "people/person.html",
        evaluation=study.evaluation(slug),
        wave=wave,
        closed=is_closed(wave),
        anonymous=wave.regime == ANONYMOUS,
        person=found,
        sent=handed_in.one(session(), wave.evaluation, number) if _may_exclude(wave) else None,
        form=form,
        role=role_names(wave)[found.role],
        language_name=language.name_of(found.language),
        state_name=state_name,
    )


def _may_exclude(wave: Wave) -> bool:
    return study.allowed(Permission.RESPONSE_ENTER, wave.evaluation)


def _replacing(slug: str, number: int, form: PersonForm) -> str:
    wave, found = found_person(slug, number)
    return render_template(
        "people/replace.html",
        evaluation=study.evaluation(slug),
        person=found,
        form=form,
        role=role_names(wave)[found.role],
        begun=found.state == queries.OPENED,
    )


def _typed(form: PersonForm) -> _Typed:
    return {"name": str(form.name.data), "email": str(form.email.data), "language": str(form.language.data)}


def _with(form: _Form, problem: SurveyError) -> _Form:
    """The form with a refusal at its address."""
    form.email.errors = [*form.email.errors, sentence(problem)]
    return form
