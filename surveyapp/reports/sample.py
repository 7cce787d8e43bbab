"""What a kind of document looks like, from the invented one beside its wording (``reports/<kind>/sample.yaml``)."""

from pathlib import Path
from typing import Final

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from surveyapp.errors import InvalidContent
from surveyapp.reports import printing
from surveyapp.reports.recipe import place
from surveyapp.reports.rendered import Rendered
from surveyapp.reports.report import KINDS as REPORTS

KINDS: Final = (*REPORTS, "interview-guide", "interview-beforehand")


def preview(kind: str, form: str, language: str, *, fonts: Path | None = None) -> Rendered:
    """The sample of this kind in one of ``FORMATS``: its own words stay Dutch, the wording around them follows.

    Raises InvalidContent ``sample`` with the file and what is wrong in it, and what ``render`` raises.
    """
    maker = "report" if kind in REPORTS else kind
    document = sample(kind, language)
    try:
        return printing.render(maker if form == "pdf" else f"{maker}-{form}", document, fonts=fonts)
    except InvalidContent as problem:
        if not isinstance(problem.__cause__, ValidationError):
            raise
        raise _unusable(kind, problem.__cause__) from problem


def sample(kind: str, language: str) -> dict[str, object]:
    """The sample as a document. Raises as ``preview``."""
    try:
        document = YAML(typ="safe").load(_file(kind).read_text(encoding="utf-8"))
    except (OSError, YAMLError) as problem:
        raise _unusable(kind, problem) from problem
    if not isinstance(document, dict):
        raise _unusable(kind, "it holds no names with values")
    return document | {"language": language}


def _file(kind: str) -> Path:
    return place(kind) / "sample.yaml"


def _unusable(kind: str, problem: object) -> InvalidContent:
    return InvalidContent("sample", file=f"{kind}/{_file(kind).name}", problem=str(problem))
