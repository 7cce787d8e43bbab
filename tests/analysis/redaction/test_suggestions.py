"""What looks personal in two hundred sentences that we wrote ourselves (``sentences.txt``), marked by hand."""

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.analysis.redaction.functions import FUNCTION
from surveyapp.analysis.redaction.names import NAME, Names
from surveyapp.analysis.redaction.patterns import Span
from surveyapp.analysis.redaction.suggestions import KINDS, redacted, suggested

MARKED = re.compile(r"\[(\w+):([^\]]+)\]")
KNOWN = (
    "Jan de Vries",
    "Karin Bakker",
    "Fatima el Amrani",
    "Pieter-Jan Wolters",
    "Roos Visser",
    "Ingrid van Voorst",
    "Yusuf Demir",
    "H. van der Zwaluw",
    "Kees van Almelo",
    "Wil Terpstra",
)
PLACES = ("Almelo", "Borne", "Enschede", "Hengelo")
NAMES = Names(KNOWN, PLACES)
WORDS = {kind: f"[{kind}]" for kind in KINDS}
SENTENCES = (Path(__file__).parent / "sentences.txt").read_text("utf-8").splitlines()


def read(line: str) -> tuple[str, list[Span]]:
    """The sentence without marks, and where they were."""
    text, expected, end = "", [], 0
    for mark in MARKED.finditer(line):
        text += line[end : mark.start()]
        expected.append(Span(len(text), len(text) + len(mark[2]), mark[1]))
        text, end = text + mark[2], mark.end()
    return text + line[end:], expected


def judged() -> tuple[Counter[str], Counter[str], list[str], list[str]]:
    """Per kind how many there are and how many were found whole; what was missed, and what was found for nothing."""
    there, met, missed, needless = Counter[str](), Counter[str](), [], []
    for line in SENTENCES:
        text, expected = read(line)
        found = suggested(text, NAMES)
        for span in expected:
            there[span.kind] += 1
            if any(one.kind == span.kind and one.begins <= span.begins and one.ends >= span.ends for one in found):
                met[span.kind] += 1
            else:
                missed.append(f"{span.kind}: {text[span.begins : span.ends]!r} in {text!r}")
        needless += [
            f"{one.kind}: {text[one.begins : one.ends]!r} in {text!r}"
            for one in found
            if not any(span.begins < one.ends and one.begins < span.ends for span in expected)
        ]
    return there, met, missed, needless


def test_patterns_are_found_in_two_hundred_sentences() -> None:
    there, met, missed, _needless = judged()
    patterns = set(there) - {NAME, FUNCTION}
    assert len(SENTENCES) == 200
    assert sum(there[kind] for kind in patterns) > 110
    assert sum(met[kind] for kind in patterns) / sum(there[kind] for kind in patterns) >= 0.98, missed


def test_names_and_functions_are_found_most_of_the_time() -> None:
    """Reported in docs/method-answers.md: the numbers there are these."""
    there, met, missed, _needless = judged()
    assert (there[NAME], there[FUNCTION]) == (38, 21)
    assert met[NAME] == 34, missed
    assert met[FUNCTION] == 21, missed


def test_little_is_found_for_nothing() -> None:
    _there, _met, _missed, needless = judged()
    assert len(needless) <= 3, needless


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Wij wonen graag in Almelo.", []),
        ("Kees van Almelo was er ook.", ["Kees van Almelo"]),
        ("Ik wil dat dit stopt.", []),
        ("Wil regelt het.", ["Wil"]),
        ("De wethouder Jeugd en wethouder Borne.", []),
    ],
)
def test_places_and_common_words_are_no_names_by_themselves(text: str, found: list[str]) -> None:
    assert [text[span.begins : span.ends] for span in NAMES.found(text)] == found


def test_what_is_accepted_is_replaced_by_the_word_for_its_kind() -> None:
    text = "Bel Karin op 06-12345678, of de wethouder."
    found = suggested(text, NAMES)
    assert [span.kind for span in found] == ["name", "phone", "function"]
    assert redacted(text, found[:2], WORDS) == "Bel [name] op [phone], of de wethouder."
    assert redacted(text, [], WORDS) == text


@given(st.text(alphabet="Jan deVrisKK@.0123456789+-()/ NLABwethour\n", max_size=60))
def test_whatever_is_written_spans_are_in_order_and_apart(text: str) -> None:
    found = suggested(text, NAMES)
    assert all(0 <= span.begins < span.ends <= len(text) for span in found)
    assert all(one.ends <= other.begins for one, other in pairwise(found))
    assert {span.kind for span in found} <= set(KINDS)
