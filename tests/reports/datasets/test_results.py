"""What stands in a download of results beside the scores."""

from surveyapp.analysis.analyse import analyse
from surveyapp.reports.datasets.results import unprotected
from surveyapp.reports.datasets.table import Download
from tests.analysis.builders import counts_of, person
from tests.questionnaires.sampled import sample


def download(name: str, **answers: int) -> Download:
    edition = sample(name)
    counts = counts_of([person("GM0141", "governor", **answers)], edition.questionnaire)
    results = analyse(counts, edition.questionnaire, test=False)
    return unprotected(
        results, counts, edition, title={"nl": "Proef", "en": "Trial"}, organisations={"GM0141": "Almelo"}, notes={}
    )


def test_maturity_is_there_where_statements_belong_to_a_level() -> None:
    tables = {table.name: table for table in download("levels", welcome_1=4, welcome_2=2, welcome_3=3).tables}
    maturity = tables["maturity"]
    columns = [column.key for column in maturity.columns]
    row = dict(zip(columns, next(iter(maturity.rows())), strict=True))
    assert (row["key"], row["organisation"]) == ("welcome", "GM0141")
    assert (row["reached"], row["highest"], row["missing"]) == (1, 2, "welcome_2")
    assert (row["mean"], row["band"], row["on_the_edge"]) == (3, "in-order", 1)
    known = {value.code for column in maturity.columns if column.key == "band" for value in column.values}
    assert known == {"", "beginning", "developing", "in-order", "exemplary"}


def test_maturity_is_not_there_where_none_does() -> None:
    assert "maturity" not in {table.name for table in download("reverse", welcome_1=4).tables}
