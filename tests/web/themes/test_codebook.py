"""The codebook in the browser."""

import io

import pytest

from surveyapp.queries import coding as found
from tests.web.staff import Stage
from tests.web.themes.coded import PATH, number_of, put_on, the_wave

BOOK = f"{PATH}/codebook"


@pytest.fixture
def coded(stage: Stage) -> Stage:
    put_on(stage)
    return stage


def titles(stage: Stage) -> list[str]:
    with stage.database.session(readonly=True) as session:
        return [code.title for code in found.codes(session, the_wave(session).evaluation)]


def post(stage: Stage, path: str = "", **fields: object) -> tuple[int, str]:
    answer = stage.client("anna").post(f"{BOOK}{path}?language=en", data=fields)
    return answer.status_code, answer.text


def test_a_code_is_added_changed_and_shown(coded: Stage) -> None:
    fields = {"key": "trust", "title": "Vertrouwen", "definition": "Over <vertrouwen>", "parent": "time", "theme": "g1"}
    assert post(coded, **fields)[0] == 303
    page = coded.page("anna", "/themes/codebook?language=en")
    assert "Over &lt;vertrouwen&gt;" in page
    number = number_of(coded, "trust")
    assert 'value="Vertrouwen"' in coded.page("anna", f"/themes/codebook/{number}")
    assert post(coded, f"/{number}", title="Wantrouwen", version="1")[0] == 303
    assert titles(coded) == ["Tempo", "Geld", "Wantrouwen"]
    status, page = post(coded, f"/{number}", title="Anders", version="1")
    assert (status, "Somebody else changed this code in the meantime." in page) == (409, True)
    assert post(coded, f"/{number}", title="Anders", version="x")[0] == 422


def test_a_code_with_a_fault_is_not_added(coded: Stage) -> None:
    status, page = post(coded, key="time", title="Nog eens")
    assert (status, "There is a code with this key already: time" in page) == (422, True)
    assert 'value="Nog eens"' in page
    assert post(coded, key="a", title="b", parent="nowhere")[0] == 422


def test_codes_are_merged_taken_away_and_brought_back(coded: Stage) -> None:
    time, money = number_of(coded, "time"), number_of(coded, "money")
    assert post(coded, f"/{time}/fate", into="money")[0] == 303
    assert titles(coded) == ["Geld"]
    assert post(coded, f"/{money}/fate")[0] == 303
    assert titles(coded) == []
    status, page = post(coded, f"/{money}/fate")
    assert (status, "This code is offered no more." in page) == (409, True)
    assert post(coded, f"/{money}/fate", back="1")[0] == 303
    assert titles(coded) == ["Geld"]
    assert post(coded, f"/{money}/fate", into="nowhere")[0] == 422
    assert coded.client("anna").get(f"{BOOK}/4711").status_code == 404


def test_the_codebook_goes_out_and_comes_in_as_a_file(coded: Stage) -> None:
    table = coded.client("anna").get(f"{BOOK}.csv").get_data()
    assert b"time,Tempo,Als het gaat over tempo" in table
    changed = table.replace(b"Tempo,", b"Vaart,") + b"trust,Vertrouwen,,,,,\n"
    assert post(coded, "/file", file=(io.BytesIO(changed), "boek.csv"))[0] == 303
    assert titles(coded) == ["Vaart", "Geld", "Vertrouwen"]


def test_all_that_is_wrong_with_a_file_is_said_at_once(coded: Stage) -> None:
    status, page = post(coded, "/file", file=(io.BytesIO(b"key,title\nX,\n"), "boek.csv"))
    assert status == 422
    assert "A key has small letters, digits and hyphens only" in page
    assert "Give the code a title." in page
    assert page.count("Line 2:") == 2
    assert "Choose a file first." in post(coded, "/file")[1]
