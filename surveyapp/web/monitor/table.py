"""The response of a wave arranged: organisations with their roles, totals of each, and how far from the target."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Final, Literal

from surveyapp.models import Membership
from surveyapp.queries.monitor import Cell
from surveyapp.questionnaires.questionnaire import Questionnaire, Role

Order = Literal["study", "name", "rate"]
ORDERS: Final[tuple[Order, ...]] = ("study", "name", "rate")


@dataclass(frozen=True)
class Count:
    """People, as of ``Cell``."""

    invited: int = 0
    opened: int = 0
    started: int = 0
    submitted: int = 0
    remindable: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(
            self.invited + other.invited,
            self.opened + other.opened,
            self.started + other.started,
            self.submitted + other.submitted,
            self.remindable + other.remindable,
        )

    @property
    def rate(self) -> float | None:
        """Submitted as a share of invited, 0 to 1; None where nobody was invited."""
        return self.submitted / self.invited if self.invited else None

    @property
    def out_of_reach(self) -> int:
        """Did not answer and cannot be reminded: no address, no more mail wanted, or a link that was withdrawn."""
        return self.invited - self.submitted - self.remindable


@dataclass(frozen=True)
class Target:
    """The percentage that should answer, and how many answers that still takes."""

    percentage: int
    missing: int

    @property
    def reached(self) -> bool:
        return self.missing == 0


@dataclass(frozen=True)
class OfRole:
    """One role: of one organisation, or of all."""

    role: Role
    count: Count
    target: Target | None


@dataclass(frozen=True)
class Row:
    """One organisation, with the roles in which somebody was invited."""

    code: str
    name: str
    count: Count
    roles: tuple[OfRole, ...]


@dataclass(frozen=True)
class Table:
    """Every organisation of the study, the roles in which somebody was invited, and everybody."""

    rows: tuple[Row, ...]
    roles: tuple[OfRole, ...]
    count: Count


def arranged(
    cells: Sequence[Cell], members: Sequence[Membership], questionnaire: Questionnaire, targets: Mapping[str, int]
) -> Table:
    """Organisations in the order of the study, roles in that of the questionnaire; ``targets``: role -> percentage."""
    counts = {(cell.membership_id, cell.role): _count(cell) for cell in cells}
    invited = [role for role in questionnaire.roles if any(key == role.key for _of, key in counts)]
    rows = []
    for member in members:
        own = tuple(
            _of_role(role, counts[member.id, role.key], targets) for role in invited if (member.id, role.key) in counts
        )
        rows.append(Row(member.organisation.code, member.organisation.name, _sum(each.count for each in own), own))
    totals = tuple(
        _of_role(role, _sum(count for (_of, key), count in counts.items() if key == role.key), targets)
        for role in invited
    )
    return Table(tuple(rows), totals, _sum(counts.values()))


def of_one_role(table: Table, role: str) -> Table:
    """The same with only the people of this role; organisations where nobody was invited in it stay, with nobody."""
    rows = []
    for row in table.rows:
        own = tuple(each for each in row.roles if each.role.key == role)
        rows.append(Row(row.code, row.name, _sum(each.count for each in own), own))
    totals = tuple(each for each in table.roles if each.role.key == role)
    return Table(tuple(rows), totals, _sum(each.count for each in totals))


def in_order(rows: Iterable[Row], order: Order) -> tuple[Row, ...]:
    """As the study has them, by name, or the lowest rate first and at the end where nobody was invited."""
    if order == "name":
        return tuple(sorted(rows, key=lambda row: row.name.casefold()))
    if order == "rate":
        return tuple(sorted(rows, key=lambda row: (row.count.rate is None, row.count.rate or 0.0)))
    return tuple(rows)


def target(count: Count, percentage: int | None) -> Target | None:
    """How far a group is from what should answer; None where nothing was agreed or nobody was invited."""
    if percentage is None or not count.invited:
        return None
    wanted = -(-count.invited * percentage // 100)
    return Target(percentage, max(0, wanted - count.submitted))


def _of_role(role: Role, count: Count, targets: Mapping[str, int]) -> OfRole:
    return OfRole(role, count, target(count, targets.get(role.key)))


def _count(cell: Cell) -> Count:
    return Count(cell.invited, cell.opened, cell.started, cell.submitted, cell.remindable)


def _sum(counts: Iterable[Count]) -> Count:
    return reduce(Count.__add__, counts, Count())
