"""Mistakes in a sample questionnaire, made by changing one place in it."""

from dataclasses import dataclass
from pathlib import Path

from surveyapp.questionnaires.checking import check
from tests.questionnaires.sampled import SAMPLES


@dataclass(frozen=True)
class Mistake:
    """``words`` is part of the message. It names the first line that changed, or the one on which ``at`` stands."""

    sample: str
    old: str
    new: str
    words: str
    at: str | None = None

    def __str__(self) -> str:
        return f"{self.sample}: {self.words[:60]}"

    def told(self, folder: Path) -> list[tuple[int, str]]:
        """Line and message of every problem."""
        before, after = self._texts()
        if before.count(self.old) != 1:
            raise ValueError(f"{self.old!r} stands {before.count(self.old)} times in {self.sample}")
        file = folder / "questionnaire.yaml"
        file.write_text(after, encoding="utf-8")
        return [(problem.line, problem.message) for problem in check([file])]

    @property
    def line(self) -> int:
        before, after = (text.splitlines() for text in self._texts())
        if self.at is not None:
            return next(number for number, line in enumerate(after, 1) if self.at in line)
        return next(number for number, (old, new) in enumerate(zip(before, after, strict=False), 1) if old != new)

    def _texts(self) -> tuple[str, str]:
        before = (SAMPLES / f"{self.sample}.yaml").read_text(encoding="utf-8")
        return before, before.replace(self.old, self.new)


def judge(mistake: Mistake, folder: Path) -> None:
    """Hold that this mistake is told, and nothing about another line."""
    told = mistake.told(folder)
    assert {line for line, _ in told} == {mistake.line}, told
    assert any(mistake.words in message for _, message in told), told
