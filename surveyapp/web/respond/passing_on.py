"""Passing a section to a colleague, seeing how far they are, and taking it back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from flask import current_app, request
from flask_babel import force_locale

from surveyapp.actions import delegations as verbs
from surveyapp.actions import mails
from surveyapp.errors import WrongState
from surveyapp.queries import mailings
from surveyapp.queries.delegations import Delegated
from surveyapp.questionnaires.text import locale_of, say
from surveyapp.web import installation, language
from surveyapp.web.database import session
from surveyapp.web.guard import public
from surveyapp.web.respond import answering, forms, wording
from surveyapp.web.respond.answering import Page
from surveyapp.web.respond.landing import WHY
from surveyapp.web.respond.visit import Visit, find_open
from surveyapp.web.words import N_, _

_FAULTS: Final = {
    "name-missing": N_("Fill in the name of your colleague."),
    "name-too-long": N_("Write a name of at most %(limit)s characters, on one line."),
    "email-not-valid": N_("Fill in an e-mail address with an @, such as name@organisation.nl."),
}


@dataclass(frozen=True)
class Field:
    """A field of the form as the template shows it."""

    name: str
    data: str = ""
    errors: tuple[str, ...] = ()


@public(WHY)
def colleague(token: str, section: str) -> Page:
    """Whom this section was passed to, with the link for them; or a form to pass it on."""
    visit = _with_section(token, section)
    return visit.to("landing") if visit.response is None else _shown(visit, section)


@public(WHY)
def pass_on(token: str, section: str) -> Page:
    """Ask a colleague; with a mistake, the same page with everything typed."""
    visit = _with_section(token, section)
    if visit.response is None:
        raise WrongState("response-withdrawn")
    typed = {name: request.form.get(name, "") for name in ("name", "email", "for")}
    chosen = typed["for"] if typed["for"] in language.offered() else language.current()
    if faults := verbs.faults(typed["name"], typed["email"]):
        return _shown(visit, section, typed, faults), 422
    if visit.colleague(section) is None:
        delegation, _token = verbs.pass_on(
            session(),
            response=visit.response,
            section=section,
            name=typed["name"],
            email=typed["email"],
            language=chosen,
            secret_key=_key(),
        )
        if _mails(visit):
            mails.for_delegation(session(), delegation=delegation)
        session().commit()
    return visit.to("colleague", section=section)


@public(WHY)
def take_back(token: str, section: str) -> Page:
    """End the colleague's link; what they filled in stays."""
    visit = _with_section(token, section)
    taken = visit.colleague(section)
    if taken is not None and visit.response is not None:
        verbs.take_back(session(), response=visit.response, delegation_id=taken.id)
        session().commit()
    return visit.to("section", section=section)


def _with_section(token: str, section: str) -> Visit:
    visit = find_open(token)
    visit.page_of(section)
    if not visit.may_change_mind:
        raise WrongState("anonymous-wave")
    if not visit.may_pass_on:
        raise WrongState("open-link")
    return visit


def _shown(
    visit: Visit, section: str, typed: Mapping[str, str] | None = None, faults: Mapping[str, str] | None = None
) -> str:
    asked = visit.colleague(section)
    fields = _fields(typed or {}, faults or {})
    link = "" if asked is None else f"{current_app.config['BASE_URL']}/c/{verbs.token_for(asked.id, _key())}"
    return answering.render(
        "respond/pass-on.html",
        visit,
        section=visit.page_of(section).section,
        fields=fields,
        faults=[(field.name, words) for field in fields.values() for words in field.errors],
        choices=language.offered(),
        asked=asked,
        link=link,
        message="" if asked is None else _message(visit, asked, section, link),
        mailed=None if asked is None else mailings.of_delegations(session(), [asked.id]).get(asked.id),
        mails=_mails(visit),
    )


def _mails(visit: Visit) -> bool:
    """Whether we mail the colleague; who only tries the questionnaire passes nothing on in earnest."""
    return installation.settings().smtp is not None and not visit.invited.test


def _fields(typed: Mapping[str, str], faults: Mapping[str, str]) -> dict[str, Field]:
    limit = verbs.LONGEST_NAME
    return {
        name: Field(
            name, forms.visible(typed.get(name, "")), (_(_FAULTS[faults[name]], limit=limit),) if name in faults else ()
        )
        for name in ("name", "email", "for")
    }


def _message(visit: Visit, asked: Delegated, section: str, link: str) -> str:
    """A ``mailto:`` address with a polite message, in the colleague's language."""
    spoken = asked.language
    names = {
        "name": asked.name,
        "title": say(visit.invited.title, spoken),
        "section": say(visit.page_of(section).section.title, spoken),
        "organisation": visit.invited.organisation,
        "link": link,
    }
    with force_locale(locale_of(spoken)):
        names["until"] = wording.moment(visit.invited.closes_at)
        subject = _("Will you help answer: %(title)s", **names)
        body = _(
            "Dear %(name)s,\n\n"
            "I am answering a questionnaire on behalf of %(organisation)s: %(title)s. You know most about the section "
            "“%(section)s”. Will you fill it in? This link opens it, without an account:\n\n"
            "%(link)s\n\n"
            "It can be done up to and including %(until)s. I see what you fill in, and I send the answers.\n\n"
            "Thank you!",
            **names,
        )
    lines = "\r\n".join(body.splitlines())
    return f"mailto:{quote(asked.email, safe='@')}?subject={quote(subject, safe='')}&body={quote(lines, safe='')}"


def _key() -> str:
    return str(current_app.config["SECRET_KEY"])
