"""The tables: columns, constraints and what is personal. No mail, no statistics, no request."""

from surveyapp.models.approval import Approval
from surveyapp.models.base import Base
from surveyapp.models.coding import Code, Coding, Resolution, Segment, TextRelease
from surveyapp.models.count_link import CountLink
from surveyapp.models.evaluation import Evaluation, Membership
from surveyapp.models.event import Event, EventChain
from surveyapp.models.finding import Finding, Recommendation, RecommendationBasis, ReportText, Support
from surveyapp.models.interview import (
    Agenda,
    AgendaTopic,
    ConversationDraft,
    Interview,
    Interviewer,
    Note,
    Participant,
    Quote,
    Reference,
)
from surveyapp.models.invitation import Invitation, Invitee, OpenLink, Receipt
from surveyapp.models.job import Job
from surveyapp.models.mail import Mail, Mailing, MailText
from surveyapp.models.organisation import Organisation
from surveyapp.models.people_file import PeopleFile
from surveyapp.models.publication import Merger, Publication
from surveyapp.models.rendering import Rendering
from surveyapp.models.response import Answer, Delegation, MergedRole, PromiseText, Response
from surveyapp.models.review import Remark, Review, Reviewer
from surveyapp.models.setting import Setting
from surveyapp.models.tally import ItemTally, ThemeTally
from surveyapp.models.user import Attempt, Grant, Identity, OneTimeLink, Passkey, RecoveryCode, SignIn, User
from surveyapp.models.wave import EditionDocument, Wave

__all__ = [
    "Agenda",
    "AgendaTopic",
    "Answer",
    "Approval",
    "Attempt",
    "Base",
    "Code",
    "Coding",
    "ConversationDraft",
    "CountLink",
    "Delegation",
    "EditionDocument",
    "Evaluation",
    "Event",
    "EventChain",
    "Finding",
    "Grant",
    "Identity",
    "Interview",
    "Interviewer",
    "Invitation",
    "Invitee",
    "ItemTally",
    "Job",
    "Mail",
    "MailText",
    "Mailing",
    "Membership",
    "MergedRole",
    "Merger",
    "Note",
    "OneTimeLink",
    "OpenLink",
    "Organisation",
    "Participant",
    "Passkey",
    "PeopleFile",
    "PromiseText",
    "Publication",
    "Quote",
    "Receipt",
    "Recommendation",
    "RecommendationBasis",
    "RecoveryCode",
    "Reference",
    "Remark",
    "Rendering",
    "ReportText",
    "Resolution",
    "Response",
    "Review",
    "Reviewer",
    "Segment",
    "Setting",
    "SignIn",
    "Support",
    "TextRelease",
    "ThemeTally",
    "User",
    "Wave",
]
