"""The response of a wave as a table: organisations down, roles across, totals on both sides."""

from collections.abc import Iterable
from dataclasses import dataclass

from surveyapp.queries.monitor import Cell
from surveyapp.questionnaires.questionnaire import Questionnaire, Role


@dataclass(frozen=True)
class Count:
    """How many were invited, began and handed in."""

    invited: int = 0
    started: int = 0
    submitted: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.invited + other.invited, self.started + other.started, self.submitted + other.submitted)

    @property
    def rate(self) -> float | None:
        """Submitted as a share of invited, 0 to 1; None where nobody was invited."""
        return self.submitted / self.invited if self.invited else None


@dataclass(frozen=True)
class Row:
    """One organisation; ``counts`` has one per role, None where nobody in that role was invited."""

    code: str
    name: str
    counts: tuple[Count | None, ...]
    total: Count


@dataclass(frozen=True)
class ResponseTable:
    """Roles that were invited, a row per organisation, and the totals."""

    roles: tuple[Role, ...]
    rows: tuple[Row, ...]
    role_totals: tuple[Count, ...]
    total: Count


def response_table(cells: list[Cell], questionnaire: Questionnaire) -> ResponseTable:
    """Arrange the cells; roles in the order of the questionnaire, organisations in that of the study."""
    counts = {(cell.organisation, cell.role): Count(cell.invited, cell.started, cell.submitted) for cell in cells}
    names = {cell.organisation: cell.name for cell in cells}
    roles = tuple(role for role in questionnaire.roles if any(key == role.key for _code, key in counts))
    rows = tuple(
        Row(
            code,
            name,
            tuple(counts.get((code, role.key)) for role in roles),
            _sum(count for (of, _role), count in counts.items() if of == code),
        )
        for code, name in names.items()
    )
    totals = tuple(_sum(count for (_code, of), count in counts.items() if of == role.key) for role in roles)
    return ResponseTable(roles, rows, totals, _sum(totals))


def _sum(counts: Iterable[Count]) -> Count:
    total = Count()
    for count in counts:
        total += count
    return total
