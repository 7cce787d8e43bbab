"""The tables: columns, constraints and what is personal. No mail, no statistics, no request."""

from surveyapp.models.base import Base
from surveyapp.models.evaluation import Evaluation, Membership
from surveyapp.models.event import Event
from surveyapp.models.invitation import Invitation, Invitee, OpenLink, Receipt
from surveyapp.models.job import Job
from surveyapp.models.organisation import Organisation
from surveyapp.models.publication import Publication
from surveyapp.models.rendering import Rendering
from surveyapp.models.response import Answer, Delegation, MergedRole, PromiseText, Response
from surveyapp.models.setting import Setting
from surveyapp.models.tally import ItemTally, ThemeTally
from surveyapp.models.user import Grant, OneTimeLink, SignIn, User
from surveyapp.models.wave import EditionDocument, Wave

__all__ = [
    "Answer",
    "Base",
    "Delegation",
    "EditionDocument",
    "Evaluation",
    "Event",
    "Grant",
    "Invitation",
    "Invitee",
    "ItemTally",
    "Job",
    "Membership",
    "MergedRole",
    "OneTimeLink",
    "OpenLink",
    "Organisation",
    "PromiseText",
    "Publication",
    "Receipt",
    "Rendering",
    "Response",
    "Setting",
    "SignIn",
    "ThemeTally",
    "User",
    "Wave",
]
