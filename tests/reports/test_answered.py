"""Stored answers in words, for every kind of question."""

import pytest

from surveyapp.questionnaires.kinds import KINDS
from surveyapp.questionnaires.questionnaire import Questionnaire
from surveyapp.reports.answered import in_words
from surveyapp.reports.filled import Filling
from tests.questionnaires import sampled


def _said(sample: str, key: str, value: str, language: str = "nl") -> tuple[str, ...]:
    asked: Questionnaire = sampled.questionnaire(sample)
    return in_words(asked.questions[key], value, asked.scales_by_key, Filling(language, "Almelo", "Bestuurder"))


@pytest.mark.parametrize(
    ("sample", "key", "value", "dutch", "english"),
    [
        ("matrix", "welcome_1", "4", ("Eens",), ("Agree",)),
        ("matrix", "welcome_1", "dk", ("Weet ik niet",), ("I don't know",)),
        ("choice", "again", "no", ("Nee",), ("No",)),
        ("choices", "seen", "mill;house", ("Het huis", "De molen"), ("The house", "The mill")),
        ("mark", "tour", "7", ("7",), ("7",)),
        ("number", "price", "1234.5", ("1.234,5 euro",), ("1,234.5 euros",)),
        ("number", "degrees", "-2.5", ("-2,5",), ("-2.5",)),
        ("date", "visited", "2026-11-22", ("22 november 2026",), ("22 November 2026",)),
        ("text", "story", "Een\n\n<b>twee</b>", ("Een", "", "<b>twee</b>"), ("Een", "", "<b>twee</b>")),
        ("points", "effort", "house=60;staff=40",
         ("Het huis: 60", "De tuin: 0", "Het personeel: 40"), ("The house: 60", "The garden: 0", "The staff: 40")),
        ("ladder", "contracts", "none", ("Niveau 0 van 4",), ("Level 0 of 4",)),
        ("ladder", "contracts", "list;talks",
         ("Er is een lijst van alle contracten.", "Er zijn vaste gesprekken met aanbieders.", "Niveau 1 van 4"),
         ("There is a list of all contracts.", "There are regular talks with providers.", "Level 1 of 4")),
        ("consent", "terms", "yes", ("Akkoord",), ("Agreed",)),
    ],
)  # fmt: skip
def test_every_kind_reads_as_it_was_answered(
    sample: str, key: str, value: str, dutch: tuple[str, ...], english: tuple[str, ...]
) -> None:
    assert _said(sample, key, value) == dutch
    assert _said(sample, key, value, "en") == english


def test_a_ranking_keeps_its_order() -> None:
    assert _said("ranking", "order", "garden>guide") == ("1. De tuin", "2. De gids")


def test_where_nothing_was_answered_nothing_is_said() -> None:
    for name in sampled.names():
        asked = sampled.questionnaire(name)
        for key, question in asked.questions.items():
            if question.answerable:
                assert _said(name, key, "") == ()


def test_no_kind_of_question_is_forgotten() -> None:
    kinds = {question.kind for name in sampled.names() for question in sampled.questionnaire(name).questions.values()}
    assert kinds == set(KINDS)
