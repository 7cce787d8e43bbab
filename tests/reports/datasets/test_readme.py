"""The README tells what stands in the files, and how R, Python and SPSS read them."""

import pytest

from surveyapp.reports.datasets.packing import FORMATS
from surveyapp.reports.datasets.readme import readme
from surveyapp.reports.datasets.table import Download
from tests.reports.datasets import kinds


def told(kind: str, **notes: str) -> str:
    made = kinds.answers()
    return readme(Download(made.title, made.tables, {"wave": "1", **notes}, made.listings), kind, "samen-1")


@pytest.mark.parametrize("kind", FORMATS)
def test_it_says_how_to_read_this_format(kind: str) -> None:
    text = told(kind, contents="answers")
    for program in ("R\n", "Python\n", "SPSS"):
        assert program in text
    name = "respondents" if kind in {"csv", "sav"} else "samen-1"
    assert f'"{name}.{kind}"' in text
    assert ("- answers.csv" in text) == (kind == "csv")
    assert text.endswith("\n")
    assert max(len(line) for line in text.splitlines()) <= 130


def test_answers_and_unprotected_results_are_for_the_team_only_and_published_ones_explain_what_is_hidden() -> None:
    assert "FOR THE RESEARCH TEAM ONLY" in told("csv", contents="answers")
    assert "ALLEEN VOOR HET ONDERZOEKSTEAM" in told("csv", contents="unprotected")
    published = told("csv", contents="results", threshold="5")
    assert "fewer than 5 people is withheld" in published
    assert "minder dan 5 mensen" in published
    assert "TEAM ONLY" not in published
    assert "withheld" not in told("csv", contents="results", threshold="0")


def test_a_title_without_english_is_told_in_dutch_twice() -> None:
    made = kinds.answers()
    text = readme(Download({"nl": "Alleen hier"}, made.tables, {"contents": "answers", "wave": "1"}), "json", "x")
    assert text.count("Alleen hier\n") == 2
