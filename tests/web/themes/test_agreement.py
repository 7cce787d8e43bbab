"""Agreement between coders in the browser, and settling what they differ about."""

import pytest

from tests.web.staff import Stage
from tests.web.themes.coded import GOOD, MONEY, PATH, SLOW, code, place, plain, put_on


@pytest.fixture
def coded(stage: Stage) -> Stage:
    """Anna and Eva agree about two texts and differ about one code of the third."""
    put_on(stage)
    for who in ("anna", "eva"):
        code(stage, who, SLOW, "time")
        code(stage, who, GOOD, none="1")
    code(stage, "anna", MONEY, "money", "time")
    code(stage, "eva", MONEY, "money")
    return stage


def look(stage: Stage, who: str = "anna") -> str:
    return plain(stage.page(who, "/themes/agreement?language=en"))


def test_each_code_has_its_numbers(coded: Stage) -> None:
    """Tempo: 2 of 3 the same, p_e = 4/9, kappa .4; over all codes three categories, alpha 8/13."""
    page = look(coded)
    assert "3 texts were judged by more than one person. Coders: Anna, Eva." in page
    assert "Geld 1.00 1.00 100% 33% good" in page
    assert "Tempo 0.40 0.44 67% 50% too low to build on" in page
    assert "over all codes: 0.62 (too low to build on)" in page


def test_a_difference_is_settled_with_a_reason_and_both_stay(coded: Stage) -> None:
    page = look(coded)
    assert "It fits: Anna. It does not: Eva." in page
    assert "To be settled (1)" in page
    fields = {**place(coded, MONEY), "code": "time", "fits": "no"}
    refused = coded.client("anna").post(f"{PATH}/agreement?language=en", data=fields)
    assert (refused.status_code, "Fill in why: it is kept with the decision." in refused.text) == (422, True)
    answer = coded.client("anna").post(f"{PATH}/agreement", data={**fields, "reason": "Gaat niet over tempo."})
    assert answer.status_code == 303
    page = look(coded, "eva")
    assert "To be settled" not in page
    assert "Decided by Anna: it does not fit. Because: Gaat niet over tempo." in page
    assert "Tempo 0.40" in page, "a decision does not make people agree"
    where = {**place(coded, MONEY), "language": "en"}
    counted = plain(coded.client("anna").get(f"{PATH}/text", query_string=where).text)
    assert "What counts: Geld" in counted


def test_a_code_or_text_that_is_not_there_is_not_found(coded: Stage) -> None:
    anna = coded.client("anna")
    assert anna.post(f"{PATH}/agreement", data={**place(coded, MONEY), "code": "none"}).status_code == 404
    gone = {"in": "answer", "key": "1:x", "code": "time", "reason": "r"}
    assert anna.post(f"{PATH}/agreement", data=gone).status_code == 404


def test_who_judged_nothing_reads_nothing_here(coded: Stage) -> None:
    page = look(coded, "owner")
    assert "3 texts were judged" in page
    assert "te weinig" not in page


def test_without_a_second_person_there_are_no_numbers(stage: Stage) -> None:
    put_on(stage)
    code(stage, "anna", SLOW, "time")
    assert "No text was judged by two people yet." in look(stage)
