"""Rendered once, filled in for everybody."""

from surveyapp.web.respond import pages, slots
from surveyapp.web.respond.pages import Page

RENDERED = "|".join(
    (
        f"<input value='1'{slots.checked('a', '1')}><input value=''{slots.checked('a', '')}>",
        f"<textarea>{slots.text('b')}</textarea>",
        f"<option{slots.selected('c-1', 'x')}><option{slots.selected('c-1', 'y')}>",
        f"{slots.slot('step')} of {slots.slot('steps')}, {slots.slot('step')}",
    )
)
EMPTY = "<input value='1'><input value=''>|<textarea></textarea>|<option><option>| of , "


def test_fields_and_slots_are_filled_wherever_they_stand() -> None:
    filled = Page(RENDERED).filled([("a", "1"), ("b", "words"), ("c-1", "y")], {"step": "2", "steps": "9"})
    assert filled == (
        "<input value='1' checked><input value=''>|<textarea>words</textarea>|<option><option selected>|2 of 9, 2"
    )


def test_an_empty_page_has_nothing_in_its_slots() -> None:
    assert Page(RENDERED).filled((), {}) == EMPTY


def test_words_are_made_safe_and_cannot_make_slots() -> None:
    filled = Page(RENDERED).filled([("b", "<b> & '\x00step\x00'")], {"step": "2"})
    assert "<textarea>&lt;b&gt; &amp; &#39;\x00step\x00&#39;</textarea>" in filled


def test_fields_and_slots_that_the_page_has_not_show_nothing() -> None:
    assert Page(RENDERED).filled([("z", "1"), ("a", "9"), ("c-2", "x")], {"other": "x"}) == EMPTY


def test_one_respondents_answers_do_not_stay_on_the_page_of_the_next() -> None:
    made = Page(RENDERED)
    made.filled([("b", "secret"), ("a", "1")], {"step": "5"})
    assert made.filled((), {}) == EMPTY


def test_a_page_is_rendered_once() -> None:
    times: list[str] = []

    def render() -> str:
        times.append("rendered")
        return RENDERED

    name = ("a test", "only here")
    assert pages.page(name, render) is pages.page(name, render)
    assert times == ["rendered"]
    assert pages.page(("another",), render) is not pages.page(name, render)
