"""The list of what was written and said: searched, chosen from, and never read unseen."""

import re

import pytest

from surveyapp.web.themes import listing
from tests.web import staff
from tests.web.staff import Stage, set_up_without_wave
from tests.web.themes.coded import GOOD, MONEY, PATH, SLOW, code, plain, put_on


@pytest.fixture
def coded(stage: Stage) -> Stage:
    put_on(stage)
    return stage


def look(stage: Stage, query: str = "", who: str = "anna") -> str:
    return stage.page(who, f"/themes?language=en{query}")


def quotes(page: str) -> list[str]:
    return [
        plain(each.replace("<mark>", "").replace("</mark>", ""))
        for each in re.findall(r'<blockquote class="quote"><p>(.*?)</p>', page, re.DOTALL)
    ]


def test_everything_that_was_handed_in_is_listed_and_reading_it_is_logged(coded: Stage) -> None:
    before = coded.verbs().count("coding.read")
    page = look(coded)
    assert sorted(quotes(page)) == sorted([SLOW, MONEY, GOOD])
    assert "3 texts" in page
    assert "&lt;b&gt;te weinig" in page
    assert coded.verbs().count("coding.read") == before + 1


CHOICES = {
    "&q=geld": [MONEY],
    "&theme=g2": [GOOD],
    "&source=quote": [],
    "&status=mine": [SLOW],
    "&status=nobody": [GOOD],
    "&status=todo&theme=g1": [MONEY],
    "&status=sample&q=geld": [MONEY],
    "&status=changed": [],
    "&code=time": [SLOW],
    "&code=money": [],
}


def test_choices_narrow_the_list(coded: Stage) -> None:
    assert code(coded, "anna", SLOW, "time") == 303
    assert code(coded, "eva", MONEY, "money") == 303
    for query, found in CHOICES.items():
        assert quotes(look(coded, query)) == found, query


def test_what_others_made_of_a_text_is_shown_once_one_has_judged_it(coded: Stage) -> None:
    code(coded, "anna", MONEY, "money")
    seen = plain(look(coded, "&q=geld", "eva"))
    assert "Not yet coded by you. 1 person judged it." in seen
    code(coded, "eva", MONEY, none="1")
    assert "te weinig</b> geld. Borne" not in seen
    assert re.search(r"Geld Code this text : Er is", plain(look(coded, "&q=geld", "eva")))


def test_long_lists_have_pages(coded: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "ON_A_PAGE", 2)
    assert len(quotes(look(coded))) == 2
    assert len(quotes(look(coded, "&page=2"))) == 1
    assert "Page 2 of 2" in look(coded, "&page=9")


def test_a_choice_that_is_not_there_is_refused(coded: Stage) -> None:
    assert coded.client("anna").get(f"{PATH}?status=other").status_code == 422


def test_who_may_not_code_sees_nothing_of_it(coded: Stage) -> None:
    for who in ("lead", "bram", "ina", "otto"):
        for path in ("", "/text", "/codebook", "/codebook.csv", "/agreement", "/releases", "/release", "/counts"):
            assert coded.client(who).get(f"{PATH}{path}").status_code == 403
        assert "samen/themes" not in coded.page(who, "")


def test_before_anything_was_asked_there_is_nothing_to_code(stage: Stage) -> None:
    set_up_without_wave(stage)
    for path in ("", "/agreement", "/releases", "/counts"):
        stage.page("anna", f"/themes{path}")
    assert stage.client("anna").get(f"{PATH}/text").status_code == 404
    stage.page("anna", "/themes/codebook")


def test_nobody_reads_what_one_person_wrote_in_an_anonymous_wave(stage: Stage) -> None:
    staff.set_up(stage, answers="nobody", regime="anonymous")
    stage.app.config["WTF_CSRF_ENABLED"] = False
    anna = stage.client("anna")
    for path in ("", "/text", "/agreement", "/releases", "/release", "/counts"):
        assert "Anonieme antwoorden" in anna.get(f"{PATH}{path}").text
    for path in ("/text", "/agreement", "/release"):
        assert "Anonieme antwoorden" in anna.post(f"{PATH}{path}", data={"code": "x"}).text
    assert not [verb for verb in stage.verbs() if verb.startswith("coding.")]
