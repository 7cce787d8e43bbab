"""Where every room comes together: the only module that knows them all.

A room is loaded when it is called for: ``surveyapp validate`` loads neither pages nor frames nor figures, a web process
neither the prompt nor, before it must, the pages of the team.
"""

from typing import TYPE_CHECKING

from surveyapp.config import Settings, from_environment

if TYPE_CHECKING:
    import click
    from flask import Flask

    from surveyapp.demo.command import Serve
    from surveyapp.models.database import Database
    from surveyapp.web.gateway import Gateway


def create_app(settings: Settings | None = None, database: "Database | None" = None) -> "Flask":
    """The web application with all its rooms; settings come from the environment when none are given."""
    from surveyapp.web.application import build

    return build(settings or from_environment(), database)


def serve(settings: Settings | None = None) -> "Gateway":
    """What gunicorn serves: the rooms for who answers, and ``create_app`` from when the team first comes."""
    from surveyapp.web.gateway import Gateway

    return Gateway(settings or from_environment(), create_app)


def command_line() -> "click.Group":
    """The command ``surveyapp``: the prompt's own commands, and those that open another door."""
    from surveyapp.cli import Completed, serving

    return Completed({"demo": lambda: _demo(serving.run), "worker": _worker})


def _demo(serve: "Serve") -> "click.Command":
    from surveyapp.demo.command import demo_command

    return demo_command(serve)


def _worker() -> "click.Command":
    from surveyapp.worker.command import worker

    return worker


def main() -> None:
    """Run the command."""
    command_line()(prog_name="surveyapp")
