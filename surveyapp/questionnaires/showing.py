"""What the conditions of a questionnaire must mean: they look back, at answers that exist."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Final

from surveyapp.questionnaires.asking import OPTION_LISTS
from surveyapp.questionnaires.kinds.consent import AGREED
from surveyapp.questionnaires.kinds.ladder import NO_RUNG
from surveyapp.questionnaires.kinds.mark import HIGHEST, LOWEST
from surveyapp.questionnaires.outline import keys, questions, scored, unknown
from surveyapp.questionnaires.parsing import Document, Node
from surveyapp.questionnaires.problem import Problem
from surveyapp.questionnaires.scale import DONT_KNOW, NOT_APPLICABLE

_WITH_NUMBERS: Final = frozenset({"scale", "mark", "number"})
_WITHOUT_CODES: Final = frozenset({"number", "date", "text", "points"})
_WANTED: Final = ("is", "at_least", "at_most", "given")


@dataclass(frozen=True)
class _Asked:
    """The questions of a file in order, and how many of them come before the condition that is judged."""

    document: Document
    order: tuple[Node, ...]
    before: int
    place: Node
    """The question or section whose condition this is."""

    def find(self, key: str) -> tuple[int, Node] | None:
        found = ((number, one) for number, one in enumerate(self.order) if one.at("key").text == key)
        return next(found, None)


def condition_problems(document: Document) -> Iterator[Problem]:
    """Everything that is wrong with conditions, except whether they can come true: see ``reachability``."""
    order = questions(document.root)
    before = 0
    for section in document.root.at("sections").items:
        yield from _judge(_Asked(document, order, before, section))
        for question in section.at("questions").items:
            yield from _judge(_Asked(document, order, before, question))
            before += 1
    yield from _uneven_themes(document)


def atoms(condition: Node) -> Iterator[Node]:
    """The conditions within this one that join no others."""
    joined = [inner for name in ("all", "any") for inner in condition.at(name).items]
    joined += [condition.at("not")] if "not" in condition.entries else []
    if joined:
        yield from chain.from_iterable(atoms(inner) for inner in joined)
    elif condition.entries:
        yield condition


def _judge(asked: _Asked) -> Iterator[Problem]:
    roles = [key.text for key in keys(asked.document.root.at("roles").items)]
    for atom in atoms(asked.place.at("when")):
        for role in _one_or_more(atom.at("role")):
            yield from unknown(asked.document, role, roles, "role", "'roles'")
        if atom.at("answer").text is not None:
            yield from _answer_problems(asked, atom)


def _answer_problems(asked: _Asked, atom: Node) -> Iterator[Problem]:
    """What is wrong with a condition that looks at an answer."""
    key = atom.at("answer")
    found = asked.find(str(key.text))
    if found is None:
        yield asked.document.problem(key, f"question '{key.text}' does not exist: correct the key")
        return
    number, question = found
    if number >= asked.before:
        yield asked.document.problem(key, _why_not_earlier(asked, question))
    elif question.at("kind").text == "information":
        yield asked.document.problem(key, f"'{key.text}' is an information block, which has no answer: name a question")
    else:
        yield from _wanted_problems(asked.document, atom, question)


def _why_not_earlier(asked: _Asked, question: Node) -> str:
    key = question.at("key").text
    if question is asked.place:
        return f"question '{key}' cannot look at its own answer: name an earlier question"
    if question in asked.place.at("questions").items:
        return f"question '{key}' stands in this very section: a section's condition looks at earlier sections"
    return f"question '{key}' comes later (line {question.line}): a condition looks at earlier questions only"


def _wanted_problems(document: Document, atom: Node, question: Node) -> Iterator[Problem]:
    """What is wrong with what a condition wants an answer to be."""
    key, kind = question.at("key").text, question.at("kind").text
    if not any(name in atom.entries for name in _WANTED):
        yield document.problem(
            atom, f"this does not say what the answer to '{key}' must be: add is, at_least, at_most or given"
        )
    for bound in ("at_least", "at_most"):
        if bound in atom.entries and kind not in _WITH_NUMBERS:
            yield document.problem(
                atom.at(bound), f"answers to '{key}' are no numbers: write `is` or `given` instead of '{bound}'"
            )
    if kind in _WITHOUT_CODES and "is" in atom.entries:
        advice = "at_least, at_most or given" if kind in _WITH_NUMBERS else "given"
        yield document.problem(atom.at("is"), f"answers to '{key}' have no codes to name: write {advice}")
    elif "is" in atom.entries:
        codes = _codes(document, question)
        for code in _one_or_more(atom.at("is")):
            written = isinstance(code.value, (str, int, float)) and not isinstance(code.value, bool)
            if codes and written and str(code.value) not in codes:
                yield document.problem(code, f"'{code.value}' is no answer to '{key}': choose from {', '.join(codes)}")


def _codes(document: Document, question: Node) -> list[str]:
    """The codes that an answer to this question can be or hold; none where they cannot be told."""
    kind = question.at("kind").text or ""
    if kind in OPTION_LISTS:
        options = [str(key.text) for key in keys(question.at(OPTION_LISTS[kind]).items)]
        return [*options, NO_RUNG] if kind == "ladder" else options
    if kind == "consent":
        return [AGREED]
    if kind == "mark":
        steps = range(2 * LOWEST, 2 * HIGHEST + 1, 1 if question.at("halves").value is True else 2)
        return [f"{step / 2:g}" for step in steps] + ([DONT_KNOW] if "dont_know" in question.entries else [])
    for scale in document.root.at("scales").items:
        if scale.at("key").text == question.at("scale").text:
            apart = [
                code
                for code, name in ((DONT_KNOW, "dont_know"), (NOT_APPLICABLE, "not_applicable"))
                if name in scale.entries
            ]
            return [str(point.at("code").value) for point in scale.at("points").items] + apart
    return []


def _one_or_more(node: Node) -> tuple[Node, ...]:
    return node.items if isinstance(node.value, tuple) else (node,)


def _uneven_themes(document: Document) -> Iterator[Problem]:
    """Scored questions that some get and others in the same role do not: half of a theme is half of a role's."""
    sections = document.root.at("sections").items
    themes = [section.at("theme").text for section in sections]
    for section, theme in zip(sections, themes, strict=True):
        if theme is None:
            continue
        if themes.count(theme) > 1 and scored(section) and any(atoms(section.at("when"))):
            yield document.problem(
                section.at("when"),
                f"theme '{theme}' has more sections, and a theme score needs the same questions for everyone in a "
                "role: put the theme in one section, or say 'roles' at its questions",
            )
        for question in scored(section):
            if _looks_at_answers(question):
                yield document.problem(
                    question.at("when"),
                    "a scored question cannot depend on an answer, because a theme score needs the same questions for "
                    "everyone in a role: put the condition on the section, or give the question another purpose",
                )
            elif _looks_at_place(question):
                yield document.problem(
                    question.at("when"),
                    "a scored question cannot depend on the organisation or its kind, because a theme score needs the "
                    "same questions for everyone in a role: put the condition on the section, or give the question "
                    "another purpose",
                )
            elif any(atoms(question.at("when"))):
                yield document.problem(
                    question.at("when"),
                    "a scored question says under 'roles' who gets it, because its theme's score counts the questions "
                    "that are put to a role: write roles: [...] in place of this condition",
                )


def _looks_at_answers(part: Node) -> bool:
    return any("answer" in atom.entries for atom in atoms(part.at("when")))


def _looks_at_place(part: Node) -> bool:
    return any(name in atom.entries for atom in atoms(part.at("when")) for name in ("organisation", "kind"))
