"""A questionnaire of which not everybody is shown everything: by answer, by role and by place.

Who says ``elsewhere`` says where; ``t1_2`` (turned round) is for who gave ``t1_1`` a 3 or less; theme ``t2`` is for who
works regionally, ``t3`` for officials, ``t4`` for Almelo; who is very content must give a mark.
"""

from typing import Any

from surveyapp.questionnaires.edition import Edition
from tests import cast

THEMES = ("t1", "t2", "t3", "t4")


def _scale(key: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    return {"key": key, "kind": "scale", "scale": "agree", "text": {"nl": key}, **more}


_SECTIONS = [
    {
        "key": "first",
        "title": {"nl": "Eerst"},
        "theme": "t1",
        "questions": [
            {
                "key": "where",
                "kind": "choice",
                "text": {"nl": "Waar?"},
                "options": [
                    {"key": "local", "label": {"nl": "Hier"}},
                    {"key": "regional", "label": {"nl": "Samen"}},
                    {"key": "elsewhere", "label": {"nl": "Elders"}, "other": True},
                ],
            },
            _scale("t1_1", comment={"nl": "Waarom?"}),
            _scale("t1_2", reverse=True, when={"answer": "t1_1", "at_most": 3}),
            {
                "key": "t1_change",
                "kind": "text",
                "text": {"nl": "Wat kan beter?"},
                "purpose": "change",
                "limit": 60,
                "when": {"answer": "t1_2", "given": True},
            },
        ],
    },
    {
        "key": "second",
        "title": {"nl": "Samen"},
        "theme": "t2",
        "when": {"answer": "where", "is": ["regional", "elsewhere"]},
        "questions": [_scale("t2_1"), _scale("t2_2", roles=["official"])],
    },
    {
        "key": "third",
        "title": {"nl": "Dan"},
        "theme": "t3",
        "when": {"role": "official"},
        "questions": [_scale("t3_1")],
    },
    {
        "key": "fourth",
        "title": {"nl": "Almelo"},
        "theme": "t4",
        "questions": [_scale("t4_1", when={"organisation": "GM0141"})],
    },
    {
        "key": "last",
        "title": {"nl": "Tot slot"},
        "questions": [
            {
                "key": "means",
                "kind": "choices",
                "text": {"nl": "Waarmee?"},
                "options": [{"key": key, "label": {"nl": key}} for key in ("people", "time", "money")],
            },
            {
                "key": "mark",
                "kind": "mark",
                "text": {"nl": "Welk cijfer?"},
                "required": True,
                "when": {"answer": "t1_1", "at_least": 5},
            },
        ],
    },
]


def edition() -> Edition:
    """As an author would write it, on the framework and guide of the cast's."""
    written = cast.edition().model_dump(mode="json", by_alias=True, exclude_none=True)
    written["questionnaire"] |= {"key": "branching", "sections": _SECTIONS}
    written["framework"]["themes"] = [written["framework"]["themes"][0] | {"key": key} for key in THEMES]
    written["guide"]["themes"] = [written["guide"]["themes"][0] | {"theme": key} for key in THEMES]
    return Edition.model_validate(written)
