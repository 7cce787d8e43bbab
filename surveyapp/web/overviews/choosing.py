"""What the address of a page chooses among: an answer that is not there counts as none."""

from collections.abc import Iterable, Sequence
from itertools import combinations

from flask import request

from surveyapp.analysis.counts import EVERYONE
from surveyapp.questionnaires.questionnaire import Role


def one_of(name: str, among: Iterable[str], otherwise: str) -> str:
    """The value of a filter in the address, if it is among these."""
    asked = request.args.get(name, otherwise)
    return asked if asked in set(among) else otherwise


def role(among: Sequence[Role]) -> str:
    """The role that the address asks for; everybody where it asks for none."""
    return one_of("role", (each.key for each in among), EVERYONE)


def pair(among: Sequence[Role]) -> tuple[Role, Role] | None:
    """The two roles that the address asks for, else the first two; None where there are no two."""
    pairs = list(combinations(among, 2))
    asked = {request.args.get("first"), request.args.get("second")}
    return next((each for each in pairs if {role.key for role in each} == asked), pairs[0] if pairs else None)
