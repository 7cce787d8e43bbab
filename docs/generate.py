"""Write the reference pages that follow from the code, or with ``--check`` say which are out of date.

Run through ``make docs``; ``make check`` checks them.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from surveyapp.access import STAFF_ROLES, Permission
from surveyapp.app import command_line
from surveyapp.config import ENVIRONMENT
from surveyapp.models import Base

REFERENCE = Path(__file__).parent / "reference"
HEADER = "<!-- Made by `make docs` from the code; change it there. -->\n\n"


def permissions() -> str:
    lines = ["# Who may what", "", "A user has a right in one evaluation; the owner has it everywhere.", ""]
    for role in STAFF_ROLES.values():
        lines += [f"## {role.name}", "", role.sentence, ""]
        lines += [f"- `{permission}`" for permission in Permission if permission in role.permissions]
        lines.append("")
    return "\n".join(lines)


def settings() -> str:
    lines = ["# Settings", "", "Read from the environment when a process starts.", ""]
    lines += ["| name | default | what it is |", "|---|---|---|"]
    lines += [f"| `{name}` | {default or 'required'} | {meaning} |" for name, default, meaning in ENVIRONMENT]
    return "\n".join([*lines, ""])


def commands() -> str:
    lines = ["# Commands", ""]
    for name, command in _walk(command_line(), "surveyapp"):
        context = click.Context(command, info_name=name, terminal_width=100)
        lines += [f"## {name}", "", "```", command.get_help(context), "```", ""]
    return "\n".join(lines)


def _walk(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for below in command.list_commands(context):
            found = command.get_command(context, below)
            if found is not None:
                yield from _walk(found, f"{name} {below}")


def personal_data() -> str:
    lines = [
        "# Tables and personal data",
        "",
        "Every column is declared personal or plain; the declaration drives subject access, retention and scrubbing.",
        "",
        "| table | personal columns | other columns |",
        "|---|---|---|",
    ]
    for table in Base.metadata.sorted_tables:
        of_a_person = [column.name for column in table.columns if column.info["personal"]]
        others = [column.name for column in table.columns if not column.info["personal"]]
        lines.append(f"| {table.name} | {', '.join(of_a_person) or '-'} | {', '.join(others)} |")
    return "\n".join([*lines, ""])


PAGES = {"permissions": permissions, "settings": settings, "commands": commands, "tables": personal_data}


def main(check: bool) -> int:
    REFERENCE.mkdir(exist_ok=True)
    stale = []
    for name, write in PAGES.items():
        page, text = REFERENCE / f"{name}.md", HEADER + write()
        if not page.exists() or page.read_text(encoding="utf-8") != text:
            stale.append(page.name)
            if not check:
                page.write_text(text, encoding="utf-8")
    if check and stale:
        sys.stderr.write(f"out of date: {', '.join(stale)}: run `make docs` and commit\n")
    return int(check and bool(stale))


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv))
