"""Faults that authors make, each as a change of one place in the small edition."""

from collections.abc import Mapping
from dataclasses import dataclass

F, Q, G = "framework.yaml", "questionnaire.yaml", "guide.yaml"
HERE = "#!"
"""Stands as a comment on the line that has to be named."""


@dataclass(frozen=True)
class Fault:
    """``words`` is part of the message; ``also`` the number of other problems that this fault brings along."""

    file: str
    old: str
    new: str
    words: str
    also: int = 0
    mark: str = HERE
    """Where the problem is reported, when that is not in the new text."""

    def put(self, files: Mapping[str, str], number: int = 0) -> dict[str, str]:
        """The files with this fault in them, its line marked with this number."""
        text = files[self.file]
        if text.count(self.old) != 1:
            raise ValueError(f"{self.old!r} stands {text.count(self.old)} times in {self.file}")
        return {**files, self.file: text.replace(self.old, self.new.replace(HERE, f"#!{number}!"))}

    def line(self, files: Mapping[str, str], number: int = 0) -> int:
        """The line to be named in files with this fault."""
        text, mark = files[self.file], f"#!{number}!" if self.mark == HERE else self.mark
        if text.count(mark) != 1:
            raise ValueError(f"{mark!r} stands {text.count(mark)} times in {self.file}")
        return text.count("\n", 0, text.index(mark) + len(mark)) + 1


INDEPENDENT = (
    Fault(Q, "minutes: 10", "minutes: ten #!", "'minutes' is 'ten': write a whole number"),
    Fault(Q, "purpose: {nl: Om", "purpsoe: {nl: Om", "'purpsoe' is not known here: did you mean 'p", 1, "purpsoe"),
    Fault(Q, "limit: 500", "limit: 0 #!", "'limit' is '0': write 1 or more"),
    Fault(Q, "reverse: true", "reverse: often #!", "'reverse' is 'often': write true or false"),
    Fault(Q, "key: rest_good", "key: Rest good #!", "which cannot be a key: use lower case"),
    Fault(Q, "{nl: Over de rust, en: About the rest}", "Over de rust #!", "needs named parts: write a text"),
    Fault(Q, "{nl: Ik was moe., en: I was tired.}", "{nl: Ik was moe.} #!", "has no text in 'en': translate it"),
    Fault(Q, "{nl: Ik vond de weg., en", "{nl: '', en", "has no text in 'nl': add it", 0, "I found my way"),
    Fault(Q, "What was best?}", "2024} #!", "'en' is read as the value '2024' and not as text: put it between quotes"),
    Fault(Q, "norm: path_signs", "norm: path_sign #!", "norm 'path_sign' does not exist: add it to framework.yaml"),
    Fault(Q, "[governor, official]", "[governor, mayor] #!", "role 'mayor' does not exist: add it to 'roles'"),
    Fault(Q, "top: 1", "top: 3 #!", "'top' is 3 but there are 2 options"),
    Fault(Q, "- key: shade", "- key: bench #!", "option 'bench' already stands on line"),
    Fault(Q, "code: 2\n        label: {nl: Neu", "code: 4 #!\n        label: {nl: Neu", "has code 4 where 2 belongs"),
    Fault(Q, "scale: agree # of path_2", "scale: often #!", "has 2 points and theme 'path' is scored on 3"),
    Fault(Q, "- key: path\n    title", "- key: review #!\n    title", "a section cannot be called 'review'"),
    Fault(Q, 'version: "1"', 'version: "2" #!', "'version' is '2' in a folder called '1'"),
    Fault(Q, "I don't know}", "I don't know}\n    dont_know: {nl: X, en: X} #!", "'dont_know' stands here again"),
    Fault(F, "  publisher: Wandelbond\n", "", "'publisher' is missing: add it", 0, "origin:"),
    Fault(F, 'edition: "2024"', "edition: 2024 #!", "'edition' is read as the value '2024' and not as text"),
    Fault(F, "key: rest_bench", "key: path_signs #!", "norm 'path_signs' already stands on line"),
    Fault(G, "  open: {nl: Wat werd gezegd?, en: What was said?}\n", "", "signal 'open' has no probe", 0, "\nsignals:"),
    Fault(G, "  behind: {nl", "  behinds: {nl", "'behinds' is 'behinds': choose", 1, "behinds"),
    Fault(G, '"What is good about {theme}?"}', '"What is good?"} #!', "write {theme} in its place"),
    Fault(
        G,
        "belongs_to: process",
        "belongs_to: proces #!",
        "'belongs_to' is 'proces': choose 'process' or",
    ),
    Fault(G, "- theme: rest", "- theme: peace #!", "theme 'peace' does not exist: add it to framework.yaml", 1),
)
"""Each can be found whatever else is wrong."""

ALONE = (
    Fault(Q, "key: rest_1\n        kind: scale", "key: rest_1\n        kind: mart #!", "'kind' is 'mart': choose", 1),
    Fault(Q, "key: rest_good\n        kind: text", "key: rest_good #!", "'kind' is missing: add scale, choice"),
    Fault(Q, "- key: often", "- key: agree #!", "scale 'agree' already stands on line", 1),
    Fault(Q, "scale: often", "scale: never #!", "scale 'never' does not exist: add it to 'scales'"),
    Fault(Q, "- key: rest_1", "- key: path_1 #!", "question 'path_1' already stands on line"),
    Fault(Q, "- key: rest_1", "- key: rest #!", "question 'rest' has the key of a theme"),
    Fault(Q, "- key: official", "- key: governor #!", "role 'governor' already stands on line", 1),
    Fault(Q, "- key: official", "- key: all #!", "a role cannot be called 'all'", 1),
    Fault(Q, "theme: rest", "theme: rest #!\n    colour: red", "'colour' is not known here: remove it", 0, "colour"),
    Fault(Q, "reverse: true", "purpose: opinion", "theme 'rest' has no scored question", 0, "theme: rest"),
    Fault(Q, "key: walks", "key: runs #!", "'key' is 'runs' in a folder called 'walks'"),
    Fault(Q, "minutes: 10", "minutes: #!", "'minutes' is empty: give it a value or remove it"),
    Fault(Q, "minutes: 10", "minutes: 999 #!", "'minutes' is '999': write 240 or less"),
    Fault(Q, "code: 3", "code: none #!", "'code' is 'none': write a whole number"),
    Fault(Q, "{nl: Eens, en: Agree}", "{nl: Eens, en: Agree, fy: Iens} #!", "'fy' is rare in this file"),
    Fault(F, "- key: rest\n", "- key: peace #!\n", "no section of questionnaire.yaml asks about theme 'peace'", 3),
    Fault(F, "- key: rest\n", "- key: path #!\n", "theme 'path' already stands on line", 2),
    Fault(G, "- theme: rest", "- theme: path #!", "guide for theme 'path' already stands on line", 1),
    Fault(G, "- theme: rest", "- theme: path", "theme 'rest' (framework.yaml, line 16) has no guide", 1, "\nthemes:"),
    Fault(G, "\n      - {nl: Een voorbeeld van rust?, en: An example of rest?}", " [] #!", "this theme has no probes"),
    Fault(
        G,
        "  - {nl: Nog iets?, en: Anything else?}",
        "  {nl: Nog iets?, en: Anything else?}",
        "needs a list",
        0,
        "closing:",
    ),
)
"""Each changes what others would mean."""
