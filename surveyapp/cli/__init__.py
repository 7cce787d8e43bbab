"""The prompt: one module per command. ``commands`` is the group that ``app`` has completed with the other doors.

A command that fails says what is wrong and what to do, and ends with 1 when the input is wrong, 2 when it was called
wrongly and 3 when something outside failed.
"""

import os
import sys
from collections.abc import Callable, Mapping
from typing import Any

import click
from sqlalchemy.exc import DBAPIError

from surveyapp import __version__
from surveyapp.cli.analyse import analyse
from surveyapp.cli.attack import attack
from surveyapp.cli.audit import audit
from surveyapp.cli.codebook import codebook
from surveyapp.cli.export import export
from surveyapp.cli.import_answers import import_answers
from surveyapp.cli.installation import migrate, owner, recount
from surveyapp.cli.invite import invite
from surveyapp.cli.mail import bounces, mail
from surveyapp.cli.preview import preview
from surveyapp.cli.report import report
from surveyapp.cli.retain import retain
from surveyapp.cli.serve import serve
from surveyapp.cli.validate import validate
from surveyapp.cli.wording import about_database, sentence
from surveyapp.config import MissingSetting
from surveyapp.errors import SurveyError, Unavailable

WRONG_INPUT = 1
FAILED_OUTSIDE = 3


class Commands(click.Group):
    """Words every failure once, for all commands."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - as click has it
        try:
            return super().invoke(ctx)
        except SurveyError as problem:
            _stop(sentence(problem), FAILED_OUTSIDE if isinstance(problem, Unavailable) else WRONG_INPUT)
        except MissingSetting as problem:
            _stop(str(problem), WRONG_INPUT)
        except DBAPIError as problem:
            _stop(about_database(problem), FAILED_OUTSIDE)
        except OSError as problem:
            _stop(f"{problem.filename or 'a file'}: {problem.strerror}: check the disk and the rights", FAILED_OUTSIDE)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as problem:  # the last resort: no stack trace for a user
            if os.environ.get("SURVEYAPP_TRACE"):
                raise
            _stop(
                f"an error of the program ({type(problem).__name__}): run again with SURVEYAPP_TRACE=1", FAILED_OUTSIDE
            )


def _stop(message: str, status: int) -> None:
    click.echo(f"surveyapp: {message}", err=True)
    sys.exit(status)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__)
def commands() -> None:
    """Evaluate public cooperation with good-practice checklists."""


_OWN = (
    *(validate, codebook, analyse, attack, migrate, owner, recount, serve),
    *(audit, retain, invite, import_answers, mail, bounces, export, report, preview),
)
for command in _OWN:
    commands.add_command(command)


class Completed(Commands):
    """The prompt's own commands, and others, each of which is loaded when it is called for."""

    def __init__(self, others: Mapping[str, Callable[[], click.Command]]) -> None:
        super().__init__(
            "surveyapp",
            commands=commands.commands,
            params=commands.params,
            help=commands.help,
            context_settings=commands.context_settings,
        )
        self._others = others

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), *self._others])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return self._others[cmd_name]() if cmd_name in self._others else super().get_command(ctx, cmd_name)
