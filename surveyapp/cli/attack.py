"""``surveyapp attack``: try to work out from files what single people answered."""

from pathlib import Path

import click

FOUND = 4
"""The exit status where something was found."""


@click.command(short_help="Try to work out single answers from what was published.")
@click.argument("publication", nargs=-1, required=True)
@click.option(
    "--threshold", type=click.IntRange(min=2), default=5, show_default=True, help="Fewest people to speak of."
)
@click.option(
    "--points", type=click.IntRange(min=2), default=5, show_default=True, help="The scale runs from 1 to this."
)
@click.option("--outside", multiple=True, metavar="CODE", help="An organisation that is not part of the region.")
@click.pass_context
def attack(
    context: click.Context, publication: tuple[str, ...], threshold: int, points: int, outside: tuple[str, ...]
) -> None:
    """Read everything in PUBLICATION as an outsider would, and try to recover answers or hidden numbers.

    PUBLICATION is a folder, a zip or a file, in any formats that are handed out, also pages and figures that were
    saved; put together in one folder whatever one person could have. Or the number of a publication in the database:
    then all its downloads are made in every format, together with everything that was released of the wave before, and
    the attacker is told how many people of each organisation and role answered what. Several are taken as released one
    after another about the same people.

    Three attacks: combinations of numbers (null space), intervals (linear programmes), whole answers that fit. And
    whatever stands in a corner of a file and is shown nowhere. Says what was read, what was tried, how long it took and
    what was found, from which numbers in which files. Ends with 0 when nothing was found and with 4 when something was.
    """
    from surveyapp.cli.attacking import examine  # noqa: PLC0415 - scipy and the readers of files come in here only

    missing = [name for name in publication if not Path(name).exists() and not name.isdigit()]
    if missing:
        raise click.UsageError(f"there is no file or folder {', '.join(missing)}: name one, or give a number")
    report = examine(publication, threshold, points, frozenset(outside))
    for line in report.lines:
        click.echo(line)
    context.exit(FOUND if report.found else 0)
