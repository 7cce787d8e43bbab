"""The invented guide that is shipped beside the wording, and what it looked like when somebody last looked."""

import os
from pathlib import Path

from ruamel.yaml import YAML

from surveyapp.content import folder
from surveyapp.reports.interview_guide import InterviewGuide

GOLDEN = Path(__file__).parent / "golden"


def sample(language: str = "nl") -> InterviewGuide:
    """The shipped sample; its topics stay Dutch in every language, the wording around them does not."""
    text = (folder("reports") / "interview-guide" / "sample.yaml").read_text(encoding="utf-8")
    return InterviewGuide.from_document(YAML(typ="safe").load(text) | {"language": language})


def golden(name: str, made: str) -> str:
    """What was made before; with ``GOLDEN=write`` in the environment this time counts, after reading the difference."""
    file = GOLDEN / name
    if os.environ.get("GOLDEN") == "write":
        file.write_text(made, encoding="utf-8")
    return file.read_text(encoding="utf-8")
