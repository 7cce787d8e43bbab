"""Rendered once, filled in for everybody."""

from surveyapp.web.respond.pages import Answers, Page, Slots, page
from surveyapp.web.respond.sheet import Choice, Group, Item, Sheet

SCALE = Item("a", 1, "scale", "A", None, choices=(Choice("1", "one"), Choice("", "none", apart=True)))
WORDS = Item("b", 2, "text", "B", None, limit=10)
RANKED = Item("c", 3, "ranking", "C", None, choices=(Choice("x", "X"), Choice("y", "Y")), places=(1, 2))
SHEET = Sheet("s", "S", None, (Group(matrix=False, choices=(), items=(SCALE, WORDS, RANKED)),))


def _rendered(answers: Slots | Answers) -> str:
    return "|".join(
        (
            *(f"{choice.code}{answers.checked(SCALE, choice.code)}" for choice in SCALE.choices),
            answers.text(WORDS),
            *(f"{place}{c.code}{answers.selected(RANKED, place, c.code)}" for place in (1, 2) for c in RANKED.choices),
        )
    )


def test_a_filled_page_is_the_page_rendered_with_the_answers() -> None:
    for values in ({}, {"a": "1"}, {"a": ""}, {"b": "<b> & 'c'"}, {"c": "y"}, {"c": "y>x", "a": "1", "b": "w"}):
        assert Page(SHEET, _rendered(Slots())).filled(values) == _rendered(Answers(values))


def test_answers_to_questions_of_other_pages_show_nothing() -> None:
    assert Page(SHEET, _rendered(Slots())).filled({"z": "1"}) == _rendered(Answers({}))


def test_one_respondents_answers_do_not_stay_on_the_page_of_the_next() -> None:
    made = Page(SHEET, _rendered(Slots()))
    made.filled({"b": "secret"})
    assert "secret" not in made.filled({})


def test_a_page_is_rendered_once() -> None:
    times: list[Slots] = []

    def render(slots: Slots) -> str:
        times.append(slots)
        return _rendered(slots)

    assert page(("a test", 1), SHEET, render) is page(("a test", 1), SHEET, render)
    assert len(times) == 1
