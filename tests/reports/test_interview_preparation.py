"""From what the agenda chose to a guide that an interviewer can use."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.errors import InvalidContent
from surveyapp.questionnaires.edition import Edition
from surveyapp.reports.guide_document import html_body
from surveyapp.reports.interview_guide import InterviewGuide
from surveyapp.reports.interview_preparation import interview_guide, shared_out
from tests.reports.twente import NAMES, Said, selection, study

ANSWERS = (
    Said("g3_good", "official", "Korte lijnen."),
    Said("g3_change", "governor", "Niet alles in één keer."),
    Said("g7_change", "official", "Sneller besluiten."),
)


def _minutes(guide: InterviewGuide) -> int:
    strength = (guide.strength,) if guide.strength else ()
    parts = (*guide.topics, *strength, *guide.regional)
    middle: int = sum(part.minutes for part in parts)
    return int(guide.opening_minutes) + middle + int(guide.closing_minutes)


@given(st.integers(0, 500), st.lists(st.integers(0, 20), max_size=12))
def test_shared_minutes_add_up_and_stay_near_their_share(minutes: int, proportions: list[int]) -> None:
    parts = shared_out(minutes, proportions)
    total = sum(proportions)
    assert sum(parts) == (minutes if total else 0)
    assert all(abs(part - minutes * share / total) < 1 for part, share in zip(parts, proportions, strict=True) if total)


@pytest.mark.parametrize("organisation", NAMES)
@pytest.mark.parametrize("minutes", [20, 60, 90])
def test_the_time_of_the_parts_is_the_time_of_the_interview(organisation: str, minutes: int) -> None:
    of = study(organisation)
    assert _minutes(interview_guide(selection(of), of, minutes=minutes)) == minutes


def test_a_topic_says_why_what_it_rests_on_and_how_to_ask() -> None:
    of = study()
    chosen = selection(of)
    topic = interview_guide(chosen, of).topics[0]
    assert topic.reason.startswith("De score is laag")
    assert len(topic.questions) == 2
    assert topic.further
    assert [row.about for row in topic.evidence][-2:] == ["everyone", "region"]
    everyone, region = topic.evidence[-2:]
    assert everyone.mean == chosen.topics[0].score
    assert region.mean == pytest.approx(chosen.topics[0].facts["region"])
    assert region.n == 3


def test_the_evidence_gives_the_mean_of_every_role_that_answered() -> None:
    of = study()
    topic = selection(of).topics[0]
    rows = {row.label: row for row in interview_guide(selection(of), of).topics[0].evidence if row.about == "role"}
    assert rows["Bestuurders"].mean == topic.facts["mean:governor"]
    assert rows["Ambtenaren"].mean == topic.facts["mean:official"]
    assert sum(row.n for row in rows.values()) == topic.facts["n"]


def test_open_answers_stand_once_with_the_first_topic_of_their_theme() -> None:
    of = study()
    guide = interview_guide(selection(of), of, ANSWERS)
    quoted = [(topic.theme, [quote.text for quote in topic.quotes]) for topic in (*guide.topics, *guide.regional)]
    about = [texts for theme, texts in quoted if theme == "Zet het hele instrumentarium in"]
    assert about[0] == ["Korte lijnen.", "Niet alles in één keer."]
    assert all(texts == [] for texts in about[1:])
    assert guide.topics[0].quotes[0].role == "Ambtenaar"


def test_words_beside_a_marked_statement_are_evidence_too() -> None:
    of = study()
    document = json.loads(of.edition.to_json())
    for section in document["questionnaire"]["sections"]:
        for question in section["questions"]:
            if question["key"] == "g3_1":
                question["comment"] = {"nl": "Waar blijkt dat uit?", "en": "What shows that?"}
    of = replace(of, edition=Edition.from_json(json.dumps(document)))
    guide = interview_guide(selection(of), of, (Said("g3_1", "official", "Uit het verslag.", "comment"),))
    quotes = [quote for topic in guide.topics for quote in topic.quotes]
    assert [quote.text for quote in quotes] == ["Uit het verslag."]
    assert quotes[0].question.endswith("(Waar blijkt dat uit?)")


def test_questions_of_a_theme_are_not_repeated_with_its_second_topic() -> None:
    of = study()
    guide = interview_guide(selection(of), of)
    first, second = (topic for topic in guide.topics if topic.theme == "Zet het hele instrumentarium in")
    assert set(first.further) & {probe["nl"] for probe in of.edition.guide.theme("g3").probes}
    assert not set(second.further) & {probe["nl"] for probe in of.edition.guide.theme("g3").probes}


def test_a_regional_topic_that_was_chosen_already_is_named_and_not_repeated() -> None:
    of = study()
    chosen = selection(of)
    guide = interview_guide(replace(chosen, regional=(chosen.topics[0], *chosen.regional[:1])), of)
    assert guide.also_regional == (guide.topics[0].title,)
    assert [topic.key for topic in guide.regional] == [chosen.regional[0].key]


def test_the_strength_is_asked_about_in_the_words_of_the_guide() -> None:
    of = study()
    strength = interview_guide(selection(of), of).strength
    assert strength is not None
    assert f"‘{strength.title}’" in strength.questions[0]
    assert "{theme}" not in strength.questions[0]


def test_measures_are_those_of_the_themes_that_are_discussed() -> None:
    of = study()
    guide = interview_guide(selection(of), of)
    discussed = {topic.theme for topic in (*guide.topics, *guide.regional)}
    assert {theme.theme for theme in guide.measures} == discussed
    kinds = {measure.belongs_to for theme in guide.measures for measure in theme.measures}
    assert kinds == {"process", "organisation"}


def test_the_response_counts_people_per_role() -> None:
    of = study()
    responses = {response.role: response for response in interview_guide(selection(of), of).responses}
    assert (responses["Ambtenaren"].responded, responses["Ambtenaren"].invited) == (6, 7)
    assert "Projectleiding" not in responses


def test_in_english_everything_but_the_open_answers_is_english() -> None:
    of = study()
    guide = interview_guide(selection(of), of, ANSWERS, language="en")
    assert guide.introduction.startswith("Thank you")
    assert guide.topics[0].reason.startswith("The score is low")
    assert guide.topics[0].evidence[0].label == "Governors"
    assert guide.topics[0].quotes[0].text == "Korte lijnen."


def test_an_organisation_that_stayed_silent_gets_a_guide_without_invented_numbers() -> None:
    of = study("GM0147", silent=frozenset({"GM0147"}))
    guide = interview_guide(selection(of), of)
    assert guide.topics == ()
    assert guide.strength is None
    assert guide.profile is None
    assert _minutes(guide) == 60
    assert all(row.mean is None for topic in guide.regional for row in topic.evidence if row.about == "everyone")
    assert "te weinig antwoorden" in html_body(guide)


def test_a_study_without_any_answer_has_a_guide() -> None:
    of = study(silent=frozenset(NAMES))
    guide = interview_guide(selection(of), of)
    assert _minutes(guide) == 60
    assert "te weinig antwoorden" in html_body(guide)


def test_a_guide_survives_the_journey_through_json_and_keeps_its_digest() -> None:
    of = study()
    guide = interview_guide(selection(of), of, ANSWERS)
    again = InterviewGuide.from_document(guide.to_document())
    assert again == guide
    assert again.digest == guide.digest
    assert guide.model_copy(update={"sender": "Ander bureau"}).digest != guide.digest


def test_a_document_that_is_no_guide_is_refused() -> None:
    with pytest.raises(InvalidContent, match="not-an-interview-guide"):
        InterviewGuide.from_document({"language": "nl"})
