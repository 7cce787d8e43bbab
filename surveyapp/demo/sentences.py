"""What invented respondents write, without two people of one organisation writing the same."""

from collections import defaultdict
from pathlib import Path
from random import Random

from ruamel.yaml import YAML

WRITES = {"good": 0.30, "change": 0.40, "process": 0.35, "organisation": 0.35}
"""Share of respondents that write something, by what is asked."""


class Sentences:
    """A stock of sentences; each organisation uses one once."""

    def __init__(self, random: Random) -> None:
        self._random = random
        file = Path(__file__).with_name("open_answers.yaml")
        self._stock: dict[str, dict[str, list[str]]] = YAML(typ="safe", pure=True).load(file)
        self._used: defaultdict[str, set[str]] = defaultdict(set)

    def write(self, organisation: str, theme: str | None, purpose: str) -> str:
        """One or two sentences about this theme, or nothing."""
        if self._random.random() > WRITES.get(purpose, 0.0):
            return ""
        stock = self._stock.get(theme or "next", {}).get(purpose, [])
        unused = [sentence for sentence in stock if sentence not in self._used[organisation]]
        chosen = self._random.sample(unused, min(len(unused), self._random.choice((1, 1, 1, 2))))
        self._used[organisation].update(chosen)
        return " ".join(chosen)
