"""Words of a questionnaire as one respondent reads them: in a language, with the places for names filled in."""

from dataclasses import dataclass

from surveyapp.questionnaires.text import Text, say


@dataclass(frozen=True)
class Filling:
    """What stands for ``{organisation}`` and ``{role}`` in the texts of a questionnaire, and in which language."""

    language: str
    organisation: str
    role: str

    def __call__(self, text: Text | None) -> str:
        """The words; empty where there are none."""
        if text is None:
            return ""
        before, *after = say(text, self.language).split("{organisation}")
        return self.organisation.join(part.replace("{role}", self.role) for part in (before, *after))
