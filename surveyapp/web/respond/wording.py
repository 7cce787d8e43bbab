"""What respondents read about times, problems, and who will see their answers."""

from datetime import datetime

from flask_babel import format_date, format_decimal

from surveyapp import clock
from surveyapp.queries.invitations import Invited
from surveyapp.web.respond.sheet import Item
from surveyapp.web.words import _

LEAST_FOR_ORGANISATIONS = 5
LEAST_FOR_PUBLIC = 10


def moment(at: datetime) -> str:
    """A day and time on an Amsterdam clock: ``12 december 2026, 23.59 uur``."""
    here = clock.local(at)
    return _(
        "%(day)s, %(hour)s:%(minute)s", day=format_date(here.date(), "long"), hour=f"{here:%H}", minute=f"{here:%M}"
    )


def problem(code: str, item: Item, value: str) -> str:
    """What is wrong with an answer, and what to do."""
    if code == "too-long":
        limit, length = format_decimal(item.limit), format_decimal(len(value))
        return _("Use at most %(limit)s characters; these are %(length)s.", limit=limit, length=length)
    if code == "ranked-twice":
        return _("Choose every option only once.")
    if code == "not-text":
        return _("Remove the special characters that cannot be stored.")
    return _("Choose one of the answers.")


def audiences(invited: Invited) -> tuple[tuple[str, str], ...]:
    """Everybody who gets to see something, and what: the promise of the wave's regime."""
    names = {"sender": invited.sender, "client": invited.client, "organisation": invited.organisation}
    who = (
        _("The research team (%(sender)s)", **names),
        _("The project lead and contact persons of %(client)s", **names),
        _("Your own organisation (%(organisation)s)", **names),
        _("Everybody else", **names),
    )
    sees = _attributable(names) if invited.regime == "attributable" else _confidential()
    return tuple(zip(who, sees, strict=True))


def summary(invited: Invited) -> str:
    """The regime in one sentence."""
    if invited.regime == "attributable":
        return _("You answer on behalf of your organisation. Results are shown per organisation and role.")
    return _("Your answers are confidential. Your name is never shown with an answer.")


def _attributable(names: dict[str, str]) -> tuple[str, str, str, str]:
    return (
        _("All answers per organisation and role, also the open answers, to prepare interviews. Your name is not shown "
          "with them, but who is the only one in a role can be recognised."),
        _("After closing: the results per organisation and role, however few people answered. No open answers."),
        _("After closing: the results of %(organisation)s per role, however few people answered. No open answers.",
          **names),
        _("Results per organisation and role, if the client makes them public. No open answers."),
    )  # fmt: skip


def _confidential() -> tuple[str, str, str, str]:
    least, public = LEAST_FOR_ORGANISATIONS, LEAST_FOR_PUBLIC
    return (
        _("The answers per organisation and role, also the open answers, to prepare interviews. Your name is not shown "
          "with them, but in a small group the team may recognise whose answers they are."),
        _("After closing: the results of an organisation as a whole, not per role, and only if at least %(least)s "
          "people answered and no single person's answer can be derived. No open answers.", least=least),
        _("After closing: the same, but only the results of your own organisation."),
        _("Only results of at least %(public)s people together, if they are made public. No open answers.",
          public=public),
    )  # fmt: skip
