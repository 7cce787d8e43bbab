"""The response as a table for a spreadsheet."""

import csv
import io

from surveyapp.queries.open_links import OpenCell
from surveyapp.web.monitor import file
from surveyapp.web.monitor.table import arranged
from tests import cast
from tests.web.monitor.test_table import CELLS, MEMBERS


def rows(text: str) -> list[list[str]]:
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))


def test_every_cell_and_every_total_is_a_row_and_open_links_come_after_without_a_rate() -> None:
    table = arranged(CELLS, MEMBERS[:3], cast.edition().questionnaire, {"official": 50})
    found = rows(file.text(table, [OpenCell("Borne", "official", 5, 4, 1)]))
    assert found[0] == list(file.COLUMNS)
    assert found[1:] == [
        ["GM1", "Zwolle", "governor", "2", "2", "2", "1", "50", "", "", "1", ""],
        ["GM1", "Zwolle", "official", "6", "5", "4", "3", "50", "50", "0", "2", ""],
        ["GM1", "Zwolle", "all", "8", "7", "6", "4", "50", "", "", "3", ""],
        ["GM2", "almelo", "official", "4", "1", "1", "1", "25", "50", "1", "3", ""],
        ["GM2", "almelo", "all", "4", "1", "1", "1", "25", "", "", "3", ""],
        ["GM3", "Borne", "governor", "1", "1", "1", "1", "100", "", "", "0", ""],
        ["GM3", "Borne", "all", "1", "1", "1", "1", "100", "", "", "0", ""],
        ["all", "", "governor", "3", "3", "3", "2", "67", "", "", "1", ""],
        ["all", "", "official", "10", "6", "5", "4", "40", "50", "1", "5", ""],
        ["all", "", "all", "13", "9", "8", "6", "46", "", "", "6", ""],
        ["", "Borne", "official", "", "5", "", "4", "", "", "", "", "yes"],
    ]


def test_no_name_becomes_a_formula() -> None:
    table = arranged([], [], cast.edition().questionnaire, {})
    assert rows(file.text(table, [OpenCell("=1+1", "official", 1, 1, 0)]))[-1][1] == "'=1+1"
