"""What a framework and a guide must mean, and how the three files of an edition belong together."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final, get_args

from surveyapp.questionnaires.guide import Signal
from surveyapp.questionnaires.outline import keys, questions, repeated, unknown
from surveyapp.questionnaires.parsing import Document, Node
from surveyapp.questionnaires.problem import Problem
from surveyapp.questionnaires.text import DEFAULT_LANGUAGE

_LANGUAGE: Final = re.compile(r"[a-z]{2}")
PLACE_OF_THEME: Final = "{theme}"


def framework_problems(document: Document) -> Iterator[Problem]:
    """Everything that can be judged within the framework itself."""
    themes = document.root.at("themes")
    yield from repeated(document, keys(themes.items), "theme")
    yield from repeated(document, keys(_norms(document.root)), "norm")
    if themes.value == ():
        yield document.problem(themes, "'themes' is empty: write at least one theme")


def guide_problems(document: Document) -> Iterator[Problem]:
    """Everything that can be judged within the guide itself."""
    root = document.root
    yield from repeated(document, _themes_of_guide(root), "guide for theme")
    signals = root.entries.get("signals")
    if signals is not None and signals.entries:
        for signal in get_args(Signal):
            if signal not in signals.entries:
                yield document.problem(signals, f"signal '{signal}' has no probe: add it under 'signals'")
    for words in root.at("strength").entries.values():
        if words.text and PLACE_OF_THEME not in words.text:
            yield document.problem(words, f"this text does not say which theme: write {PLACE_OF_THEME} in its place")
    for guide in root.at("themes").items:
        yield from repeated(document, keys(guide.at("measures").items), "measure")
        probes = guide.entries.get("probes")
        if probes is not None and probes.value == ():
            yield document.problem(probes, "this theme has no probes: write at least one neutral question")


def language_problems(document: Document) -> Iterator[Problem]:
    """A text that lacks a language of the file, or has one that most of the file lacks. Dutch belongs to the shape."""
    texts = [node for node in document.root.walk() if _is_text(node)]
    spoken = _languages(document.root)
    for node in texts:
        for language, words in node.entries.items():
            if language not in spoken and _says(words):
                yield document.problem(words, f"'{language}' is rare in this file: translate all texts, or remove it")
        for language in sorted(spoken - {DEFAULT_LANGUAGE}):
            if not _says(node.at(language)):
                place = node.entries.get(language, node)
                yield document.problem(place, f"has no text in '{language}': translate it, as the rest of the file is")


def edition_problems(documents: Mapping[str, Document]) -> Iterator[Problem]:
    """References between the files of one edition; what a file that is not there should say is not judged."""
    framework, questionnaire, guide = (documents.get(name) for name in ("framework", "questionnaire", "guide"))
    if framework and questionnaire:
        yield from _questionnaire_against_framework(questionnaire, framework)
    if framework and guide:
        yield from _guide_against_framework(guide, framework)
    if questionnaire:
        yield from _same_languages(questionnaire, [other for other in (framework, guide) if other])


def _questionnaire_against_framework(questionnaire: Document, framework: Document) -> Iterator[Problem]:
    themes = keys(framework.root.at("themes").items)
    norms = [key.text for key in keys(_norms(framework.root))]
    sections = questionnaire.root.at("sections").items
    for section in sections:
        yield from unknown(
            questionnaire, section.at("theme"), [key.text for key in themes], "theme", framework.path.name
        )
    for question in questions(questionnaire.root):
        yield from unknown(questionnaire, question.at("norm"), norms, "norm", framework.path.name)
    asked = {section.at("theme").text for section in sections}
    for theme in themes:
        if sections and theme.text not in asked:
            yield framework.problem(
                theme, f"no section of {questionnaire.path.name} asks about theme '{theme.text}': add one, or remove it"
            )


def _guide_against_framework(guide: Document, framework: Document) -> Iterator[Problem]:
    themes = keys(framework.root.at("themes").items)
    guided = _themes_of_guide(guide.root)
    for node in guided:
        yield from unknown(guide, node, [key.text for key in themes], "theme", framework.path.name)
    place = guide.root.entries.get("themes")
    for theme in themes:
        if place is not None and theme.text not in {node.text for node in guided}:
            yield guide.problem(
                place,
                f"theme '{theme.text}' ({framework.path.name}, line {theme.line}) has no guide: add it",
            )


def _same_languages(questionnaire: Document, others: list[Document]) -> Iterator[Problem]:
    spoken = _languages(questionnaire.root)
    for other in others:
        for language in sorted(spoken - _languages(other.root) - {DEFAULT_LANGUAGE}):
            yield other.problem(
                other.root, f"is not in '{language}', which {questionnaire.path.name} speaks: translate its texts"
            )


def _languages(root: Node) -> set[str]:
    """The languages that most texts are in."""
    texts = [node for node in root.walk() if _is_text(node)]
    used = Counter(language for node in texts for language, words in node.entries.items() if _says(words))
    return {language for language, count in used.items() if 2 * count >= len(texts)}


def _norms(root: Node) -> tuple[Node, ...]:
    return tuple(norm for theme in root.at("themes").items for norm in theme.at("norms").items)


def _themes_of_guide(root: Node) -> list[Node]:
    return [theme.at("theme") for theme in root.at("themes").items if theme.at("theme").text is not None]


def _is_text(node: Node) -> bool:
    """Languages are the only names of two letters in these files."""
    return bool(node.entries) and all(_LANGUAGE.fullmatch(name) for name in node.entries)


def _says(words: Node) -> bool:
    return words.value is not None and words.value != "" and not (words.text is not None and not words.text.strip())
