"""The codebook: every variable and value in both languages, with what SPSS needs."""

import re

from surveyapp.reports.datasets.codebook import codebook, names_in_spss
from surveyapp.reports.datasets.table import Column, Row
from tests.reports.datasets import kinds


def rows_of(place: int) -> list[dict[str, object]]:
    table = codebook(kinds.answers())[place]
    return [dict(zip([column.key for column in table.columns], row, strict=True)) for row in table.rows()]


def test_a_variable_tells_its_question_in_both_languages_and_how_it_was_measured() -> None:
    book = {(row["table"], row["variable"]): row for row in rows_of(0)}
    turned = book["respondents", "turned"]
    assert (turned["label_nl"], turned["label_en"]) == ("turned", "turned (en)")
    assert (turned["type"], turned["measure"], turned["roles"], turned["reverse"]) == (
        "code",
        "ordinal",
        "official",
        "1",
    )
    assert turned["missing"] == "97=not_asked;98=dk;99=na"
    assert book["respondents", "agrees"]["missing"] == "98=dk;99=na"
    assert book["respondents", "agreed"]["conditional"] == "1"
    assert book["respondents", "means.time"]["label_en"] == "means (en) – time (en)"
    assert ("answers", "answer") in book


def test_every_value_has_its_code_in_both_kinds_of_file_and_its_label() -> None:
    values = {(row["variable"], row["code"]): row for row in rows_of(1) if row["table"] == "respondents"}
    dont_know = values["agrees", "dk"]
    assert (dont_know["sav_code"], dont_know["label_nl"], dont_know["missing"]) == (98, "Weet ik niet", 1)
    assert (values["where", "elsewhere"]["sav_code"], values["where", "elsewhere"]["label_en"]) == (2, "elsewhere (en)")
    assert (values["organisation", "GM0147"]["sav_code"], values["organisation", "GM0147"]["label_nl"]) == (
        None,
        "Borne",
    )
    assert values["turned", "not_asked"]["label_en"] == "Not asked"


def test_every_name_is_one_that_spss_takes_and_stands_once() -> None:
    keys = ("with", "a" * 80, "a" * 80 + "b", "9th", "g1.comment", "g1_comment", "g1.comment.", "ok")
    columns = tuple(Column(key, {"nl": key}, "integer", "nominal") for key in keys)
    names = names_in_spss(columns)
    assert len(set(names)) == len(keys)
    assert names[-1] == "ok"
    for name in names:
        assert re.fullmatch(r"[a-z][a-z0-9_.]{0,62}[a-z0-9_]", name), name
        assert name not in {"with", "and", "or"}


def test_ours_keep_their_own_name() -> None:
    columns = kinds.answers().tables[0].columns
    assert names_in_spss(columns) == tuple(column.key for column in columns)


def test_the_rows_begin_anew_each_time() -> None:
    table = kinds.answers().tables[0]
    first: list[Row] = list(table.rows())
    assert first == list(table.rows())
    assert len(first) == 2
