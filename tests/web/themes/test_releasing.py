"""Redacting and releasing a text in the browser."""

import re

import pytest
from sqlalchemy import select

from surveyapp.models import Answer, TextRelease
from surveyapp.queries.released_texts import ReleasedText, released_texts
from tests.web.staff import Stage
from tests.web.themes.coded import PATH, SLOW, place, plain, put_on, text, the_wave

REDACTED = "Het gaat traag. Bel [name] op [telephone number], hij weet het."


@pytest.fixture
def coded(stage: Stage) -> Stage:
    put_on(stage)
    return stage


def look(stage: Stage) -> str:
    return stage.client("anna").get(f"{PATH}/release", query_string={**place(stage, SLOW), "language": "en"}).text


def words(page: str) -> str:
    """What stands in the field with the words for readers."""
    found = re.search(r'<textarea[^>]*name="words"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
    assert found is not None
    return found[1]


def decide(stage: Stage, then: str = "released", **other: object) -> tuple[int, str]:
    fields = {
        **place(stage, SLOW),
        "digest": text(stage, SLOW).digest,
        "words": REDACTED,
        "consent": "unattributed",
        "theme": "g1",
        "accepted": ["0", "1"],
        "then": then,
    }
    answer = stage.client("anna").post(f"{PATH}/release?language=en", data={**fields, **other})
    return answer.status_code, answer.text


def shown(stage: Stage) -> list[ReleasedText]:
    with stage.database.session(readonly=True) as session:
        return released_texts(session, the_wave(session))


def test_what_looks_personal_is_taken_out_and_shown_as_a_difference(coded: Stage) -> None:
    page = look(coded)
    assert words(page) == REDACTED
    assert '<del><span class="visually-hidden">taken out: </span>Bram de Boer</del>' in page
    assert "put in: </span>[name]</ins>" in page
    assert '<option value="none" selected' not in page  # who means to release chooses how by what was agreed to
    assert "Bram de Boer Name" in plain(page)
    assert "06-12345678 Telephone number" in plain(page)
    assert coded.verbs()[-1] == "coding.read-one"


def test_what_is_taken_out_can_be_chosen_and_written_by_hand(coded: Stage) -> None:
    status, page = decide(coded, "take-out", accepted=["1"])
    assert (status, words(page)) == (200, SLOW.replace("06-12345678", "[telephone number]"))
    status, page = decide(coded, "compare", words="Het gaat langzaam.")
    assert (status, words(page)) == (200, "Het gaat langzaam.")
    assert "langzaam" in page
    assert shown(coded) == []


def test_only_after_release_it_can_be_quoted(coded: Stage) -> None:
    assert decide(coded, "proposed")[0] == 303
    assert shown(coded) == []
    assert decide(coded)[0] == 303
    assert [(each.text, each.theme, each.role) for each in shown(coded)] == [(REDACTED, "g1", "")]
    assert "Readers see: no more than the words" in plain(coded.page("anna", "/themes/releases?language=en"))
    with coded.database.session(readonly=True) as session:
        kept = session.scalars(select(TextRelease)).one()
        assert [mark["accepted"] for mark in kept.suggestions] == [True, True]
        assert "Bram" not in str(kept.suggestions)
    assert decide(coded, "withheld", reason="Toch herkenbaar.")[0] == 303
    assert shown(coded) == []
    assert words(look(coded)) == REDACTED


REFUSED: tuple[tuple[dict[str, str], str], ...] = (
    ({"consent": "none"}, "Choose how these words may be used before you release them."),
    ({"then": "withheld"}, "Fill in why"),
    ({"words": " "}, "Fill in the words that readers will see"),
    ({"consent": "name"}, "Choose one from the list."),
    ({"then": "sold"}, "Choose what to do with the text."),
    ({"digest": "0"}, "The text was changed in the meantime."),
)


def test_a_decision_that_cannot_stand_says_why(coded: Stage) -> None:
    for other, sentence in REFUSED:
        status, page = decide(coded, **other)
        assert status in {409, 422}
        assert sentence in page
    assert shown(coded) == []


def test_a_text_that_changed_is_decided_about_again(coded: Stage) -> None:
    decide(coded)
    where = place(coded, SLOW)
    with coded.database.session() as session:
        session.scalars(select(Answer).where(Answer.value == SLOW)).one().value = "Het gaat snel."
        session.commit()
    assert shown(coded) == []
    assert "It is not shown until you decide again." in coded.page("anna", "/themes/releases?language=en")
    page = coded.client("anna").get(f"{PATH}/release", query_string={**where, "language": "en"}).text
    assert "that counts no more" in page
    assert words(page) == "Het gaat snel."


def test_what_was_released_of_a_text_that_is_gone_is_shown_to_nobody(coded: Stage) -> None:
    decide(coded)
    with coded.database.session() as session:
        session.delete(session.scalars(select(Answer).where(Answer.value == SLOW)).one())
        session.commit()
    assert shown(coded) == []
    assert "not there any more" in coded.page("anna", "/themes/releases?language=en")
