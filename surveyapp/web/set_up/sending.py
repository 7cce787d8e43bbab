"""The period, who asks, whom to turn to and in which languages."""

from datetime import UTC, date, datetime
from typing import Final, TypedDict

from flask import render_template, request

from surveyapp import clock
from surveyapp.actions import waves
from surveyapp.models import Evaluation, Wave
from surveyapp.queries import editions
from surveyapp.web import visitor
from surveyapp.web.database import session
from surveyapp.web.language import languages, name_of
from surveyapp.web.set_up import room
from surveyapp.web.set_up.forms import ContactForm, SendingForm
from surveyapp.web.set_up.room import PREFIX, Page, set_up

_ON_PAGE: Final = ("opens_on", "opens_time", "closes_on", "sender", "contact_name", "contact_email", "languages")
"""The fields in the order of the page."""


@set_up.get(f"{PREFIX}/period")
@room.team
def period(slug: str) -> Page:
    """As it is, or as is usual."""
    evaluation, wave = room.found(slug)
    if wave is None:
        return room.choose_first(slug)
    opens = clock.local(wave.opens_at)
    form = SendingForm(
        today=_today(),
        data={
            "opens_on": opens.date(),
            "opens_time": opens.time(),
            "closes_on": clock.local(wave.closes_at).date(),
            "sender": wave.sender,
            "languages": wave.languages,
        },
    )
    contact = ContactForm(data={"contact_name": wave.contact_name, "contact_email": wave.contact_email})
    return _shown(evaluation, wave, form, contact)


@set_up.post(f"{PREFIX}/period")
@room.team
def save_period(slug: str) -> Page:
    """Keep it; after opening only whom to turn to."""
    evaluation, wave = room.found(slug)
    if wave is None:
        return room.choose_first(slug)
    form = SendingForm(request.form, today=_today())
    form.languages.choices = offered(wave)
    contact = ContactForm(request.form)
    frozen = wave.ready_at is not None
    if not all([contact.validate(), frozen or form.validate()]):
        return _shown(evaluation, wave, form, contact), 422
    user, name, email = visitor.user(), contact.contact_name.data, contact.contact_email.data
    if frozen:
        waves.change(session(), wave=wave, by=user, contact_name=name, contact_email=email)
    else:
        waves.change(session(), wave=wave, by=user, contact_name=name, contact_email=email, **_said(form))
    session().commit()
    return room.saved(slug, "period")


def offered(wave: Wave) -> list[tuple[str, str]]:
    """The languages of the interface into which the questionnaire was put, each with its name."""
    spoken = editions.by_digest(session(), wave.edition_digest).questionnaire.languages
    return [(code, name_of(code)) for code in languages() if code in spoken]


def moment(day: datetime) -> datetime:
    """A time on an Amsterdam clock, in UTC."""
    return day.replace(tzinfo=clock.AMSTERDAM).astimezone(UTC)


class _Said(TypedDict):
    opens_at: datetime
    closes_at: datetime
    sender: str
    languages: list[str]


def _said(form: SendingForm) -> _Said:
    opens, at, closes = form.opens_on.data, form.opens_time.data, form.closes_on.data
    if opens is None or at is None or closes is None:
        raise ValueError("a form that was not validated")
    return {
        "opens_at": moment(datetime.combine(opens, at)),
        "closes_at": clock.end_of(closes),
        "sender": str(form.sender.data),
        "languages": list(form.languages.data or []),
    }


def _today() -> date:
    return clock.local(clock.now()).date()


def _shown(evaluation: Evaluation, wave: Wave, form: SendingForm, contact: ContactForm) -> str:
    return render_template(
        "set_up/period.html",
        evaluation=evaluation,
        wave=wave,
        frozen=wave.ready_at is not None,
        form=form,
        contact=contact,
        offered=offered(wave),
        errors=[(name, words) for name in _ON_PAGE for words in {**form.errors, **contact.errors}.get(name, [])],
        step=room.step("period"),
    )
