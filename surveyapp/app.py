"""Where every room comes together: the only module that knows them all.

A room is loaded when it is called for: ``surveyapp validate`` loads neither pages nor frames nor figures.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import click

from surveyapp.cli import Commands, commands
from surveyapp.cli.serving import run
from surveyapp.config import Settings, from_environment

if TYPE_CHECKING:
    from flask import Flask


def create_app(settings: Settings | None = None) -> "Flask":
    """The web application; settings come from the environment when none are given, as for gunicorn."""
    from surveyapp.web.application import build

    return build(settings or from_environment())


def _demo() -> click.Command:
    from surveyapp.demo.command import demo_command

    return demo_command(run)


def _worker() -> click.Command:
    from surveyapp.worker.command import worker

    return worker


OTHER_DOORS: Final[dict[str, Callable[[], click.Command]]] = {"demo": _demo, "worker": _worker}


class CommandLine(Commands):
    """The prompt's own commands, and those that open another door."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), *OTHER_DOORS])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return OTHER_DOORS[cmd_name]() if cmd_name in OTHER_DOORS else super().get_command(ctx, cmd_name)


command_line = CommandLine(
    "surveyapp",
    commands=commands.commands,
    params=commands.params,
    help=commands.help,
    context_settings=commands.context_settings,
)


def main() -> None:
    """The command ``surveyapp``."""
    command_line(prog_name="surveyapp")
