"""Places in a mail: every fault is told at once, and what is filled in stays what it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.mail.placeholders import PLACES, REQUIRED, PlaceProblem, fill, one_line, places, problems
from surveyapp.mail.words import LONGEST_BODY, LONGEST_SUBJECT
from tests.effort import tries

BODY = "Beste {name}, {link} {opt_out}"


@pytest.mark.parametrize(
    ("subject", "body", "expected"),
    [
        ("Uitnodiging", BODY, []),
        ("", BODY, [PlaceProblem("subject", "subject-empty")]),
        (" \n", BODY, [PlaceProblem("subject", "subject-empty")]),
        ("x" * (LONGEST_SUBJECT + 1), BODY, [PlaceProblem("subject", "subject-too-long")]),
        ("Een\nBcc: dirk@elders.example", BODY, [PlaceProblem("subject", "subject-lines")]),
        ("Uw link: {link}", BODY, [PlaceProblem("subject", "not-in-subject", "link")]),
        ("{titel}", BODY, [PlaceProblem("subject", "unknown-place", "titel")]),
        ("Hallo", "", [PlaceProblem("body", "body-empty"), *(PlaceProblem("body", "missing-place", place)
                                                           for place in ("link", "opt_out"))]),
        ("Hallo", BODY + "x" * LONGEST_BODY, [PlaceProblem("body", "body-too-long")]),
        ("Hallo", "{name} {opt_out}", [PlaceProblem("body", "missing-place", "link")]),
        ("Hallo", BODY + " {naam} {naam} {}", [PlaceProblem("body", "unknown-place", "naam"),
                                               PlaceProblem("body", "unknown-place", "")]),
        ("Hallo", BODY + " {name", [PlaceProblem("body", "broken-brace")]),
        ("Hallo", BODY + " name}", [PlaceProblem("body", "broken-brace")]),
        ("Hallo", BODY + " {{name}}", [PlaceProblem("body", "broken-brace")]),
        ("{", "{section}", [PlaceProblem("subject", "broken-brace"), PlaceProblem("body", "unknown-place", "section"),
                            *(PlaceProblem("body", "missing-place", place) for place in ("link", "opt_out"))]),
    ],
)  # fmt: skip
def test_every_fault_is_told_with_where_it_is(subject: str, body: str, expected: list[PlaceProblem]) -> None:
    assert problems(subject, body, "invitation") == expected


@pytest.mark.parametrize("purpose", PLACES)
def test_what_a_text_cannot_do_without_can_be_filled_in(purpose: str) -> None:
    assert set(REQUIRED[purpose]) <= set(PLACES[purpose])


def test_a_name_that_looks_like_a_place_stays_a_name() -> None:
    assert fill("{name} {organisation}", {"name": "{link}", "organisation": "Almelo"}) == "{link} Almelo"


def test_a_place_without_a_value_stays_to_be_seen() -> None:
    assert fill("{name} {role}", {"name": "Bram"}) == "Bram {role}"


@tries(200)
@given(st.text())
def test_what_is_filled_in_is_one_line_of_what_can_be_seen(value: str) -> None:
    line = one_line(value)
    assert line == line.strip()
    assert line.isprintable()
    assert one_line(line) == line


@tries(200)
@given(st.text(alphabet=st.sampled_from("{}nameli k\n"), max_size=40))
def test_a_text_without_faults_is_filled_in_entirely(text: str) -> None:
    """Whatever the checks let through leaves no brace behind."""
    body = f"{text} {{link}} {{opt_out}}"
    values = dict.fromkeys(PLACES["invitation"], "x")
    faults = [one.code for one in problems("Hallo", body, "invitation")]
    assert faults != [] or not set(fill(body, values)) & set("{}")
    assert bool(set(fill(body, values)) & set("{}")) == bool({"unknown-place", "broken-brace"} & set(faults))


@tries(200)
@given(st.lists(st.sampled_from([*PLACES["invitation"], "naam", ""])))
def test_every_place_is_found(found: list[str]) -> None:
    assert places(" ".join(f"{{{place}}}" for place in found)) == found
