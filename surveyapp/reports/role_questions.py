"""Questions that suit one group, whatever the topic (``reports/interview-guide/roles.yaml``)."""

from functools import cache

from pydantic import TypeAdapter, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from surveyapp.errors import InvalidContent
from surveyapp.questionnaires.text import Text
from surveyapp.reports.interview_guide import KIND
from surveyapp.reports.recipe import place

_SHAPE = TypeAdapter(dict[str, tuple[Text, ...]])


def suited_to(role: str) -> tuple[Text, ...]:
    """Neutral questions for a role of a questionnaire; none for everybody together, and for a role without any."""
    return _all().get(role, ())


@cache
def _all() -> dict[str, tuple[Text, ...]]:
    """Raises InvalidContent ``role-questions`` with what is wrong in the file."""
    file = place(KIND) / "roles.yaml"
    try:
        return _SHAPE.validate_python(YAML(typ="safe").load(file.read_text(encoding="utf-8")))
    except (ValidationError, YAMLError) as problem:
        raise InvalidContent("role-questions", file=f"{KIND}/{file.name}", problem=str(problem)) from problem
