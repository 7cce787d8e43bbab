"""How many people said something, per code: for the team as it is, for anybody else only where it tells of nobody."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    """A text as it was sorted; ``person`` says whose without saying who."""

    person: str
    role: str
    codes: Collection[str]


@dataclass(frozen=True)
class CodeCount:
    """A code with the number of people in one of whose texts it stands; None where that is not shown."""

    code: str
    people: int | None
    of: int | None
    """The people of whom any text was sorted; None where there are too few of them."""


def people_per_code(texts: Iterable[Said], codes: Sequence[str]) -> dict[str, dict[str, int]]:
    """Code -> role -> people. Somebody who said it twice is one person."""
    said = {(code, text.role, text.person) for text in texts for code in text.codes}
    found: dict[str, dict[str, int]] = {code: {} for code in codes}
    for code, role, _person in said:
        if code in found:
            found[code][role] = found[code].get(role, 0) + 1
    return found


def shown(texts: Collection[Said], codes: Sequence[str], *, least: int) -> list[CodeCount]:
    """The same over all roles, for readers outside the team.

    A number is shown where ``least`` people said it, and as many did not: else what nearly everybody or hardly anybody
    said would be known of single people. Nothing is split by role or organisation, so no other number can be
    subtracted from it; codes add up to nothing, as somebody can say many things. With ``least`` 0 all is shown.
    """
    everybody = len({text.person for text in texts})
    per_code = {code: sum(roles.values()) for code, roles in people_per_code(texts, codes).items()}
    return [
        CodeCount(code, people if _may(people, everybody, least) else None, everybody if everybody >= least else None)
        for code, people in per_code.items()
    ]


def _may(people: int, everybody: int, least: int) -> bool:
    return people >= least and everybody - people >= least


def by_theme(texts: Mapping[str, Collection[Said]], codes: Sequence[str]) -> dict[str, dict[str, int]]:
    """Code -> theme of the questionnaire that was asked about -> people."""
    found: dict[str, dict[str, int]] = {code: {} for code in codes}
    for theme, said in texts.items():
        for code, roles in people_per_code(said, codes).items():
            if roles:
                found[code][theme] = sum(roles.values())
    return found
