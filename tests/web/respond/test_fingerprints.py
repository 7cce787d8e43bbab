"""What a page showed."""

from surveyapp.web.respond.fingerprints import fingerprint, read, written


def test_a_page_carries_the_answers_that_it_showed_and_none_of_their_words() -> None:
    carried = written(("g1_1", "g1_1.comment", "g1_2"), {"g1_1": "4", "g1_1.comment": "geheim", "g1_2": ""})
    assert "geheim" not in carried
    assert read(carried) == {"g1_1": fingerprint("4"), "g1_1.comment": fingerprint("geheim")}


def test_another_answer_has_another_fingerprint_and_none_has_none() -> None:
    assert fingerprint("4") != fingerprint("5")
    assert fingerprint("") == ""


def test_what_a_visitor_makes_of_it_breaks_nothing() -> None:
    assert read("") == {}
    assert read("nonsense  a:b:c") == {"": "nonsense", "a:b": "c"}
