"""A questionnaire about a visit, and what people do on its first page."""

import re
from typing import Any, Final

from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.questioned import Questioned

_YES_NO: Final = [{"key": "yes", "label": {"nl": "Ja"}}, {"key": "no", "label": {"nl": "Nee"}}]
_PLACES: Final = [
    {"key": "house", "label": {"nl": "Het huis"}},
    {"key": "garden", "label": {"nl": "De tuin"}},
    {"key": "mill", "label": {"nl": "De molen"}},
]
VISIT: Final[dict[str, Any]] = {
    "key": "visit",
    "version": "1",
    "title": {"nl": "Een bezoek"},
    "purpose": {"nl": "Om te proberen."},
    "minutes": 2,
    "roles": [
        {"key": key, "title": {"nl": title}, "plural": {"nl": title}, "description": {"nl": title}}
        for key, title in (("governor", "Bestuurder"), ("official", "Ambtenaar"))
    ],
    "scales": [
        {
            "key": "agree",
            "points": [{"code": code, "label": {"nl": f"Antwoord {code}"}} for code in range(1, 6)],
            "dont_know": {"nl": "Weet ik niet"},
        }
    ],
    "sections": [
        {
            "key": "visit",
            "title": {"nl": "Het bezoek"},
            "questions": [
                {"key": "came", "kind": "choice", "text": {"nl": "Bent u er geweest?"}, "options": _YES_NO},
                {
                    "key": "tour",
                    "kind": "mark",
                    "when": {"answer": "came", "is": "yes"},
                    "text": {"nl": "Welk cijfer geeft u?"},
                },
                {"key": "people", "kind": "number", "least": 1, "most": 50, "text": {"nl": "Met hoevelen was u?"}},
                {"key": "story", "kind": "text", "limit": 100, "text": {"nl": "Wat ging goed?"}},
                {
                    "key": "seen",
                    "kind": "choices",
                    "text": {"nl": "Wat hebt u gezien?"},
                    "options": [*_PLACES, {"key": "nothing", "label": {"nl": "Niets"}, "exclusive": True}],
                },
                {"key": "effort", "kind": "points", "text": {"nl": "Verdeel de punten."}, "options": _PLACES},
                {"key": "order", "kind": "ranking", "top": 2, "text": {"nl": "Wat eerst?"}, "options": _PLACES},
                {"key": "access", "kind": "ladder", "text": {"nl": "Hoe ver?"}, "rungs": _PLACES},
                {
                    "key": "travel",
                    "kind": "choice",
                    "text": {"nl": "Hoe kwam u?"},
                    "options": [*_PLACES, {"key": "other", "label": {"nl": "Anders"}, "other": True}],
                },
            ],
        },
        {
            "key": "again",
            "title": {"nl": "Nog eens"},
            "when": {"answer": "came", "is": "yes"},
            "questions": [{"key": "back", "kind": "choice", "text": {"nl": "Komt u terug?"}, "options": _YES_NO}],
        },
        {
            "key": "after",
            "title": {"nl": "Daarna"},
            "questions": [{"key": "tell", "kind": "choice", "text": {"nl": "Vertelt u het?"}, "options": _YES_NO}],
        },
    ],
}


def first_page(context: BrowserContext, questioned: Questioned) -> Page:
    """Begin, or go on."""
    page = context.new_page()
    page.goto(questioned.link)
    page.locator("button[name=begin]").click()
    page.wait_for_url("**/visit*")
    return page


def kept_at_once(page: Page, status: str = "Opgeslagen om ") -> None:
    """The page says that everything is kept, and when."""
    expect(page.locator("#kept p")).to_have_text(re.compile(status))


def choose(page: Page, question: str, label: str) -> None:
    """Click an option, as people do: on its words."""
    page.locator(f'[data-question="{question}"]').get_by_text(label, exact=True).click()
