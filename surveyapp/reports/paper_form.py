"""A questionnaire on paper: what is asked of one role, with all that its first page says.

Nobody's name is on it: one form serves everybody of the same role, organisation and language.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence

from pydantic import ValidationError

from surveyapp.errors import InvalidContent
from surveyapp.questionnaires.condition import Standing
from surveyapp.questionnaires.questionnaire import Questionnaire
from surveyapp.questionnaires.shape import Content
from surveyapp.reports.own_copy import Audience
from surveyapp.reports.recipe import place

KIND = "paper-form"
FOLDER = "paper"


class Return(Content):
    """Until when and to whom the form is returned."""

    until: str
    contact_name: str
    contact_email: str


class PaperForm(Content):
    """Everything that the form says, apart from the wording in ``reports/``; words are in ``language``."""

    language: str
    questionnaire: Questionnaire
    role: str
    organisation_code: str = ""
    """Empty on a form for all organisations; then ``organisation`` is empty too."""
    organisation_kind: str = ""
    organisation: str = ""
    study: str
    sender: str
    client: str
    summary: str
    """The promise in one sentence."""
    audiences: tuple[Audience, ...]
    """The promise word for word."""
    besides: tuple[str, ...]
    """What is promised whoever looks."""
    back: Return

    @property
    def standing(self) -> Standing:
        """Who fills it in, as far as the questionnaire looks at it."""
        return Standing(self.role, self.organisation_code, self.organisation_kind)

    def to_document(self) -> dict[str, object]:
        """For a JSON column; ``from_document`` reads it back."""
        return self.model_dump(mode="json", exclude_defaults=True)

    @classmethod
    def from_document(cls, document: Mapping[str, object]) -> "PaperForm":
        """Raises InvalidContent ``not-a-paper-form``."""
        try:
            return cls.model_validate(document)
        except ValidationError as problem:
            raise InvalidContent("not-a-paper-form", problems=problem.error_count()) from problem

    @property
    def digest(self) -> str:
        """SHA-256 of what it says and of the wording and style it is printed in."""
        said = json.dumps(self.to_document(), sort_keys=True, ensure_ascii=False)
        files = [*sorted(place(FOLDER).iterdir()), place("house") / "theme.css"]
        wordings = [hashlib.sha256(file.read_bytes()).hexdigest() for file in files if file.is_file()]
        return hashlib.sha256("\n".join([said, *wordings]).encode()).hexdigest()


def paper_form(
    questionnaire: Questionnaire,
    *,
    standing: Standing,
    language: str,
    organisation: str,
    study: str,
    sender: str,
    client: str,
    summary: str,
    audiences: Sequence[tuple[str, str]],
    besides: Sequence[str],
    back: Return,
) -> PaperForm:
    """The form for this standing; with an empty organisation for everybody in the role, wherever they are."""
    return PaperForm(
        language=language,
        questionnaire=questionnaire,
        role=standing.role,
        organisation_code=standing.organisation,
        organisation_kind=standing.kind,
        organisation=organisation,
        study=study,
        sender=sender,
        client=client,
        summary=summary,
        audiences=tuple(Audience(who=who, what=what) for who, what in audiences),
        besides=tuple(besides),
        back=back,
    )
