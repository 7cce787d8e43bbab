"""A questionnaire with a question of every kind."""

from typing import Any

from surveyapp.questionnaires.questionnaire import Questionnaire


def _named(key: str) -> dict[str, Any]:
    return {"key": key, "label": {"nl": key, "en": key}}


def _asked(kind: str, key: str, **more: object) -> dict[str, Any]:
    return {"kind": kind, "key": key, "text": {"nl": key, "en": key}, **more}


def every_kind() -> Questionnaire:
    """A theme ``t`` with the statements ``t_1`` and ``t_2`` (turned round), and one question of each other kind."""
    options = [_named(key) for key in ("a", "b", "c")]
    words = {"nl": "x", "en": "x"}
    role = {"title": words, "plural": words, "description": words}
    theme = [
        _asked("scale", "t_1", scale="agree"),
        _asked("scale", "t_2", scale="agree", reverse=True),
        _asked("scale", "matters", scale="agree", purpose="importance"),
    ]
    rest = [
        _asked("scale", "opinion", scale="agree", purpose="opinion", reverse=True),
        _asked("choice", "one", options=options),
        _asked("choices", "some", options=options),
        _asked("mark", "mark", halves=True, dont_know=words),
        _asked("number", "hours", decimals=1),
        _asked("date", "day"),
        _asked("ranking", "first", options=options, top=2),
        _asked("points", "coins", options=options, total=10),
        _asked("ladder", "steps", rungs=options),
        _asked("consent", "agreed"),
        _asked("text", "words"),
        _asked("mark", "officials", roles=["official"]),
    ]
    return Questionnaire.model_validate(
        {
            "key": "sample",
            "version": "1",
            "title": words,
            "purpose": words,
            "minutes": 5,
            "roles": [{"key": key, **role} for key in ("governor", "official")],
            "scales": [
                {
                    "key": "agree",
                    "points": [{"code": code, "label": words} for code in range(1, 6)],
                    "dont_know": words,
                    "not_applicable": words,
                }
            ],
            "sections": [
                {"key": "t", "title": words, "theme": "t", "questions": theme},
                {"key": "rest", "title": words, "questions": rest},
            ],
        }
    )
