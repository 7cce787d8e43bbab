"""Every wording of a topic, compared with a file that people read and approve.

When a sentence changes on purpose, write the file again with ``python -m tests.reports.test_sentences`` and read it.
"""

from pathlib import Path

import pytest

from surveyapp.analysis.signals import RULES, weigh
from surveyapp.analysis.topic import Topic
from surveyapp.reports.sentences import sentence, steadiness_sentence, titles_of
from tests.analysis.builders import questionnaire_of

GOLDEN = Path(__file__).with_name("sentences.golden.txt")
TITLES = {
    "nl": {"governor": "Bestuurders", "official": "Ambtenaren", "project": "OZJT-medewerkers"},
    "en": {"governor": "Governors", "official": "Officials", "project": "OZJT staff"},
}
FACTS = {"n": 9.0, "target": 4.0, "top": 5.0, "region": 3.04, "previous": 2.9}
ROLES = {"governor": 3.6, "official": 2.4}
QUIET = {"low": 0.2, "divided": 0.3, "role_gap": 0.1, "behind": 0.0, "dont_know": 0.05}


def topic(
    raw: dict[str, float],
    score: float | None = 2.4,
    answered_by: str | None = None,
    roles: dict[str, float] = ROLES,
    **facts: float,
) -> Topic:
    priority, reasons = weigh(raw)
    means = {f"mean:{role}": mean for role, mean in roles.items()}
    return Topic("GM0141", "theme", "g3", 1, priority, reasons, score, answered_by, FACTS | means | facts)


TOPICS = {
    "monitoring in Almelo, everything at once": topic(
        {"low": 1.6, "divided": 0.9, "role_gap": 1.2, "behind": 0.64, "dont_know": 0.11, "decline": 0.5, "open": 0.25}
    ),
    "one signal": topic(QUIET | {"divided": 1.3}),
    "two signals": topic(QUIET | {"dont_know": 0.45, "divided": 0.6}),
    "three signals": topic(QUIET | {"low": 1.6, "divided": 0.9, "behind": 0.64}),
    "just below the limit of a low score": topic(QUIET | {"low": 1.03}, score=2.97),
    "just above the limit of don't know": topic(QUIET | {"dont_know": 0.104}),
    "a decline of little more than a quarter": topic(QUIET | {"decline": 0.26}, score=2.64),
    "a role that is an abbreviation": topic(QUIET | {"role_gap": 2.0}, roles={"official": 2.4, "project": 4.4}),
    "nothing stands out": topic(QUIET, score=4.2),
    "too few answers": topic({"role_gap": 3.0}, score=2.0),
    "one role answered": topic({"low": 1.6, "divided": 0.9, "behind": 0.0}, answered_by="official"),
    "one role answered and nothing stands out": topic(QUIET, score=4.2, answered_by="official"),
    "seven points": topic(QUIET | {"low": 1.6}, score=3.9, target=5.5, top=7.0),
}


def every_wording() -> str:
    return "\n".join(
        f"{name}\n" + "".join(f"  {language}: {sentence(one, language, TITLES[language])}\n" for language in TITLES)
        for name, one in TOPICS.items()
    )


def test_every_wording_is_the_approved_one() -> None:
    assert every_wording() == GOLDEN.read_text(encoding="utf-8")


def test_the_strongest_reason_comes_first() -> None:
    said = sentence(TOPICS["monitoring in Almelo, everything at once"], "nl", TITLES["nl"])
    assert said.index("lopen uiteen") < said.index("score is laag") < said.index("verschillen van mening")


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("signal", [rule.signal for rule in RULES])
def test_every_signal_has_words_with_its_number_and_limit(signal: str, language: str) -> None:
    calm = {rule.signal: 0.0 for rule in RULES}
    rule = next(rule for rule in RULES if rule.signal == signal)
    said = sentence(topic(calm | {signal: rule.hi}), language, TITLES[language])
    assert sum(character.isdigit() for character in said) >= 2
    assert "{" not in said
    assert said[0].isupper()
    assert said.endswith(".")


def test_dutch_writes_a_comma_and_english_a_point() -> None:
    assert "0,9; grens 0,4" in sentence(topic(QUIET | {"divided": 0.9}), "nl", TITLES["nl"])
    assert "0.9; threshold 0.4" in sentence(topic(QUIET | {"divided": 0.9}), "en", TITLES["en"])


def test_a_language_without_wording_falls_back_on_dutch() -> None:
    one = TOPICS["one signal"]
    assert sentence(one, "fr", TITLES["nl"]) == sentence(one, "nl", TITLES["nl"])


def test_a_role_without_a_title_keeps_its_key() -> None:
    assert "governor en official" in sentence(topic(QUIET | {"role_gap": 1.5}), "nl", {}).lower()


def test_a_topic_of_which_only_the_score_is_unknown_does_not_invent_one() -> None:
    said = sentence(topic(QUIET, score=None), "nl", TITLES["nl"])
    assert not any(character.isdigit() for character in said)


def test_how_steady_a_choice_is_can_be_said() -> None:
    assert steadiness_sentence(0.94, 3, "nl") == (
        "Bij 94% van de mogelijke wegingen staat dit onderwerp bij de eerste 3."
    )
    assert steadiness_sentence(1, 3, "en").startswith("Under 100% of the possible weightings")


def test_titles_are_those_of_themes_items_and_roles() -> None:
    titles = titles_of(questionnaire_of({"g1": ["g1_1"]}, importance=True), "en")
    assert titles == {"g1": "g1", "g1_1": "g1_1", "governor": "governor", "official": "official"}


if __name__ == "__main__":
    GOLDEN.write_text(every_wording(), encoding="utf-8")
