"""Very much text, very many fields and every odd character: kept exactly or refused in words, and nothing lost."""

import unicodedata

import pytest

from tests.web.conftest import Study
from tests.web.respond.form import Page, begin

BEFORE = {"g1_1": "2", "g1_good": "Dit stond er al."}
EXACTLY = (
    *(
        "مرحبا بالعالم",
        "\u202eomgekeerd\u202c \u2066los\u2069",
        "a\u200bb\u200d\u2060c\ufeff",
        "Z\u0351\u0346\u0363" * 300,
    ),
    *(
        "\ufffe\uffff\U0001fffe",
        "a\u2028b\u2029c",
        "👩🏽‍🚒" * 200,
        "regel\n" * 300,
        "\t<b>&amp;</b>\t",
        "{organisation} %(a)s",
    ),
)
CONTROLS = [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\t\n\r"]
TOO_LONG = ("x" * 1_000_000, "😀" * 100_000, "a\n" * 10_000, "Z\u0351" * 10_000)


@pytest.fixture
def link(study: Study) -> str:
    """Of Bram, who has answered already."""
    address = study.invite()
    begin(study.client(), address)
    study.client().post(f"{address}/g1", data=BEFORE)
    return address


def test_every_text_that_can_be_stored_comes_back_exactly(study: Study, link: str) -> None:
    for words in EXACTLY:
        assert study.client().post(f"{link}/g1", data={"g1_good": words}).status_code == 303
        assert study.stored()["g1_good"] == words
        assert Page(study.client().get(f"{link}/g1").text).texts["g1_good"] == words


def test_control_characters_are_refused_in_words_and_what_stood_there_stays(study: Study, link: str) -> None:
    assert {unicodedata.category(character) for character in CONTROLS} == {"Cc"}
    for character in CONTROLS:
        refused = study.client().post(f"{link}/g1", data={"g1_good": f"a{character}b"})
        assert refused.status_code == 422
        assert "Haal de bijzondere tekens weg" in refused.text
        assert Page(refused.text).texts["g1_good"] == "a\ufffdb"
    told = study.client().post(f"{link}/g1/keep-answers", data={"g1_good": "".join(CONTROLS)}).get_json()
    assert told["saved"] is None
    assert told["problems"]["g1_good"].startswith("Haal de bijzondere tekens weg")
    assert study.stored() == BEFORE


def test_a_text_that_is_too_long_is_refused_with_its_length_and_stands_on_the_page_again(
    study: Study, link: str
) -> None:
    for words in TOO_LONG:
        refused = study.client().post(f"{link}/g1", data={"g1_good": words})
        assert refused.status_code == 422
        assert "Gebruik hooguit 2.000 tekens" in refused.text
        assert Page(refused.text).texts["g1_good"] == words
        told = study.client().post(f"{link}/g1/keep-answers", data={"g1_good": words}).get_json()
        assert "Gebruik hooguit 2.000 tekens" in told["problems"]["g1_good"]
        assert study.stored() == BEFORE


def test_fields_that_no_page_has_change_nothing(study: Study, link: str) -> None:
    many = {f"field-{number}": "x" for number in range(5_000)}
    for odd in (many, {"g1_good" * 10_000: "x"}, {"g1_good\0": "x"}, {"zz.other": "x"}, {"": "x"}, {"g2_1": "4"}):
        assert study.client().post(f"{link}/g1", data=odd).status_code == 303
        assert study.stored() == BEFORE


def test_of_a_field_that_comes_more_than_once_the_last_counts(study: Study, link: str) -> None:
    assert study.client().post(f"{link}/g1", data={"g1_good": ["een", "twee", "drie"]}).status_code == 303
    assert study.stored() == BEFORE | {"g1_good": "drie"}


def test_a_button_leads_to_no_other_site_and_adds_no_header(study: Study, link: str) -> None:
    for button in ("https://evil.example/", "//evil.example", "language-xx\r\nX-Evil: y", "\0", "previous\n"):
        answer = study.client().post(f"{link}/g1", data={"save-and": button})
        assert answer.status_code in {303, 422}
        assert answer.headers.get("Location", link).startswith(link)
        assert "X-Evil" not in answer.headers
        assert study.stored() == BEFORE
