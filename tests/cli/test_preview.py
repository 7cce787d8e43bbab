"""A preview at the prompt needs neither study nor database."""

from pathlib import Path

from click.testing import CliRunner

from surveyapp.cli import commands
from surveyapp.reports.sample import KINDS


def test_a_preview_is_written_to_the_file_without_a_database(tmp_path: Path) -> None:
    out = tmp_path / "region.xlsx"
    result = CliRunner().invoke(commands, ("preview", "region", "--format", "xlsx", "--out", str(out)), env={})
    assert (result.exit_code, result.output.strip()) == (0, f"the preview is in {out}")
    assert out.read_bytes()[:2] == b"PK"


def test_a_kind_that_has_no_sample_is_refused_with_those_that_have(tmp_path: Path) -> None:
    result = CliRunner().invoke(commands, ("preview", "decision", "--format", "pdf", "--out", str(tmp_path / "a.pdf")))
    assert result.exit_code == 2
    assert ", ".join(repr(kind) for kind in KINDS) in result.output
