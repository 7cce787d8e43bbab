"""A norm framework: what good practice is, according to whom, and in whose wording."""

from surveyapp.questionnaires.shape import Content, Key
from surveyapp.questionnaires.text import Text


class Norm(Content):
    """One aspect of good practice, that a question can ask about."""

    key: Key
    text: Text


class Theme(Content):
    """A group of norms with a name of its own, such as one habit."""

    key: Key
    title: Text
    description: Text
    norms: tuple[Norm, ...]


class Origin(Content):
    """Where the framework comes from; ``wording`` says whose sentences these are, and is shown to every reader."""

    publisher: str
    title: str
    edition: str
    address: str | None = None
    wording: Text
    """The label, e.g. "eigen uitwerking"."""
    explanation: Text
    """What is literal and what is our own, in a few sentences."""


class Framework(Content):
    """Themes and norms with their origin (``framework.yaml``)."""

    key: str
    title: Text
    origin: Origin
    themes: tuple[Theme, ...]

    def theme(self, key: str) -> Theme:
        """The theme with this key; the checker proves that references exist."""
        return next(theme for theme in self.themes if theme.key == key)
