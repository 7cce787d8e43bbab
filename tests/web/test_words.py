"""Every sentence of the pages is in the catalogue, with its Dutch."""

from collections.abc import Sequence
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).parents[2] / "surveyapp"


def test_every_sentence_of_the_pages_has_its_dutch() -> None:
    with (PACKAGE / "translations/nl/LC_MESSAGES/messages.po").open("rb") as file:
        dutch = read_po(file)
    found = extract_from_dir(PACKAGE, method_map=[("**.py", "python"), ("**.html", "jinja2")])
    sentences = {message if isinstance(message, str) else message[0] for _file, _line, message, *_rest in found}
    assert len(sentences) > 100
    assert {each for each in sentences if each not in dutch or not all(_forms(dutch[each].string))} == set()


def test_the_dutch_fills_in_what_the_english_does() -> None:
    with (PACKAGE / "translations/nl/LC_MESSAGES/messages.po").open("rb") as file:
        dutch = read_po(file)
    faults = {(message.id, str(problem)) for message in dutch if message.id for problem in message.check()}
    assert faults == set()


def _forms(translation: str | Sequence[str] | None) -> Sequence[str]:
    return (translation,) if isinstance(translation, str) else translation or ("",)
