"""What somebody says who follows an open link: as what they answer, and for which place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from surveyapp.models import Membership
from surveyapp.queries.open_links import Offered
from surveyapp.web.open_link import stamp
from surveyapp.web.words import _

TRAP: Final = "website"
"""A field that people do not see; who fills it in is a robot."""


@dataclass(frozen=True)
class Saying:
    """What was chosen, or fixed by the link; empty where nothing was chosen yet."""

    role: str = ""
    place: str = ""
    """The number of the membership, as forms write it."""
    someone_else: bool = False
    """Another person than who answered on this device before."""
    stamp: str = ""
    problems: Mapping[str, str] = field(default_factory=dict)
    """Field -> what is wrong with it; without a field of its own: ``start``."""

    @property
    def errors(self) -> list[tuple[str, str]]:
        """For the top of the page: where to go, and what is wrong."""
        return list(self.problems.items())

    def member(self, offered: Offered) -> Membership:
        """The place that was chosen."""
        return next(member for member in offered.members if str(member.id) == self.place)


def blank(link_id: int, offered: Offered, *, someone_else: bool) -> Saying:
    """The form as it comes: with what there is no choice in."""
    return Saying(
        role=offered.roles[0].key if len(offered.roles) == 1 else "",
        place=str(offered.members[0].id) if len(offered.members) == 1 else "",
        someone_else=someone_else,
        stamp=stamp.made(link_id),
    )


def read(posted: Mapping[str, str], link_id: int, offered: Offered, *, foreign: bool) -> Saying:
    """What was posted, with everything that is wrong with it; ``foreign``: another site had it posted."""
    empty = blank(link_id, offered, someone_else=posted.get("someone-else") == "yes")
    role, place = empty.role or posted.get("role", ""), empty.place or posted.get("place", "")
    problems: dict[str, str] = {}
    if role not in {each.key for each in offered.roles}:
        problems["role"] = _("Choose who you are.")
    if place not in {str(each.id) for each in offered.members}:
        problems["place"] = _("Choose your neighbourhood.")
    hurry = stamp.problem(posted.get("stamp", ""), link_id)
    if foreign:
        problems["start"] = _("This was sent from another site. Read this page and press Start.")
    elif posted.get(TRAP):
        problems["start"] = _("A field was filled in that has to stay empty. Press Start again.")
    elif hurry == "too-fast":
        problems["start"] = _("That went very fast. Wait a moment and press Start again.")
    elif hurry is not None:
        problems["start"] = _("This page was open for a long time. Press Start again.")
    kept = posted.get("stamp", "") if hurry == "too-fast" else empty.stamp
    return Saying(role, place, empty.someone_else, kept, problems)
