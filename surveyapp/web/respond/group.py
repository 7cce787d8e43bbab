"""In which group the answers of an anonymous wave are kept, as the respondent reads it before the first question."""

from dataclasses import dataclass

from surveyapp.actions import cells
from surveyapp.errors import TooFew
from surveyapp.models.wave import ANONYMOUS
from surveyapp.queries import editions
from surveyapp.queries.invitations import Invited
from surveyapp.web.database import reading
from surveyapp.web.language import said


@dataclass(frozen=True)
class Group:
    """The name of the role under which answers are kept, and how many people were invited in it.

    The number is there in an anonymous wave only, and not for who comes through an open link.
    """

    title: str
    invited: int | None = None


def of(invited: Invited) -> Group:
    """With whom the answers of this respondent are kept together.

    Before the first response of the wave it is what it would be now: the promise is shown again if that changes.
    Raises ``TooFew`` (``too-few-invited``) where the group would be too small to stay unknown in.
    """
    if invited.regime != ANONYMOUS or invited.open_link_id is not None:
        return Group(_title(invited, invited.kept_as))
    found = cells.group(reading(), wave_id=invited.wave_id, membership_id=invited.membership_id, role=invited.role)
    if found is None:
        raise TooFew("too-few-invited", organisations=invited.organisation_code, least=cells.LEAST)
    return Group(_title(invited, found.kept_as), found.invited)


def _title(invited: Invited, role: str) -> str:
    edition = editions.by_digest(reading(), invited.edition_digest, role)
    return said(edition.questionnaire.role(role).title)
