"""Planning a mailing: when, how fast and to whom, shown before it is confirmed; and calling one off."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from surveyapp import clock
from surveyapp.actions import mailings as verbs
from surveyapp.config import Smtp
from surveyapp.errors import NotFound, SurveyError, WrongState
from surveyapp.models import Wave
from surveyapp.models.wave import ANONYMOUS
from surveyapp.queries import mail_people, mailings
from surveyapp.queries.mailings import Round
from surveyapp.web import installation, study, visitor
from surveyapp.web.database import session
from surveyapp.web.mail import words
from surveyapp.web.mail.room import Purpose, mail, purpose_of, team, wave_of
from surveyapp.web.mail.views import texts_of
from surveyapp.web.told import tell, warn
from surveyapp.web.words import _

_LATER: Final = "later"


@dataclass(frozen=True)
class Chosen:
    """What was chosen in the form, as typed, and what is wrong with it."""

    when: str = "now"
    day: str = ""
    time: str = ""
    rate: str = ""
    at: datetime | None = None
    """None for now."""
    per_minute: int = 0
    faults: tuple[tuple[str, str], ...] = ()


@mail.get("/<purpose>")
@team
def about(slug: str, purpose: str) -> str:
    """Everything about mail for one purpose: texts, rounds, and planning another."""
    wave = wave_of(slug)
    known = purpose_of(wave, purpose)
    return _about(wave, known, _suggested(wave, known.key))


@mail.get("/<purpose>/plan")
@team
def check(slug: str, purpose: str) -> str | tuple[str, int]:
    """Before it is planned: when, how fast, and exactly who gets it and who does not, and why."""
    wave = wave_of(slug)
    known = purpose_of(wave, purpose)
    chosen = _chosen()
    if chosen.faults or not known.in_rounds:
        return _about(wave, known, chosen), 422
    number = _next_number(wave, known.key)
    getting, left_out = mail_people.sorted_out(mail_people.people(session(), wave), known.key, number)
    return render_template(
        "mail/check.html",
        evaluation=study.evaluation(slug),
        purpose=known,
        chosen=chosen,
        number=number,
        getting=getting,
        left_out=left_out,
        may_name=wave.regime != ANONYMOUS,
        texts=texts_of(wave, known.key),
        takes=-(-len(getting) // chosen.per_minute),
        words=words,
    )


@mail.post("/<purpose>/plan")
@team
def plan(slug: str, purpose: str) -> Response | tuple[str, int]:
    """Plan it. The form says which round it is: pressed twice, there is one."""
    wave = wave_of(slug)
    known = purpose_of(wave, purpose)
    chosen = _chosen()
    if chosen.faults:
        return _about(wave, known, chosen), 422
    number = request.form.get("number", "")
    try:
        mailing = verbs.plan(
            session(),
            wave=wave,
            purpose=known.key,
            per_minute=chosen.per_minute,
            scheduled_at=chosen.at,
            number=int(number) if number.isdecimal() else 0,
            by=visitor.user(),
        )
    except SurveyError as refused:
        session().rollback()
        if isinstance(refused, WrongState) and refused.code in {"mailing-planned", "thanks-planned"}:
            warn(words.refusal(refused))
            return redirect(url_for("mail.about", slug=slug, purpose=known.key), 303)
        wave = wave_of(slug)
        return _about(wave, known, replaced(chosen, refused)), 422
    session().commit()
    tell(_("The mailing was planned.") if chosen.at else _("The mailing begins."))
    return redirect(url_for("mail.round_of", slug=slug, number=mailing.id), 303)


@mail.post("/rounds/<int(max=2147483647):number>/cancel")
@team
def cancel(slug: str, number: int) -> Response:
    """Call off what was not sent yet."""
    found = find(slug, number)
    try:
        verbs.cancel(session(), mailing=found.mailing, by=visitor.user(), reason=request.form.get("reason", "").strip())
        session().commit()
        tell(_("The mailing was called off. What had been sent already stays sent."))
    except WrongState as refused:
        session().rollback()
        warn(words.refusal(refused))
    return redirect(url_for("mail.round_of", slug=slug, number=number), 303)


def find(slug: str, number: int) -> Round:
    """The round of this wave with this number; raises ``NotFound``."""
    found = mailings.round_of(session(), wave_of(slug), number)
    if found is None:
        raise NotFound("mailing")
    return found


def replaced(chosen: Chosen, refused: SurveyError) -> Chosen:
    """The same choice with why it was refused."""
    field = "rate" if refused.code == "rate-not-valid" else "day" if refused.code.startswith("mailing-") else ""
    return Chosen(chosen.when, chosen.day, chosen.time, chosen.rate, faults=((field, words.refusal(refused)),))


def _about(wave: Wave, purpose: Purpose, chosen: Chosen) -> str:
    rounds = [each for each in mailings.rounds(session(), wave) if each.mailing.purpose == purpose.key]
    return render_template(
        "mail/about.html",
        evaluation=wave.evaluation,
        purpose=purpose,
        texts=texts_of(wave, purpose.key),
        rounds=rounds,
        state=wave.state_at(clock.now()),
        wave=wave,
        may_plan=_may_plan(wave, purpose, rounds),
        chosen=chosen,
        faults=chosen.faults,
        wrong=dict(chosen.faults),
        sends_mail=installation.settings().smtp is not None,
        words=words,
    )


def _may_plan(wave: Wave, purpose: Purpose, rounds: list[Round]) -> bool:
    state = wave.state_at(clock.now())
    if not purpose.in_rounds or state == "draft":
        return False
    if purpose.key == "closing":
        return True
    if purpose.key == "thanks" and any(each.state != "cancelled" for each in rounds):
        return False
    return state != "closed"


def _suggested(wave: Wave, purpose: str) -> Chosen:
    moment = clock.now()
    at = {"reminder": max(moment, wave.opens_at), "closing": wave.closes_at}.get(purpose, max(moment, wave.opens_at))
    here = clock.local(at)
    now = purpose == "closing" or wave.state_at(moment) == "open"
    return Chosen("now" if now else _LATER, f"{here:%Y-%m-%d}", f"{here:%H:%M}", str(_rate()))


def _rate() -> int:
    smtp = installation.settings().smtp
    return smtp.per_minute if smtp is not None else Smtp.per_minute


def _chosen() -> Chosen:
    """What the form says, in the address or posted."""
    given = request.values
    when, day, hour = given.get("when", "now"), given.get("day", "").strip(), given.get("time", "").strip()
    rate = given.get("rate", "").strip()
    faults = []
    at = None
    if when == _LATER:
        at = _moment(day, hour)
        if at is None:
            faults.append(("day", _("Fill in a day and a time, such as 2026-12-01 and 09:00.")))
    per_minute = int(rate) if rate.isdecimal() and len(rate) < 7 else 0
    if not 1 <= per_minute <= verbs.MOST_PER_MINUTE:
        faults.append(
            ("rate", _("Fill in a whole number of mails per minute, from 1 to %(most)s.", most=verbs.MOST_PER_MINUTE))
        )
    return Chosen(when, day, hour, rate, at, per_minute, tuple(faults))


def _moment(day: str, hour: str) -> datetime | None:
    """A day and time on an Amsterdam clock; None where it is none."""
    try:
        return datetime.combine(date.fromisoformat(day), time.fromisoformat(hour), tzinfo=clock.AMSTERDAM)
    except ValueError:
        return None


def _next_number(wave: Wave, purpose: str) -> int:
    numbers = [each.mailing.number for each in mailings.rounds(session(), wave) if each.mailing.purpose == purpose]
    return max(numbers, default=0) + 1
