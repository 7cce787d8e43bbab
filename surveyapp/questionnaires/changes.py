"""What a next version of a questionnaire says about the one before (``changes.yaml``), so that waves can be compared.

A key that stands in both versions goes on by itself as long as nothing about it changed; a key of its own is new.
"""

from surveyapp.questionnaires.shape import Content, Key
from surveyapp.questionnaires.text import Text


class Bridge(Content):
    """A theme or scored statement that was changed and is compared nevertheless."""

    key: Key
    why: Text
    """Why the two can be compared, for readers of the comparison."""


class Changes(Content):
    """What of the version before goes on though it was changed."""

    follows: str
    """The version before."""
    bridges: tuple[Bridge, ...]

    def bridged_from(self, before: str) -> tuple[str, ...]:
        """What goes on from a version (``1``) or edition (``walks/1``): nothing, if it is not the one before."""
        version = before.rpartition("/")[2]
        return tuple(bridge.key for bridge in self.bridges) if version == self.follows else ()
