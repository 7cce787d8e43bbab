"""Colours keep to a fixed scale, and letters stay legible on all of them."""

from hypothesis import given
from hypothesis import strategies as st

from surveyapp.reports.figures.drawing.colour import contrast, letters_on, point_colours, score_colour, sequence_colours
from surveyapp.reports.figures.style import style


@given(st.floats(1, 5))
def test_letters_on_every_score_reach_the_contrast_of_wcag_aa(value: float) -> None:
    colour = score_colour(value, 1, 5, style().palette)
    assert contrast(letters_on(colour), colour) >= 4.5


def test_letters_on_every_answer_reach_it_too() -> None:
    for points in range(2, 8):
        for colour in point_colours(points, style().palette, style().colours.neutral):
            assert contrast(letters_on(colour), colour) >= 4.5


def test_text_and_explanations_stand_out_from_the_background() -> None:
    colours = style().colours
    assert contrast(colours.text, colours.background) >= 7
    assert contrast(colours.muted, colours.background) >= 4.5
    assert contrast(colours.muted, colours.band) >= 4.5


def test_the_reference_contrasts_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == 21
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54


def test_the_middle_of_the_scale_is_the_palest_and_a_score_outside_it_takes_the_end() -> None:
    palette = style().palette
    middle = score_colour(3, 1, 5, palette)
    assert contrast(middle, "#ffffff") < 1.2
    assert score_colour(7, 1, 5, palette) == score_colour(5, 1, 5, palette)


def test_only_an_odd_scale_has_a_neutral_point() -> None:
    assert point_colours(5, "PuOr", "#e9e9ec")[2] == "#e9e9ec"
    assert "#e9e9ec" not in point_colours(4, "PuOr", "#e9e9ec")


def test_bars_marks_and_hatches_stand_out_as_wcag_asks_of_graphics() -> None:
    look, white = style(), style().colours.background
    marks = (look.role_a, look.role_b, look.own, look.region, look.other, look.first_wave, look.second_wave)
    for colour in (look.colours.bar, look.colours.hatch, *(mark.colour for mark in marks)):
        assert contrast(colour, white) >= 3
    assert contrast(look.colours.bar, look.colours.band) >= 3


def test_who_is_compared_differs_in_shape_too() -> None:
    look = style()
    for one, other in (
        (look.role_a, look.role_b),
        (look.own, look.region),
        (look.own, look.other),
        (look.first_wave, look.second_wave),
    ):
        assert one.shape != other.shape


def test_places_go_from_dark_to_light_and_letters_stay_legible_on_them() -> None:
    for places in range(1, 13):
        colours = sequence_colours(places, style().sequence)
        darkness = [contrast(colour, "#ffffff") for colour in colours]
        assert darkness == sorted(darkness, reverse=True)
        assert all(contrast(letters_on(colour), colour) >= 4.5 for colour in colours)
