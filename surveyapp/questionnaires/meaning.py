"""What a questionnaire must mean: references that exist, scales that fit, everyone asked something.

Every rule reads the tree and skips what is not there, so that a fault of shape hides no fault of meaning.
"""

from collections.abc import Iterator
from typing import Final

from surveyapp.questionnaires.asking import question_problems
from surveyapp.questionnaires.merging import JOINT
from surveyapp.questionnaires.outline import keys, named, questions, repeated, scored_with_theme, unknown
from surveyapp.questionnaires.parsing import Document, Node
from surveyapp.questionnaires.piping import place_problems
from surveyapp.questionnaires.problem import Problem
from surveyapp.questionnaires.showing import condition_problems

PAGE_NAMES: Final = frozenset({"review", "thanks", "submit"})
"""Pages of the product that stand where a section's page would."""
EVERYONE: Final = "all"
"""In results: every role. No role can have this name."""


def questionnaire_problems(document: Document) -> Iterator[Problem]:
    """Everything that can be judged within the questionnaire itself."""
    root = document.root
    yield from repeated(document, keys(root.at("roles").items), "role")
    yield from repeated(document, keys(root.at("scales").items), "scale")
    yield from repeated(document, keys(root.at("sections").items), "section")
    yield from repeated(document, keys(questions(root)), "question")
    yield from _empty_lists(document)
    yield from _reserved_names(document)
    for scale in root.at("scales").items:
        yield from _scale_problems(document, scale)
    for question in questions(root):
        yield from question_problems(document, question)
    yield from condition_problems(document)
    yield from place_problems(document)
    yield from _silent_roles(document)
    yield from _mixed_scales(document)
    yield from _themes_without_score(document)
    yield from _scoring_problems(document)


def _empty_lists(document: Document) -> Iterator[Problem]:
    root = document.root
    for name, advice in (("roles", "name who answers"), ("sections", "write at least one section")):
        node = root.entries.get(name)
        if node is not None and node.value == ():
            yield document.problem(node, f"'{name}' is empty: {advice}")
    for section in root.at("sections").items:
        asked = section.entries.get("questions")
        if asked is not None and asked.value == ():
            yield document.problem(
                asked, f"{named('section', section)} has no questions: add one or remove the section"
            )


def _reserved_names(document: Document) -> Iterator[Problem]:
    root = document.root
    for key in keys(root.at("sections").items):
        if key.text in PAGE_NAMES:
            yield document.problem(key, f"a section cannot be called '{key.text}', a page of the product: rename it")
    for key in keys(root.at("roles").items):
        if key.text == EVERYONE:
            yield document.problem(key, f"a role cannot be called '{EVERYONE}', which means every role: rename it")
        if JOINT in str(key.text):
            yield document.problem(
                key, f"role '{key.text}' has two underscores in a row, which join the keys of roles: leave one out"
            )
    themes = {section.at("theme").text for section in root.at("sections").items}
    for key in keys(questions(root)):
        if key.text in themes:
            yield document.problem(key, f"question '{key.text}' has the key of a theme: give it a key of its own")


def _scale_problems(document: Document, scale: Node) -> Iterator[Problem]:
    points = scale.at("points")
    codes = [point.at("code") for point in points.items]
    if points.entries or not isinstance(points.value, tuple):
        return
    if len(codes) < 2:
        yield document.problem(points, f"{named('scale', scale)} has fewer than two points: add the others")
    for number, code in enumerate(codes, 1):
        if isinstance(code.value, int) and code.value != number:
            yield document.problem(
                code,
                f"{named('scale', scale)} has code {code.value} where {number} belongs: number the points 1, 2, 3",
            )


def _silent_roles(document: Document) -> Iterator[Problem]:
    """A role that no question is put to."""
    asked = [question.at("roles") for question in questions(document.root)]
    if not asked or any(not roles.items for roles in asked):
        return
    put_to = {role.text for roles in asked for role in roles.items}
    for key in keys(document.root.at("roles").items):
        if key.text not in put_to:
            yield document.problem(key, f"role '{key.text}' is asked nothing: put a question to it or remove the role")


def _mixed_scales(document: Document) -> Iterator[Problem]:
    """Scored questions of one theme on scales of different length: their mean would mean nothing."""
    lengths = {
        scale.at("key").text: len(scale.at("points").items)
        for scale in document.root.at("scales").items
        if scale.at("points").items
    }
    first: dict[str, Node] = {}
    for theme, question in scored_with_theme(document.root):
        scale = question.at("scale")
        if scale.text not in lengths:
            continue
        leader = first.setdefault(theme, scale)
        if lengths[scale.text] != lengths[leader.text]:
            yield document.problem(
                scale,
                f"scale '{scale.text}' has {lengths[scale.text]} points and theme '{theme}' is scored on "
                f"{lengths[leader.text]} (line {leader.line}): use one scale, or another purpose than score",
            )


def _scoring_problems(document: Document) -> Iterator[Problem]:
    """Rules for a theme that nobody scores, and a level of maturity of what is not scored."""
    scored = list(scored_with_theme(document.root))
    themes = [one.at("theme") for one in document.root.at("scoring").items]
    yield from repeated(document, [theme for theme in themes if theme.text is not None], "scoring of theme")
    for theme in themes:
        yield from unknown(document, theme, {known for known, _ in scored}, "scored theme", "'sections'")
    counted = [question for _, question in scored]
    for question in questions(document.root):
        level = question.at("level")
        if level.value is not None and question.at("kind").text == "scale" and question not in counted:
            yield document.problem(level, "only a scored question of a theme has a level of maturity: remove 'level'")


def _themes_without_score(document: Document) -> Iterator[Problem]:
    """A section's theme of which nobody is asked a scored question."""
    with_score = {theme for theme, _ in scored_with_theme(document.root)}
    told: set[str] = set()
    for section in document.root.at("sections").items:
        theme = section.at("theme")
        if theme.text is not None and theme.text not in with_score | told:
            told.add(theme.text)
            yield document.problem(
                theme, f"theme '{theme.text}' has no scored question: add a scale question with purpose score"
            )
