"""Coding one text: all of it or a part, with what others made of it unseen."""

import pytest
from sqlalchemy import select

from surveyapp.models import Answer
from surveyapp.queries import coding as found
from tests.web.staff import Stage
from tests.web.themes.coded import GOOD, MONEY, PATH, SLOW, code, place, plain, put_on, text, the_wave


@pytest.fixture
def coded(stage: Stage) -> Stage:
    put_on(stage)
    return stage


def look(stage: Stage, words: str, who: str = "anna") -> str:
    where = {**place(stage, words), "language": "en"}
    return stage.client(who).get(f"{PATH}/text", query_string=where).text


def codings(stage: Stage) -> list[tuple[str, str, str]]:
    with stage.database.session(readonly=True) as session:
        wave = the_wave(session)
        given = found.codings(session, wave)
        names = found.coders(session, given)
        return [(names[each.coder], f"{each.begins}-{each.ends}", each.code) for each in given]


def test_codes_are_given_with_a_memo_and_stay_on_the_page(coded: Stage) -> None:
    assert code(coded, "anna", MONEY, "money", "time", memo="Allebei.") == 303
    page = look(coded, MONEY)
    assert 'value="money" checked' in page
    assert ">\nAllebei.</textarea>" in page
    assert "What counts: Tempo, Geld" in plain(page)
    assert "Als het gaat over geld" in page
    assert coded.verbs()[-1] == "coding.read-one"


def test_a_part_is_chosen_by_its_sentences_without_any_script(coded: Stage) -> None:
    assert code(coded, "anna", SLOW, "time", sentences="0") == 303
    assert codings(coded) == [("Anna", "0-15", "time")]
    page = plain(look(coded, SLOW))
    assert "Anna : Tempo “Het gaat traag.”" in page
    assert code(coded, "anna", SLOW, "money", sentences="x") == 303
    assert codings(coded)[1:] == [("Anna", f"0-{len(SLOW)}", "money")]


def test_a_second_person_sees_the_first_only_afterwards(coded: Stage) -> None:
    code(coded, "anna", MONEY, "money", memo="Duidelijk.")
    before = look(coded, MONEY, "eva")
    assert "Anna" not in before
    assert "checked" not in before
    code(coded, "eva", MONEY, none="1")
    after = plain(look(coded, MONEY, "eva"))
    assert "Anna : Geld Duidelijk." in after
    assert "Eva : No code fits" in after


def test_saving_leads_to_the_next_text_that_one_has_not_judged(coded: Stage) -> None:
    fields = {**place(coded, GOOD), "digest": text(coded, GOOD).digest, "none": "1", "then": "next", "theme": "g1"}
    answer = coded.client("anna").post(f"{PATH}/text", data=fields)
    following = coded.client("anna").get(answer.headers["Location"]).text
    assert "theme=g1" in answer.headers["Location"]
    assert any(words in following for words in ("Het gaat traag.", "te weinig"))
    for words in (SLOW, MONEY):
        fields |= {**place(coded, words), "digest": text(coded, words).digest}
        answer = coded.client("anna").post(f"{PATH}/text", data=fields)
    assert answer.headers["Location"] == f"{PATH}?theme=g1"


def test_what_cannot_be_kept_says_why_and_keeps_what_was_typed(coded: Stage) -> None:
    fields = {**place(coded, MONEY), "digest": text(coded, MONEY).digest, "codes": "money", "none": "1", "memo": "Hm."}
    answer = coded.client("anna").post(f"{PATH}/text?language=en", data=fields)
    assert answer.status_code == 422
    assert "Choose either codes, or that no code fits." in answer.text
    assert ">\nHm.</textarea>" in answer.text
    assert codings(coded) == []


def test_a_text_that_was_changed_is_looked_at_again(coded: Stage) -> None:
    code(coded, "anna", MONEY, "money")
    digest, where = text(coded, MONEY).digest, place(coded, MONEY)
    with coded.database.session() as session:
        session.scalars(select(Answer).where(Answer.value == MONEY)).one().value = "Er is geld genoeg."
        session.commit()
    answer = coded.client("anna").post(f"{PATH}/text?language=en", data={**where, "digest": digest, "codes": "money"})
    assert (answer.status_code, "The text was changed in the meantime." in answer.text) == (409, True)
    assert "This text was changed after somebody coded it." in answer.text


def test_a_text_that_is_not_there_is_not_found(coded: Stage) -> None:
    for where in ({}, {"in": "answer", "key": "1:g1_good"}, {"in": "note", "key": "x"}):
        assert coded.client("anna").get(f"{PATH}/text", query_string=where).status_code == 404
        assert coded.client("anna").post(f"{PATH}/text", data=where).status_code == 404
