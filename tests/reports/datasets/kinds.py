"""A questionnaire with a question of every kind of question, and two people who filled it in."""

from typing import Any

from surveyapp.questionnaires.edition import Edition
from surveyapp.reports.datasets.person import Person
from surveyapp.reports.datasets.respondents import download
from surveyapp.reports.datasets.table import Download
from tests import cast

TITLE = {"nl": "Samen", "en": "Together"}
PLACES = {"GM0141": "Almelo", "GM0147": "Borne"}


def _text(words: str) -> dict[str, str]:
    return {"nl": words, "en": f"{words} (en)"}


def _options(*keys: str, **more: Any) -> list[dict[str, Any]]:  # noqa: ANN401
    return [{"key": key, "label": _text(key), **more} for key in keys]


_QUESTIONS: list[dict[str, Any]] = [
    {"key": "agrees", "kind": "scale", "scale": "agree", "comment": _text("Waarom?")},
    {"key": "turned", "kind": "scale", "scale": "agree", "reverse": True, "roles": ["official"]},
    {"key": "where", "kind": "choice", "options": [*_options("here"), *_options("elsewhere", other=True)]},
    {"key": "means", "kind": "choices", "options": _options("people", "time", "money")},
    {"key": "mark", "kind": "mark", "halves": True, "dont_know": _text("Weet ik niet")},
    {"key": "hours", "kind": "number", "decimals": 2, "least": -10},
    {"key": "since", "kind": "date"},
    {"key": "words", "kind": "text"},
    {"key": "first", "kind": "ranking", "top": 2, "options": _options("people", "time", "money")},
    {"key": "share", "kind": "points", "options": _options("people", "time")},
    {"key": "growth", "kind": "ladder", "rungs": _options("seed", "stem", "fruit")},
    {"key": "read_this", "kind": "information"},
    {"key": "agreed", "kind": "consent", "when": {"answer": "agrees", "at_least": 3}},
]

ALL = {
    "agrees": "4",
    "agrees.comment": "Omdat het zo is.",
    "turned": "dk",
    "where": "elsewhere",
    "where.other": "Almere",
    "means": "people;money",
    "mark": "7.5",
    "hours": "-2.50",
    "since": "2026-11-22",
    "words": "Het gaat goed.",
    "first": "time>money",
    "share": "people=100",
    "growth": "seed;fruit",
    "agreed": "yes",
}
"""An official who answered everything."""
LITTLE = {"agrees": "na", "mark": "dk"}
"""A governor who answered nearly nothing, and so was not shown the last question."""


def edition() -> Edition:
    written = cast.edition().model_dump(mode="json", by_alias=True, exclude_none=True)
    questions = [{"text": _text(each["key"]), **each} for each in _QUESTIONS]
    section = {"key": "all", "title": _text("Alles"), "theme": "t1", "questions": questions}
    written["questionnaire"] |= {"key": "all-kinds", "sections": [section]}
    return Edition.model_validate(written)


def people(*, words: str = ALL["words"]) -> list[Person]:
    return [
        Person(1, "GM0147", "governor", LITTLE),
        Person(2, "GM0141", "official", ALL | {"words": words}),
    ]


def answers(*, words: str = ALL["words"]) -> Download:
    return download(edition(), people(words=words), title=TITLE, organisations=PLACES, notes={"wave": "1"})
