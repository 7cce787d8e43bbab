"""The interview guide as a document: the sections of its recipe, in the words of its text."""

from collections.abc import Sequence

from markupsafe import Markup

from surveyapp.errors import InvalidContent
from surveyapp.reports.document import Document
from surveyapp.reports.figures.figure import Figure
from surveyapp.reports.html import Address, body
from surveyapp.reports.interview_guide import KIND, GuideTopic, InterviewGuide
from surveyapp.reports.markdown import blocks, line_of
from surveyapp.reports.recipe import Recipe, recipe
from surveyapp.reports.wording import Wording, wording

_REPEATED = ("topics", "strength", "regional")
"""Sections that are followed by the parts of each of their topics."""


def document_of(guide: InterviewGuide) -> Document:
    """The guide in its own language. Raises InvalidContent where an author's recipe or text does not work."""
    words, plan = wording(KIND, guide.language), recipe(KIND)
    text = "\n\n".join(_section(name, guide, words, plan) for name in plan.sections)
    figures: dict[str, Figure] = {"profile": guide.profile} if guide.profile else {}
    return Document(line_of(words.block("title", guide=guide)), guide.language, blocks(text, figures))


def html_body(guide: InterviewGuide, address: Address | None = None) -> Markup:
    """The guide for a page: everything but its title, headings from level 2, safe to show as it is.

    ``address`` says where the picture of a figure is; without it there are no pictures.
    """
    return body(document_of(guide), address)


def title_of(guide: InterviewGuide) -> str:
    """The title for the top of the page."""
    return document_of(guide).title


def _section(name: str, guide: InterviewGuide, words: Wording, plan: Recipe) -> str:
    text = words.block(name, guide=guide, notes_for=plan.notes)
    if name not in _REPEATED:
        return text
    parts = [
        words.block(f"topic_{part}", guide=guide, topic=topic, number=number, section=name, notes_for=plan.notes)
        for number, topic in enumerate(_topics(name, guide), 1)
        for part in plan.topic
    ]
    return "\n\n".join([text, *parts])


def _topics(name: str, guide: InterviewGuide) -> Sequence[GuideTopic]:
    match name:
        case "topics":
            return guide.topics
        case "regional":
            return guide.regional
        case "strength":
            return (guide.strength,) if guide.strength else ()
        case _:
            raise InvalidContent("recipe", file=f"{KIND}/recipe.yaml", problem=f"no topics in {name}")
