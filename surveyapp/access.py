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

    EVALUATION_CREATE = "evaluation:create"
    """Begin a study, or the copy of one."""
    EVALUATION_READ = "evaluation:read"
    """See that the evaluation exists and what is asked of whom."""
    EVALUATION_SET_UP = "evaluation:set-up"
    """Say what is asked, of whom, when and under which promise; open, extend, close and reopen."""
    EVALUATION_DELETE = "evaluation:delete"
    STAFF_MANAGE = "staff:manage"
    """Invite colleagues and readers to an evaluation, and take their rights away."""
    RESPONSE_MONITOR = "response:monitor"
    """See response counts per organisation and role."""
    RESULTS_ANALYSE = "results:analyse"
    """See unprotected cells, topics and evidence: the research team only."""
    INTERVIEW_PREPARE = "interview:prepare"
    """See the topics of an organisation and what was written there, to prepare and hold its interviews; every reading
    is logged."""
    ANSWERS_READ = "answers:read"
    """Read open answers; every reading is logged."""
    ANSWERS_CODE = "answers:code"
    """Sort what was written and said into the codes of a codebook, redact it, and let words out of the team."""
    ANSWERS_EXPORT = "answers:export"
    """Take raw answers out of the installation, after another has approved."""
    FINDING_WRITE = "finding:write"
    """Write findings and recommendations, and link them to what they rest on."""
    REVIEW_MANAGE = "review:manage"
    """Send texts to be corrected, and decide what happens with each remark."""
    REPORT_WRITE = "report:write"
    """Write the texts of reports, and have reports made."""
    INVITATION_MANAGE = "invitation:manage"
    """Know who is invited; add, change, replace and remove people; make, show and withdraw their links."""
    MAIL_SEND = "mail:send"
    """Word and send invitations and reminders."""
    RESPONSE_ENTER = "response:enter"
    """Enter what an invitee answered on paper or by telephone."""
    WAVE_CLOSE = "wave:close"
    RESULTS_PUBLISH = "results:publish"
    ACT_APPROVE = "act:approve"
    """Approve or refuse what a colleague asked for."""
    PERSONAL_DATA_MANAGE = "personal-data:manage"
    """Give access to, correct and erase somebody's personal data; decide how long they are kept."""
    JOB_MANAGE = "job:manage"
    """See what is waiting, running and failed, and try it again."""
    LOG_READ = "log:read"
    """Read who did what to what and when: no answers."""
    PUBLICATION_READ = "publication:read"
    """See the frozen, protected results of all organisations."""
    PUBLICATION_READ_OWN = "publication:read-own"
    """See the frozen, protected page of one's own organisation."""
    INSTALLATION_MANAGE = "installation:manage"
    """Manage accounts and the installation's settings."""


@dataclass(frozen=True)
class StaffRole:
    """A right: its name, the sentence users read, and what it permits."""

    name: str
    sentence: str
    permissions: frozenset[Permission]


_EVERYWHERE = frozenset({Permission.EVALUATION_CREATE, Permission.INSTALLATION_MANAGE})
"""What belongs to no single evaluation."""

OWNER = StaffRole("owner", "Manages the installation and every evaluation in it.", frozenset(Permission))
RESEARCHER = StaffRole(
    "researcher",
    "Sets up the study, sees answers, scores and interview topics, and publishes results.",
    frozenset(Permission) - _EVERYWHERE,
)
INTERVIEWER = StaffRole(
    "interviewer",
    "Sees the interview topics of some organisations, and what was written there.",
    frozenset({Permission.EVALUATION_READ, Permission.INTERVIEW_PREPARE}),
)
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
AUDITOR = StaffRole(
    "auditor", "Reads the log, and no answers.", frozenset({Permission.EVALUATION_READ, Permission.LOG_READ})
)

STAFF_ROLES = {role.name: role for role in (OWNER, RESEARCHER, INTERVIEWER, PROJECT_LEAD, MUNICIPALITY_READER, AUDITOR)}
OF_ONE_ORGANISATION = frozenset({INTERVIEWER.name, MUNICIPALITY_READER.name})
"""Granted for one organisation at a time."""
SEES_ANSWERS = frozenset(
    role.name
    for role in STAFF_ROLES.values()
    if role.permissions & {Permission.ANSWERS_READ, Permission.RESULTS_ANALYSE, Permission.INTERVIEW_PREPARE}
)
"""The roles of which an installation may ask a second factor."""


def can_come_of_group(role: str, slug: str) -> bool:
    """Whether a group of an identity provider can give this role: everywhere to owners, in one evaluation to others."""
    return role in STAFF_ROLES.keys() - OF_ONE_ORGANISATION and (role == OWNER.name) == (not slug)


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


def sees_answers(user: UserLike) -> bool:
    """Whether any right of this user shows answers, somewhere."""
    return any(grant.role in SEES_ANSWERS for grant in user.grants)
