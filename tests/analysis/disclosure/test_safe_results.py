"""Safe results are a type of their own: nothing else can take its place."""

import json
import re
from pathlib import Path

import pandas as pd
import pytest

from surveyapp.analysis.disclosure import Policy, SafeResults, protect
from tests.analysis.disclosure.test_release import typical

ROOT = Path(__file__).parents[3]


def test_nobody_makes_them_but_the_gate() -> None:
    with pytest.raises(TypeError, match="protect"):
        SafeResults()


def test_only_the_gate_and_the_reader_of_publications_declare_frames_safe() -> None:
    users = {path.stem for path in (ROOT / "surveyapp").rglob("*.py") if _declares(path.read_text(encoding="utf-8"))}
    assert users == {"protecting", "safe_results"}


def _declares(source: str) -> bool:
    """Calls the ``seal`` of safe results; letters that are sealed are another matter."""
    return re.search(r"(?<!def )(?<!sealing\.)\bseal\(", source) is not None


def audience_of(safe: SafeResults) -> str:
    """Stands for anything outside the team: it accepts safe results only."""
    return safe.policy.audience


def test_results_where_safe_results_are_expected_are_a_type_error() -> None:
    """The type checker runs over the tests too, and calls an ``ignore`` that hides no error an error."""
    with pytest.raises(AttributeError):
        audience_of(typical(1).results)  # type: ignore[arg-type]


def test_a_publication_is_read_back_as_it_was_written() -> None:
    safe = protect(typical(1).results, Policy.of("public", threshold=6))
    again = SafeResults.from_document(json.loads(json.dumps(safe.to_document())))
    pd.testing.assert_frame_equal(again.scores, safe.scores)
    pd.testing.assert_frame_equal(again.gaps, safe.gaps)
    assert again.policy == safe.policy


def test_a_document_of_another_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="format"):
        SafeResults.from_document({"scores": {}})


def test_a_document_without_a_column_is_refused() -> None:
    document = protect(typical(1).results, Policy.of("lead")).to_document()
    del document["gaps"]["gap"]
    with pytest.raises(ValueError, match="columns"):
        SafeResults.from_document(document)


def test_a_publication_of_before_a_column_existed_has_nothing_in_it() -> None:
    safe = protect(typical(1).results, Policy.of("lead"))
    document = safe.to_document()
    del document["scores"]["consensus"], document["scores"]["interval_lower"]
    again = SafeResults.from_document(document)
    assert again.scores[["consensus", "interval_lower"]].isna().all(axis=None)
    pd.testing.assert_frame_equal(
        again.scores.drop(columns=["consensus", "interval_lower"]),
        safe.scores.drop(columns=["consensus", "interval_lower"]),
    )


def test_an_organisation_sees_its_own_rows_and_the_region() -> None:
    own = protect(typical(1).results, Policy.of("organisation")).select("M3")
    assert set(own.scores["organisation"]) == {"M3", "all"}


def test_changing_a_copy_changes_nothing() -> None:
    safe = protect(typical(1).results, Policy.of("lead"))
    copy = safe.scores
    copy["mean"] = 1.0
    assert not safe.scores["mean"].eq(1.0).any()
