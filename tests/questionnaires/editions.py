"""A small edition without faults, written to a folder as its author would, to put faults in."""

from collections.abc import Mapping
from pathlib import Path

FRAMEWORK = """\
key: walks
title: {nl: Goede wandelingen, en: Good walks}
origin:
  publisher: Wandelbond
  title: Wandelwijzer
  edition: "2024"
  wording: {nl: Eigen uitwerking, en: Our own elaboration}
  explanation: {nl: Alleen de namen zijn overgenomen., en: Only the names were taken over.}
themes:
  - key: path
    title: {nl: Het pad, en: The path}
    description: {nl: Waar u loopt, en: Where you walk}
    norms:
      - key: path_signs
        text: {nl: Er staan borden., en: There are signs.}
  - key: rest
    title: {nl: De rust, en: The rest}
    description: {nl: Waar u zit, en: Where you sit}
    norms:
      - key: rest_bench
        text: {nl: Er staan banken., en: There are benches.}
"""

QUESTIONNAIRE = """\
key: walks
version: "1"
title: {nl: Wandelen, en: Walking}
purpose: {nl: Om te leren., en: To learn.}
minutes: 10
roles:
  - key: governor
    title: {nl: Bestuurder, en: Governor}
    plural: {nl: Bestuurders, en: Governors}
    description: {nl: Wethouder, en: Alderman}
  - key: official
    title: {nl: Ambtenaar, en: Official}
    plural: {nl: Ambtenaren, en: Officials}
    description: {nl: Medewerker, en: Employee}
scales:
  - key: agree
    points:
      - code: 1
        label: {nl: Oneens, en: Disagree}
      - code: 2
        label: {nl: Neutraal, en: Neutral}
      - code: 3
        label: {nl: Eens, en: Agree}
    dont_know: {nl: Weet ik niet, en: I don't know}
  - key: often
    points:
      - code: 1
        label: {nl: Nooit, en: Never}
      - code: 2
        label: {nl: Altijd, en: Always}
sections:
  - key: path
    title: {nl: Over het pad, en: About the path}
    theme: path
    questions:
      - key: path_1
        kind: scale
        scale: agree
        norm: path_signs
        text: {nl: Ik vond de weg., en: I found my way.}
      - key: path_2
        kind: scale
        scale: agree # of path_2
        roles: [governor, official]
        text: {nl: Het pad was droog., en: The path was dry.}
  - key: rest
    title: {nl: Over de rust, en: About the rest}
    theme: rest
    questions:
      - key: rest_1
        kind: scale
        scale: often
        reverse: true
        text: {nl: Ik was moe., en: I was tired.}
      - key: rest_good
        kind: text
        limit: 500
        text: {nl: Wat was goed?, en: What was good?}
      - key: rest_best
        kind: ranking
        top: 1
        text: {nl: Wat was het best?, en: What was best?}
        options:
          - key: bench
            label: {nl: De bank, en: The bench}
          - key: shade
            label: {nl: De schaduw, en: The shade}
"""

GUIDE = """\
introduction: {nl: Dank u wel., en: Thank you.}
strength: {nl: "Wat is er goed aan {theme}?", en: "What is good about {theme}?"}
closing:
  - {nl: Nog iets?, en: Anything else?}
signals:
  low: {nl: Hoe ging het?, en: How did it go?}
  divided: {nl: Wie ziet wat?, en: Who sees what?}
  role_gap: {nl: Wie verschilt?, en: Who differs?}
  behind: {nl: Wat is hier anders?, en: What is different here?}
  dont_know: {nl: Wat is bekend?, en: What is known?}
  decline: {nl: Wat veranderde?, en: What changed?}
  open: {nl: Wat werd gezegd?, en: What was said?}
themes:
  - theme: path
    probes:
      - {nl: Een voorbeeld van het pad?, en: An example of the path?}
    measures:
      - key: signs
        belongs_to: process
        text: {nl: Zet borden neer., en: Put up signs.}
  - theme: rest
    probes:
      - {nl: Een voorbeeld van rust?, en: An example of rest?}
    measures:
      - key: bench
        belongs_to: organisation
        text: {nl: Zet een bank neer., en: Put up a bench.}
"""

FILES: Mapping[str, str] = {"framework.yaml": FRAMEWORK, "questionnaire.yaml": QUESTIONNAIRE, "guide.yaml": GUIDE}


def write_edition(shelf: Path, files: Mapping[str, str] = FILES, name: str = "walks/1") -> Path:
    """Put an edition on a shelf; its folder."""
    folder = shelf / name
    folder.mkdir(parents=True, exist_ok=True)
    for file, text in files.items():
        (folder / file).write_text(text, encoding="utf-8")
    return folder


def with_change(file: str, old: str, new: str, files: Mapping[str, str] = FILES) -> dict[str, str]:
    """The files with one change, which must be possible in exactly one place."""
    text = files[file]
    if text.count(old) != 1:
        raise ValueError(f"{old!r} stands {text.count(old)} times in {file}")
    return {**files, file: text.replace(old, new)}
