"""``surveyapp codebook``: what the answers to a questionnaire look like in a file of data."""

import csv
from io import StringIO

import click

from surveyapp.questionnaires.codebook import name_of, variables
from surveyapp.questionnaires.library import load
from surveyapp.questionnaires.text import DEFAULT_LANGUAGE, SECOND_LANGUAGE, Text, say

COLUMNS = ("variable", "label", "measure", "values", "missing")


@click.command(short_help="What the answers to a questionnaire look like in a file of data.")
@click.argument("name")
@click.option("--language", type=click.Choice([DEFAULT_LANGUAGE, SECOND_LANGUAGE]), default=DEFAULT_LANGUAGE)
def codebook(name: str, language: str) -> None:
    """Print the codebook of NAME, such as seven-habits/1, as CSV: variable,label,measure,values,missing.

    `values` and `missing` hold `code=label`, separated by semicolons; `missing` are answers such as "don't know".
    """
    text = StringIO()
    output = csv.writer(text, lineterminator="\n")
    output.writerow(COLUMNS)
    for question, variable in variables(load(name).questionnaire):
        label = name_of(question, variable, language)
        codes = (_written(labels, language) for labels in (variable.values, variable.missing))
        output.writerow((variable.key, label, variable.measure, *codes))
    click.echo(text.getvalue(), nl=False)


def _written(labels: dict[str, Text], language: str) -> str:
    return "; ".join(f"{code}={say(label, language)}" for code, label in labels.items())
