"""The proof that somebody is shown every question: a role, an organisation and answers that lead to it.

Exact: all standings and answers are tried that the conditions can tell apart, of which there are finitely many. What
need not be known for an outcome is not tried, because conditions are also judged on part of the answers. An answer
here is one that can be sent, so that a question that must be answered is never passed over.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice, product
from typing import Final, get_args

from surveyapp.questionnaires.condition import (
    Condition,
    OrganisationKind,
    Standing,
    WhenAnswer,
    WhenKind,
    WhenOrganisation,
    all_hold,
    atoms,
    fits,
)
from surveyapp.questionnaires.kinds import Question
from surveyapp.questionnaires.kinds.asked import OTHER, Sought
from surveyapp.questionnaires.parsing import Document, Node
from surveyapp.questionnaires.problem import Problem
from surveyapp.questionnaires.questionnaire import Questionnaire, Section
from surveyapp.questionnaires.scale import SKIPPED

Answers = Mapping[str, str]
ELSEWHERE: Final = "elsewhere"
"""The code of an organisation that no condition names."""
_PATIENCE: Final = 20_000
"""States looked at for one question, at most; seconds."""
_SPECIMENS: Final = 5_000
"""Answers to one question that are compared, at most."""


class TooComplicated(Exception):
    """Nothing was proved: there are too many answers to try."""


def witness(questionnaire: Questionnaire, question: str) -> tuple[Standing, dict[str, str]] | None:
    """Who is shown this question, after which answers; None when nobody is. Raises ``TooComplicated``."""
    return _Search(questionnaire, _question(questionnaire, question)).found


def reachability_problems(questionnaire: Questionnaire, document: Document) -> Iterator[Problem]:
    """Sections, questions and roles for which there is no way through the questionnaire, with the reason why."""
    for section, place in zip(questionnaire.sections, document.root.at("sections").items, strict=True):
        why = _hidden(questionnaire, _section(questionnaire, section), document, f"section '{section.key}'")
        if why:
            yield document.problem(place.at("when"), why)
            continue
        for question, where in zip(section.questions, place.at("questions").items, strict=True):
            why = _hidden(questionnaire, _question(questionnaire, question.key), document, f"question '{question.key}'")
            if why:
                yield document.problem(where.entries.get("when") or where.entries.get("roles") or where, why)
    yield from _roles_without_questions(questionnaire, document)


@dataclass(frozen=True)
class _Target:
    """What somebody is to be shown: where all conditions hold for one of the roles."""

    key: str
    conditions: tuple[Condition, ...]
    roles: tuple[str, ...]

    def shown(self, standing: Standing, answers: Answers) -> bool | None:
        if standing.role not in self.roles:
            return False
        return all_hold(self.conditions, standing, answers.get)


@dataclass
class _Search:
    """For a standing and answers with which the target is shown.

    ``freely``: as if every question that the conditions look at were shown to everyone.
    """

    questionnaire: Questionnaire
    target: _Target
    freely: bool = False
    _looked_at: int = field(default=0, init=False)

    @cached_property
    def found(self) -> tuple[Standing, dict[str, str]] | None:
        for standing in self._standings():
            answers = self._after(standing, {})
            if answers is not None:
                return standing, {key: value for key, value in answers.items() if value != SKIPPED}
        return None

    @cached_property
    def involved(self) -> tuple[_Target, ...]:
        """What the target depends on, directly or not, in the order of the questionnaire."""
        found: dict[str, _Target] = {}
        waiting = [self.target]
        while waiting:
            for condition in waiting.pop().conditions:
                for atom in atoms(condition):
                    if isinstance(atom, WhenAnswer) and atom.answer not in found:
                        found[atom.answer] = _question(self.questionnaire, atom.answer)
                        if not self.freely:
                            waiting.append(found[atom.answer])
        return tuple(found[key] for key in self.questionnaire.questions if key in found)

    def _after(self, standing: Standing, answers: dict[str, str]) -> dict[str, str] | None:
        """These answers, with more where needed, if they lead to the target; every earlier question is in them."""
        self._looked_at += 1
        if self._looked_at > _PATIENCE:
            raise TooComplicated
        shown = self.target.shown(standing, answers)
        if shown is not None:
            return answers if shown else None
        earlier = self.involved[len(answers)]
        open_to_answers = self.freely or earlier.shown(standing, answers)
        possible = self._specimens[earlier.key] if open_to_answers else (SKIPPED,)
        tried = (self._after(standing, {**answers, earlier.key: value}) for value in possible)
        return next((found for found in tried if found is not None), None)

    @cached_property
    def _atoms(self) -> tuple[Condition, ...]:
        conditions = (condition for one in (self.target, *self.involved) for condition in one.conditions)
        return tuple(atom for condition in conditions for atom in atoms(condition))

    @cached_property
    def _specimens(self) -> dict[str, tuple[str, ...]]:
        return {
            one.key: self._telling(
                self.questionnaire.questions[one.key],
                [atom for atom in self._atoms if isinstance(atom, WhenAnswer) and atom.answer == one.key],
            )
            for one in self.involved
        }

    def _telling(self, question: Question, seen: list[WhenAnswer]) -> tuple[str, ...]:
        """One answer for every way in which answers that can be sent look to these conditions."""
        sought = Sought(
            frozenset(code for atom in seen for code in atom.is_ or ()),
            frozenset(bound for atom in seen for bound in (atom.at_least, atom.at_most) if bound is not None),
        )
        scales = self.questionnaire.scales_by_key
        specimens = tuple(islice(question.specimens(sought, scales), _SPECIMENS + 1))
        if len(specimens) > _SPECIMENS:
            raise TooComplicated
        found = [
            value
            for value in specimens
            if question.problem(value, scales) is None and question.unfinished(value, {OTHER: "x"}) is None
        ]
        if question.unfinished(SKIPPED, {}) is None:
            found.append(SKIPPED)
        return tuple({tuple(fits(atom, value) for atom in seen): value for value in reversed(found)}.values())

    def _standings(self) -> Iterator[Standing]:
        """Everyone whom these conditions can tell apart."""
        organisations = {
            code for atom in self._atoms if isinstance(atom, WhenOrganisation) for code in atom.organisation
        }
        named = {kind for atom in self._atoms if isinstance(atom, WhenKind) for kind in atom.kind}
        others = [kind for kind in get_args(OrganisationKind) if kind not in named]
        for role, organisation, kind in product(
            self.target.roles, (ELSEWHERE, *sorted(organisations)), (*others[:1], *sorted(named))
        ):
            yield Standing(role, organisation, kind)


def _question(questionnaire: Questionnaire, key: str) -> _Target:
    section = next(one for one in questionnaire.sections if any(question.key == key for question in one.questions))
    question = questionnaire.questions[key]
    roles = question.roles or tuple(role.key for role in questionnaire.roles)
    return _Target(key, _given(section.when, question.when), roles)


def _section(questionnaire: Questionnaire, section: Section) -> _Target:
    return _Target(section.key, _given(section.when), tuple(role.key for role in questionnaire.roles))


def _given(*conditions: Condition | None) -> tuple[Condition, ...]:
    return tuple(condition for condition in conditions if condition is not None)


def _hidden(questionnaire: Questionnaire, target: _Target, document: Document, named: str) -> str | None:
    """Why nobody is shown this; None when somebody is."""
    search = _Search(questionnaire, target)
    try:
        if search.found:
            return None
        lines = sorted(set(_lines(document, {target.key, *(one.key for one in search.involved)})))
        if _Search(questionnaire, target, freely=True).found is None and len(target.conditions) == 1:
            lines = []
    except TooComplicated:
        return f"this looks at too many answers to prove that anyone is ever shown {named}: look at fewer"
    if len(lines) < 2:
        return f"this can never be true, whatever is answered by whom, so nobody is shown {named}: correct it"
    places = ", ".join(str(line) for line in lines)
    return f"what stands on lines {places} is never true together, so nobody is shown {named}: correct one of them"


def _lines(document: Document, keys: set[str]) -> Iterator[int]:
    """The lines that decide whether these questions are shown."""

    def own(part: Node) -> Iterable[int]:
        return (part.entries[name].line for name in ("when", "roles") if name in part.entries)

    for section in document.root.at("sections").items:
        asked = [question for question in section.at("questions").items if question.at("key").text in keys]
        if asked or section.at("key").text in keys:
            yield from own(section)
        for question in asked:
            yield from own(question)


def _roles_without_questions(questionnaire: Questionnaire, document: Document) -> Iterator[Problem]:
    """Roles that are shown nothing that can be answered, whatever they answer."""
    asked = [_question(questionnaire, one.key) for one in questionnaire.questions.values() if one.answerable]
    for role, place in zip(questionnaire.roles, document.root.at("roles").items, strict=True):
        theirs = (_Target(one.key, one.conditions, (role.key,)) for one in asked if role.key in one.roles)
        try:
            if not any(_Search(questionnaire, one).found for one in theirs):
                yield document.problem(
                    place.at("key"),
                    f"role '{role.key}' is shown no question: correct the conditions, or remove the role",
                )
        except TooComplicated:
            continue  # told above, where the conditions stand
