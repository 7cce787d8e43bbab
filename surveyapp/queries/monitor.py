"""How far the answering is, in numbers: who was invited, opened their link, began to answer and handed in."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    exists,
    extract,
    func,
    literal,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from surveyapp import clock
from surveyapp.models import (
    Answer,
    Evaluation,
    Invitation,
    Invitee,
    Membership,
    OpenLink,
    Organisation,
    Receipt,
    Response,
    Wave,
)
from surveyapp.models.wave import ANONYMOUS
from surveyapp.queries import editions, lying_together

_HOUR: Final = 3600
Hour = str | float
"""Seconds at which it began, or how SQLite writes it."""


@dataclass(frozen=True)
class Cell:
    """One role of one organisation: how many were invited and how far they are. Each number holds the next."""

    membership_id: int
    organisation: str
    """Its code."""
    name: str
    role: str
    invited: int
    opened: int
    """Pressed Start, or had it pressed for them by who enters what came on paper."""
    started: int
    """Gave at least one answer, themselves or through a colleague."""
    submitted: int
    remindable: int
    """Did not hand in, have an address and a link that works, and did not ask for no more mail."""


@dataclass(frozen=True)
class Day:
    """How many had opened and handed in at the end of a day in Amsterdam, as it stands now.

    Who took back what they sent counts as one who opened.
    """

    day: date
    opened: int
    submitted: int
    through_links: int
    """Handed in through an open link: of nobody who was invited."""


@dataclass(frozen=True)
class Total:
    """Of one organisation as a whole."""

    invited: int
    submitted: int
    through_links: int
    """Handed in through an open link, so of nobody who was invited."""


_HANDED_IN: Final = Receipt.invitation_id.is_not(None)
_ANSWERED: Final = exists().where(Answer.response_id == Response.id, Answer.value != "")
_REMINDABLE: Final = and_(
    Receipt.invitation_id.is_(None),
    Invitation.revoked_at.is_(None),
    Invitee.opted_out_at.is_(None),
    Invitee.email != "",
)


def waves(session: Session, evaluation: Evaluation) -> list[int]:
    """The numbers of the waves of a study, the latest first."""
    return list(
        session.scalars(select(Wave.number).where(Wave.evaluation_id == evaluation.id).order_by(Wave.number.desc()))
    )


def per_cell(session: Session, wave: Wave) -> list[Cell]:
    """Every organisation and role with an invitee, in the order of the study and of the questionnaire.

    Counted by who was invited and what became of their invitation: in an anonymous wave, where no response that was
    handed in leads to an invitation, receipts tell how many did so. Whoever came through an open link is in no cell,
    and neither is who only tries a wave that is being set up.
    """
    roles = editions.by_digest(session, wave.edition_digest).questionnaire.roles
    order = {role.key: place for place, role in enumerate(roles)}
    counted = _counted(session, wave).subquery()
    numbers = [counted.c[name] for name in ("role", "invited", "opened", "started", "submitted", "remindable")]
    rows = session.execute(
        select(Membership.id, Organisation.code, Organisation.name, *numbers, Membership.position)
        .join_from(counted, Membership, counted.c.membership_id == Membership.id)
        .join(Organisation)
    )
    in_order = sorted(rows, key=lambda row: (row[-1], row[0], order[row[3]]))
    return [Cell(*row[:-1]) for row in in_order]


def per_day(session: Session, wave: Wave) -> list[Day]:
    """Every day from the one on which the wave opened, or on which somebody first did, until today or its last.

    Empty where there is nothing to tell: before the opening, and in an anonymous wave, of which no moment is kept.
    """
    moment = clock.now()
    if wave.regime == ANONYMOUS or wave.ready_at is None or moment < wave.opens_at:
        return []
    found = {"opened": Counter[date](), "submitted": Counter[date](), "through_links": Counter[date]()}
    for opened, submitted, through_link, number in session.execute(
        union_all(_everybody(session, wave), _through_links(session, wave))
    ):
        _count(found, _day(opened), _day(submitted), number, through_link=bool(through_link))
    ended = min(moment, wave.closed_at or wave.closes_at)
    return _added_up(found, _days(clock.local(wave.opens_at).date(), clock.local(ended).date(), found.values()))


def total(session: Session, *, wave_id: int, membership_id: int) -> Total:
    """How many of an organisation were invited and handed in; nothing of roles or people."""
    by_name = (
        select(func.count().label("invited"), func.count(Receipt.invitation_id).label("submitted"))
        .select_from(Invitee)
        .outerjoin(Invitation, Invitation.invitee_id == Invitee.id)
        .outerjoin(Receipt, Receipt.invitation_id == Invitation.id)
        .where(Invitee.wave_id == wave_id, Invitee.membership_id == membership_id, Invitee.test.is_(False))
        .subquery()
    )
    through_links = (
        select(func.count())
        .select_from(Receipt)
        .join(Invitation, Invitation.id == Receipt.invitation_id)
        .join(Invitation.open_link)
        .where(OpenLink.wave_id == wave_id, Invitation.declared_membership_id == membership_id)
        .scalar_subquery()
    )
    return Total(*session.execute(select(by_name.c.invited, by_name.c.submitted, through_links)).one())


def _counted(session: Session, wave: Wave) -> Select[int, str, int, int, int, int, int]:
    """The numbers of ``Cell`` per membership and role: one pass over who was invited."""
    return (
        select(
            Invitee.membership_id,
            Invitee.role,
            func.count().label("invited"),
            func.count().filter(or_(_HANDED_IN, Response.id.is_not(None))).label("opened"),
            func.count().filter(or_(_HANDED_IN, _ANSWERED)).label("started"),
            func.count().filter(_HANDED_IN).label("submitted"),
            func.count().filter(_REMINDABLE).label("remindable"),
        )
        .outerjoin(Invitation, Invitation.invitee_id == Invitee.id)
        .outerjoin(Response, Response.invitation_id == Invitation.id)
        .outerjoin(Receipt, Receipt.invitation_id == Invitation.id)
        .where(lying_together.invitees(session, wave), Invitee.test.is_(False))
        .group_by(Invitee.membership_id, Invitee.role)
    )


def _everybody(session: Session, wave: Wave) -> Select[Hour, Hour, int, int]:
    """How many began and handed in within the same hours: who came through a link are among them."""
    hours = (_hour(session, Response.started_at), _hour(session, Response.submitted_at))
    return (
        select(*hours, literal(0).label("through_link"), func.count())
        .where(lying_together.responses(session, wave))
        .group_by(*hours)
    )


def _through_links(session: Session, wave: Wave) -> Select[Hour, Hour, int, int]:
    hours = (_hour(session, Response.started_at), _hour(session, Response.submitted_at))
    return (
        select(*hours, literal(1), func.count())
        .join(Response.invitation)
        .join(Invitation.open_link)
        .where(OpenLink.wave_id == wave.id)
        .group_by(*hours)
    )


def _hour(session: Session, moment: InstrumentedAttribute[datetime | None]) -> ColumnElement[Any]:
    """An hour in UTC: as much as telling the days of another zone apart takes. SQLite keeps moments as text, and is
    slow at reading them."""
    if session.get_bind().dialect.name == "sqlite":
        return func.substr(type_coerce(moment, String), 1, len("2026-11-22 13"))
    seconds = extract("epoch", moment)
    return seconds - seconds % _HOUR


def _day(hour: Hour | None) -> date | None:
    if hour is None:
        return None
    in_utc = datetime.fromisoformat(hour) if isinstance(hour, str) else datetime.fromtimestamp(int(hour), UTC)
    return clock.local(in_utc.replace(tzinfo=UTC)).date()


def _count(
    found: dict[str, Counter[date]], opened: date | None, submitted: date | None, number: int, *, through_link: bool
) -> None:
    """Who came through a link was counted among everybody before, and is taken out of those invited again."""
    sign = -number if through_link else number
    for kind, day in (("opened", opened), ("submitted", submitted)):
        if day is not None:
            found[kind][day] += sign
    if through_link and submitted is not None:
        found["through_links"][submitted] += number


def _days(first: date, last: date, found: Iterable[Counter[date]]) -> list[date]:
    told = {day for counted in found for day in counted}
    begin, end = min({first, *told}), max({last, *told})
    return [begin + timedelta(days=number) for number in range((end - begin).days + 1)]


def _added_up(found: dict[str, Counter[date]], days: list[date]) -> list[Day]:
    columns = [accumulate([counted[day] for day in days]) for counted in found.values()]
    return [Day(*row) for row in zip(days, *columns, strict=True)]
