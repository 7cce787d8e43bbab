"""A topic in one sentence: what stands out, the number it rests on and where that begins to count."""

from collections.abc import Mapping
from typing import Final

from surveyapp.analysis.topic import Reason, Topic
from surveyapp.questionnaires.questionnaire import Questionnaire
from surveyapp.questionnaires.text import DEFAULT_LANGUAGE, say
from surveyapp.reports.numbers import decimal, percentage

_DUTCH: Final = {
    "low": "de score is laag ({score} van {top}; grens {limit})",
    "divided": "de antwoorden lopen uiteen (gemiddelde afwijking {raw}; grens {limit})",
    "role_gap": "{first} en {second} verschillen van mening ({mean_first} tegenover {mean_second}; "
    "verschil {raw}, grens {limit})",
    "behind": "de score ligt onder die van de regio ({score} tegenover {region}; verschil {raw}, grens {limit})",
    "dont_know": "een deel van de antwoorden is ‘weet ik niet’ ({raw}; grens {limit})",
    "decline": "de score is gedaald sinds de vorige meting (van {previous} naar {score}; verschil {raw}, "
    "grens {limit})",
    "open": "in open antwoorden worden knelpunten genoemd (door {raw} van de deelnemers; grens {limit})",
    "and": " en ",
    "further": "Daarnaast: ",
    "unknown": "Onvoldoende gegevens: er zijn te weinig antwoorden om dit onderwerp te beoordelen.",
    "quiet": "Geen enkel signaal komt boven de grens; de score is {score} van {top}.",
    "unscored": "Geen enkel signaal komt boven de grens.",
    "only": "Dit is alleen gebaseerd op antwoorden van {role}; een andere uitgenodigde groep heeft niet geantwoord.",
    "steady": "Bij {share} van de mogelijke wegingen staat dit onderwerp bij de eerste {places}.",
}
_ENGLISH: Final = {
    "low": "the score is low ({score} out of {top}; threshold {limit})",
    "divided": "the answers differ widely (mean deviation {raw}; threshold {limit})",
    "role_gap": "{first} and {second} see this differently ({mean_first} against {mean_second}; "
    "difference {raw}, threshold {limit})",
    "behind": "the score is below that of the region ({score} against {region}; difference {raw}, threshold {limit})",
    "dont_know": "part of the answers are ‘I don’t know’ ({raw}; threshold {limit})",
    "decline": "the score has fallen since the previous survey (from {previous} to {score}; difference {raw}, "
    "threshold {limit})",
    "open": "open answers mention obstacles (by {raw} of the participants; threshold {limit})",
    "and": " and ",
    "further": "Also: ",
    "unknown": "Not enough data: there are too few answers to judge this topic.",
    "quiet": "No signal is above its threshold; the score is {score} out of {top}.",
    "unscored": "No signal is above its threshold.",
    "only": "This rests only on answers from {role}; another group was invited and did not answer.",
    "steady": "Under {share} of the possible weightings this topic is among the first {places}.",
}
_WORDS: Final = {"nl": _DUTCH, "en": _ENGLISH}
AT_ONCE: Final = 3
"""Reasons in one sentence; what remains follows in a second one."""
_SHARES: Final = {"dont_know", "open"}


def sentence(topic: Topic, language: str, titles: Mapping[str, str]) -> str:
    """Why this is a topic, strongest signal first, in a sentence or two; Dutch where the language is not known.

    ``titles`` gives the words for roles in the plural (see ``titles_of``); a role that is not there keeps its key.
    """
    language = _spoken(language)
    words = _WORDS[language]
    if topic.priority is None:
        return words["unknown"]
    active = [_clause(reason, topic, language, titles) for reason in topic.reasons if reason.points > 0]
    if active:
        said = _capitalised(_listed(active[:AT_ONCE], words)) + "."
        said += f" {words['further']}{_listed(active[AT_ONCE:], words)}." if active[AT_ONCE:] else ""
    else:
        said = words["quiet" if topic.score is not None else "unscored"].format(**_scores(topic, language))
    if topic.answered_by is None:
        return said
    return f"{said} {words['only'].format(role=_within_sentence(titles.get(topic.answered_by, topic.answered_by)))}"


def steadiness_sentence(share: float, places: int, language: str) -> str:
    """How far the choice of this topic depends on the weights: ``Selection.steadiness`` in words."""
    language = _spoken(language)
    return _WORDS[language]["steady"].format(share=percentage(share, language), places=places)


def titles_of(questionnaire: Questionnaire, language: str) -> dict[str, str]:
    """Key -> words: themes by their section's title, scored items by their text, roles in the plural."""
    themes = {section.theme: section.title for section in questionnaire.sections if section.theme}
    items = {key: questionnaire.questions[key].text for key in questionnaire.theme_of}
    roles = {role.key: role.plural for role in questionnaire.roles}
    return {key: say(text, language) for key, text in {**themes, **items, **roles}.items()}


def _spoken(language: str) -> str:
    return language if language in _WORDS else DEFAULT_LANGUAGE


def _listed(parts: list[str], words: Mapping[str, str]) -> str:
    """``a``, ``a en b``, ``a, b en c``."""
    *before, last = parts
    return words["and"].join([", ".join(before), last]) if before else last


def _clause(reason: Reason, topic: Topic, language: str, titles: Mapping[str, str]) -> str:
    numbers = _scores(topic, language)
    if reason.signal in _SHARES:
        raw, limit = (f"{text}%" for text in _beside(100 * reason.raw, 100 * reason.threshold, language, places=0))
    elif reason.signal == "low":
        numbers["score"], limit = _beside(
            topic.score or 0.0, (topic.score or 0.0) + reason.raw - reason.threshold, language
        )
        raw = numbers["score"]
    else:
        raw, limit = _beside(reason.raw, reason.threshold, language)
    if reason.signal == "role_gap":
        roles = [name.removeprefix("mean:") for name in topic.facts if name.startswith("mean:")]
        for place, role in zip(("first", "second"), roles, strict=True):
            numbers[place] = _within_sentence(titles.get(role, role))
            numbers[f"mean_{place}"] = decimal(topic.facts[f"mean:{role}"], language)
    return _WORDS[language][reason.signal].format(raw=raw, limit=limit, **numbers)


def _scores(topic: Topic, language: str) -> dict[str, str]:
    """The means that a clause may name, and the top of the scale."""
    named = {"score": topic.score, "region": topic.facts.get("region"), "previous": topic.facts.get("previous")}
    numbers = {name: decimal(value, language) for name, value in named.items() if value is not None}
    return numbers | {"top": decimal(topic.facts["top"], language, 0)}


def _beside(value: float, limit: float, language: str, places: int = 1) -> tuple[str, str]:
    """A value and its limit as briefly as shows on which side it is; the limit with the decimals it has."""
    exact = places if round(limit, places) == round(limit, 6) else places + 1
    shown = places if decimal(value, language, places) != decimal(limit, language, places) else places + 1
    return decimal(value, language, shown), decimal(limit, language, exact)


def _capitalised(said: str) -> str:
    return said[0].upper() + said[1:]


def _within_sentence(title: str) -> str:
    """A title without its capital, unless it is an abbreviation."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]
