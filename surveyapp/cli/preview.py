"""``surveyapp preview``: how a report reads with the wording of now, before there is a study."""

from pathlib import Path

import click

from surveyapp.questionnaires.text import DEFAULT_LANGUAGE, SECOND_LANGUAGE

_KINDS = ("region", "municipality", "interview-guide", "interview-beforehand")


@click.command(short_help="Show how a report or guide reads with the wording of now, on invented results.")
@click.argument("kind", type=click.Choice(_KINDS))
@click.option("--language", type=click.Choice([DEFAULT_LANGUAGE, SECOND_LANGUAGE]), default=DEFAULT_LANGUAGE)
@click.option("--format", "form", type=click.Choice(["html", "pdf", "docx", "odt", "xlsx"]), required=True)
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The file to write.")
def preview(kind: str, language: str, form: str, out: Path) -> None:
    """Write the invented report or guide in reports/KIND/sample.yaml to a file, in the wording and the order of now.

    For who changes the words in reports/: no study and no database are needed.
    """
    from surveyapp.cli import reporting  # noqa: PLC0415 - drawing comes in here only

    reporting.write_preview(kind, form, language, out)
    click.echo(f"the preview is in {out}")
