"""Texts with names in them: filled in once, and nothing in a name is taken for a place."""

from surveyapp.reports.filled import Filling


def test_names_stand_where_the_text_says() -> None:
    text = {"nl": "{organisation} en {role}, {organisation}", "en": "{role}"}
    assert Filling("nl", "Almelo", "Bestuurder")(text) == "Almelo en Bestuurder, Almelo"
    assert Filling("en", "Almelo", "Governor")(text) == "Governor"


def test_a_name_that_looks_like_a_place_stays_a_name() -> None:
    assert Filling("nl", "{role}", "x")({"nl": "{organisation} {role} {other}"}) == "{role} x {other}"


def test_without_a_text_there_are_no_words() -> None:
    assert Filling("nl", "Almelo", "Bestuurder")(None) == ""
