"""What a single question must mean: options to choose from, bounds that leave room for an answer."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Final

from surveyapp.questionnaires.kinds.asked import COMMENT, OTHER
from surveyapp.questionnaires.kinds.ladder import NO_RUNG
from surveyapp.questionnaires.outline import keys, named, repeated, unknown
from surveyapp.questionnaires.parsing import Document, Node
from surveyapp.questionnaires.problem import Problem
from surveyapp.questionnaires.scale import DONT_KNOW, NOT_APPLICABLE

OPTION_LISTS: Final[Mapping[str, str]] = {
    "choice": "options",
    "choices": "options",
    "ranking": "options",
    "points": "options",
    "ladder": "rungs",
}
"""Kind -> the list of what can be chosen."""
_CODES: Final = frozenset({DONT_KNOW, NOT_APPLICABLE, NO_RUNG})
"""Answers that would be taken for an option."""
_COLUMNS: Final = frozenset({COMMENT, OTHER})
"""Words beside an answer, which would be taken for an option where each option has a column of data."""
_FIELD_NAMES: Final = frozenset({"csrf_token", "language", "was", "wrong"})
"""Fields that every page has. Those of a question are its key, or begin with it and a hyphen or a dot, which no key can
hold; so no two questions share a field."""
_POINTS: Final = 100
"""To divide, where the author does not say how many."""


def question_problems(document: Document, question: Node) -> Iterator[Problem]:
    """Everything that can be judged of a question by itself, conditions apart."""
    root = document.root
    key = question.at("key")
    if key.text in _FIELD_NAMES:
        yield document.problem(key, f"a question cannot be called '{key.text}', a field of every page: rename it")
    roles = [role.text for role in keys(root.at("roles").items)]
    for role in question.at("roles").items:
        yield from unknown(document, role, roles, "role", "'roles'")
    yield from repeated(document, question.at("roles").items, "role of this question")
    kind = question.at("kind").text or ""
    if kind in OPTION_LISTS:
        yield from _option_problems(document, question, OPTION_LISTS[kind])
    if kind in _MEANING:
        yield from _MEANING[kind](document, question)


def _option_problems(document: Document, question: Node, listed: str) -> Iterator[Problem]:
    options = question.entries.get(listed)
    if options is None or not isinstance(options.value, tuple):
        return
    what = listed.removesuffix("s")
    yield from repeated(document, keys(options.items), what)
    if len(options.items) < 2:
        yield document.problem(options, f"{named('question', question)} has fewer than two {listed}: add the others")
    reserved = _CODES if question.at("kind").text == "choice" else _CODES | _COLUMNS
    for key in keys(options.items):
        if key.text in reserved:
            article = "an" if what == "option" else "a"
            yield document.problem(key, f"{article} {what} cannot be called '{key.text}', a code of its own: rename it")
    others = [option.at("other") for option in options.items if option.at("other").value is True]
    for other in others[1:]:
        yield document.problem(
            other, f"only one option can be `other`, and line {others[0].line} is: combine them or remove one"
        )


def _scale_problems(document: Document, question: Node) -> Iterator[Problem]:
    scales = [key.text for key in keys(document.root.at("scales").items)]
    yield from unknown(document, question.at("scale"), scales, "scale", "'scales'")


def _choices_problems(document: Document, question: Node) -> Iterator[Problem]:
    options = question.at("options").items
    beside = [option for option in options if option.at("exclusive").value is not True]
    least, most = question.at("least"), question.at("most")
    if options and not beside:
        yield document.problem(
            question.at("options"), "every option is exclusive: write `kind: choice`, or let some stand beside others"
        )
        return
    for bound in (least, most):
        if _whole(bound) > len(beside) and options:
            yield document.problem(
                bound,
                f"this is {bound.value} but there are {len(beside)} options that can be chosen together: "
                "lower it or add options",
            )
    if most.value is not None and _whole(least) > _whole(most) > 0:
        yield document.problem(least, f"'least' is {least.value} and 'most' is {most.value}: exchange them")


def _ranking_problems(document: Document, question: Node) -> Iterator[Problem]:
    top, options = question.at("top"), question.entries.get("options")
    if options is not None and isinstance(options.value, tuple) and _whole(top) > len(options.items):
        yield document.problem(
            top, f"'top' is {top.value} but there are {len(options.items)} options: lower it or add options"
        )


def _points_problems(document: Document, question: Node) -> Iterator[Problem]:
    total, options = question.at("total"), question.at("options").items
    points = _POINTS if total.value is None else _whole(total)
    if 2 <= points < len(options):
        yield document.problem(
            total, f"there are {points} points for {len(options)} options: raise 'total' or remove options"
        )


def _number_problems(document: Document, question: Node) -> Iterator[Problem]:
    least, most = question.at("least"), question.at("most")
    decimals = question.at("decimals")
    lowest, highest = _number(least), _number(most)
    if lowest is not None and highest is not None and lowest >= highest:
        yield document.problem(
            least, f"'least' is {lowest} and 'most' is {highest}, which leaves no choice: correct one of them"
        )
    for name, bound in (("least", least), ("most", most)):
        number = _number(bound)
        allowed = _whole(decimals)
        if number is not None and allowed >= 0 and _decimals(number) > allowed:
            yield document.problem(
                bound, f"'{name}' is {number} and answers have {allowed} decimals: round it, or raise 'decimals'"
            )


def _date_problems(document: Document, question: Node) -> Iterator[Problem]:
    earliest, latest = question.at("earliest"), question.at("latest")
    if earliest.text and latest.text and earliest.text > latest.text:
        yield document.problem(earliest, f"'earliest' is after 'latest' (line {latest.line}): exchange them")


def _information_problems(document: Document, question: Node) -> Iterator[Problem]:
    for name in ("required", "comment"):
        node = question.entries.get(name)
        if node is not None and node.value not in {False, None}:
            yield document.problem(
                node, f"'{name}' does not fit an information block, to which there is no answer: remove it"
            )


def _whole(node: Node) -> int:
    """The whole number that is written here, 0 where there is none."""
    return node.value if isinstance(node.value, int) else 0


def _number(node: Node) -> Decimal | None:
    return Decimal(str(node.value)) if type(node.value) in {int, float} else None


def _decimals(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


_MEANING: Final[Mapping[str, Callable[[Document, Node], Iterator[Problem]]]] = {
    "scale": _scale_problems,
    "choices": _choices_problems,
    "ranking": _ranking_problems,
    "points": _points_problems,
    "number": _number_problems,
    "date": _date_problems,
    "information": _information_problems,
}
