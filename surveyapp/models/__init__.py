"""The tables: columns, constraints and what is personal. No mail, no statistics, no request."""

from surveyapp.models.approval import Approval
from surveyapp.models.base import Base
from surveyapp.models.count_link import CountLink
from surveyapp.models.evaluation import Evaluation, Membership
from surveyapp.models.event import Event, EventChain
from surveyapp.models.invitation import Invitation, Invitee, OpenLink, Receipt
from surveyapp.models.job import Job
from surveyapp.models.mail import Mail, Mailing, MailText
from surveyapp.models.organisation import Organisation
from surveyapp.models.people_file import PeopleFile
from surveyapp.models.publication import Merger, Publication
from surveyapp.models.rendering import Rendering
from surveyapp.models.response import Answer, Delegation, MergedRole, PromiseText, Response
from surveyapp.models.setting import Setting
from surveyapp.models.tally import ItemTally, ThemeTally
from surveyapp.models.user import Attempt, Grant, Identity, OneTimeLink, Passkey, RecoveryCode, SignIn, User
from surveyapp.models.wave import EditionDocument, Wave

__all__ = [
    "Answer",
    "Approval",
    "Attempt",
    "Base",
    "CountLink",
    "Delegation",
    "EditionDocument",
    "Evaluation",
    "Event",
    "EventChain",
    "Grant",
    "Identity",
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
    "OneTimeLink",
    "OpenLink",
    "Organisation",
    "Passkey",
    "PeopleFile",
    "PromiseText",
    "Publication",
    "Receipt",
    "RecoveryCode",
    "Rendering",
    "Response",
    "Setting",
    "SignIn",
    "ThemeTally",
    "User",
    "Wave",
]
