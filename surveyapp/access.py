"""The whole policy on one screen: which right allows what, and ``may()``.

A permission is named ``resource:action``. A staff role is a right that a user has in one evaluation (or, for the
owner, everywhere); a stakeholder group that answers a questionnaire is something else: a ``Role`` of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Permission(StrEnum):
    """Named ``resource:action``; every view declares the one it needs."""

    EVALUATION_READ = "evaluation:read"
    """See that the evaluation exists and what is asked of whom."""
    RESPONSE_MONITOR = "response:monitor"
    """See response counts per organisation and role."""
    RESULTS_ANALYSE = "results:analyse"
    """See unprotected cells, topics and evidence: the research team only."""
    ANSWERS_READ = "answers:read"
    """Read open answers; every reading is logged."""
    INVITATION_MANAGE = "invitation:manage"
    """Make, show and withdraw links with which people answer."""
    RESPONSE_ENTER = "response:enter"
    """Enter what an invitee answered on paper or by telephone."""
    WAVE_CLOSE = "wave:close"
    RESULTS_PUBLISH = "results:publish"
    PUBLICATION_READ = "publication:read"
    """See the frozen, protected results of all organisations."""
    PUBLICATION_READ_OWN = "publication:read-own"
    """See the frozen, protected page of one's own organisation."""
    INSTALLATION_MANAGE = "installation:manage"


@dataclass(frozen=True)
class StaffRole:
    """A right: its name, the sentence users read, and what it permits."""

    name: str
    sentence: str
    permissions: frozenset[Permission]


_RESEARCH = frozenset(
    {
        Permission.EVALUATION_READ,
        Permission.RESPONSE_MONITOR,
        Permission.RESULTS_ANALYSE,
        Permission.ANSWERS_READ,
        Permission.INVITATION_MANAGE,
        Permission.RESPONSE_ENTER,
        Permission.WAVE_CLOSE,
        Permission.RESULTS_PUBLISH,
        Permission.PUBLICATION_READ,
    }
)

OWNER = StaffRole(
    "owner",
    "Manages the installation and every evaluation in it.",
    _RESEARCH | {Permission.INSTALLATION_MANAGE},
)
RESEARCHER = StaffRole("researcher", "Sees answers, scores and interview topics, and publishes results.", _RESEARCH)
PROJECT_LEAD = StaffRole(
    "project_lead",
    "Sees the published, protected results of all organisations.",
    frozenset({Permission.EVALUATION_READ, Permission.PUBLICATION_READ}),
)
MUNICIPALITY_READER = StaffRole(
    "municipality_reader",
    "Sees the published, protected results of one organisation.",
    frozenset({Permission.EVALUATION_READ, Permission.PUBLICATION_READ_OWN}),
)

STAFF_ROLES = {role.name: role for role in (OWNER, RESEARCHER, PROJECT_LEAD, MUNICIPALITY_READER)}


class GrantLike(Protocol):
    """What ``may`` needs to know of a grant; ``evaluation_id`` None means every evaluation."""

    @property
    def role(self) -> str: ...
    @property
    def evaluation_id(self) -> int | None: ...
    @property
    def membership_id(self) -> int | None: ...


class UserLike(Protocol):
    """Somebody with grants."""

    @property
    def grants(self) -> Iterable[GrantLike]: ...


@dataclass(frozen=True)
class Scope:
    """What a permission is asked on: an evaluation, and where it matters one membership (an organisation in it)."""

    evaluation_id: int | None = None
    membership_id: int | None = None


def may(user: UserLike | None, permission: Permission, on: Scope) -> bool:
    """Whether any grant of the user allows this here. A grant for one organisation never reaches another."""
    return user is not None and any(_allows(grant, permission, on) for grant in user.grants)


def _allows(grant: GrantLike, permission: Permission, on: Scope) -> bool:
    if permission not in STAFF_ROLES[grant.role].permissions:
        return False
    if grant.evaluation_id is not None and grant.evaluation_id != on.evaluation_id:
        return False
    everything_here = grant.membership_id is None or permission is Permission.EVALUATION_READ
    return everything_here or grant.membership_id == on.membership_id
