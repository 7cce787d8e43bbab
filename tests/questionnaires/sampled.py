"""The sample questionnaires, one per kind of question and per feature, each with the least framework and guide."""

from functools import cache
from pathlib import Path
from typing import Final, get_args

from surveyapp.questionnaires.edition import Edition
from surveyapp.questionnaires.framework import Framework, Origin, Theme
from surveyapp.questionnaires.guide import Guide, Signal, ThemeGuide
from surveyapp.questionnaires.parsing import parse
from surveyapp.questionnaires.questionnaire import Questionnaire
from surveyapp.questionnaires.shaping import shape

SAMPLES: Final = Path(__file__).parent / "samples"


def names() -> tuple[str, ...]:
    """The names of the sample questionnaires, in alphabetical order."""
    return tuple(sorted(file.stem for file in SAMPLES.glob("*.yaml") if file.stem != "guide"))


@cache
def sample(name: str) -> Edition:
    """An edition with this sample as its questionnaire."""
    asked = questionnaire(name)
    themes = tuple(dict.fromkeys(section.theme for section in asked.sections if section.theme is not None))
    return Edition(
        framework=Framework(
            key="sample",
            title=_said("Voorbeeld", "Sample"),
            origin=Origin(
                publisher="Surveyapp",
                title="Voorbeelden",
                edition="1",
                wording=_said("Eigen uitwerking", "Own elaboration"),
                explanation=_said("Alles is zelf geschreven.", "Everything was written by ourselves."),
            ),
            themes=tuple(
                Theme(key=theme, title=_said("Welkom", "Welcome"), description=_said("Welkom", "Welcome"), norms=())
                for theme in themes
            ),
        ),
        questionnaire=asked,
        guide=Guide(
            introduction=_said("Dank u wel.", "Thank you."),
            strength=_said("Wat is goed aan {theme}?", "What is good about {theme}?"),
            closing=(_said("Nog iets?", "Anything else?"),),
            signals={signal: _said("Hoe ging dit?", "How did this go?") for signal in get_args(Signal)},
            themes=tuple(
                ThemeGuide(theme=theme, probes=(_said("Een voorbeeld?", "An example?"),), measures=())
                for theme in themes
            ),
        ),
    )


@cache
def questionnaire(name: str) -> Questionnaire:
    """This sample alone."""
    document, problems = parse(SAMPLES / f"{name}.yaml")
    assert document is not None, problems
    shaped, problems = shape(document, Questionnaire)
    assert shaped is not None, problems
    return shaped


def _said(dutch: str, english: str) -> dict[str, str]:
    return {"nl": dutch, "en": english}
