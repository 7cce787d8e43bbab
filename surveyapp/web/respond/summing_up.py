"""What a page says above its questions when it comes back: what is wrong, what another window changed, what is new."""

from collections.abc import Iterable, Mapping

from flask import render_template

from surveyapp.questionnaires.path import Path
from surveyapp.web.respond.sheet import Sheet


def summary(
    page: Sheet,
    shown: Path,
    problems: Mapping[str, str],
    *,
    saved: bool,
    overwritten: Iterable[str],
    elsewhere: Iterable[str],
    added: Iterable[str],
) -> str:
    """As HTML, with links to the questions; ``saved`` says that something else on the page was stored."""
    numbers = numbered(page, shown)
    return render_template(
        "respond/problems.html",
        numbers=numbers,
        problems=problems,
        saved=saved,
        overwritten=_questions(overwritten, numbers),
        elsewhere=_questions(elsewhere, numbers),
        added=_questions(added, numbers),
    )


def numbered(page: Sheet, shown: Path) -> dict[str, int]:
    """Question -> its number on the page, of those that are shown and can be answered."""
    asked = [item.key for item in page.items if item.question.answerable and item.key in shown.questions]
    return {key: number for number, key in enumerate(asked, start=1)}


def _questions(keys: Iterable[str], numbers: Mapping[str, int]) -> list[str]:
    """The questions that these keys of answers are part of, as far as they are shown."""
    changed = {key.partition(".")[0] for key in keys}
    return [key for key in numbers if key in changed]
