"""What stands in a download and how to read it: ``reports/download/readme.txt.j2``, in Dutch and then in English."""

from functools import cache
from typing import Final

from jinja2 import FileSystemLoader, StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment

from surveyapp.reports.datasets.table import Download, writable
from surveyapp.reports.datasets.wording import KIND
from surveyapp.reports.recipe import place

FILE: Final = "README.txt"


def readme(download: Download, kind: str, stem: str) -> str:
    """The text for a download in this format, with line feeds; ``stem`` names the file of a format with one."""
    lines = _template().render(
        title=download.title,
        notes=download.notes,
        kind=kind,
        stem=stem,
        tables=download.tables,
        listings=download.listings,
        marked=any(column.key == "open_link" for table in download.tables for column in table.columns),
    )
    return "\n".join(writable(line).rstrip() for line in lines.splitlines()).strip() + "\n"


@cache
def _template() -> Template:
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(place(KIND)),
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("readme.txt.j2")
