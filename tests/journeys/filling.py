"""Answering the questions of a page in a real browser, each kind as people do it: by hand, or by keyboard alone."""

from collections.abc import Callable
from random import Random
from typing import Final

from playwright.sync_api import Page

from surveyapp.questionnaires.kinds import Question
from surveyapp.questionnaires.kinds.choice import ChoiceQuestion, opens_other
from surveyapp.questionnaires.kinds.choices import ChoicesQuestion
from surveyapp.questionnaires.kinds.consent import AGREED, ConsentQuestion
from surveyapp.questionnaires.kinds.date import DateQuestion
from surveyapp.questionnaires.kinds.ladder import LadderQuestion
from surveyapp.questionnaires.kinds.mark import MarkQuestion
from surveyapp.questionnaires.kinds.number import NumberQuestion
from surveyapp.questionnaires.kinds.points import PointsQuestion, divided
from surveyapp.questionnaires.kinds.ranking import RankingQuestion
from surveyapp.questionnaires.kinds.scale import ScaleQuestion, codes
from surveyapp.questionnaires.kinds.text import TextQuestion
from surveyapp.questionnaires.questionnaire import Questionnaire

WORDS: Final = "Goed & «snel» – <b>niet</b> “te” laat, zei Zoë: 字 🙂"


def answer(question: Question, questionnaire: Questionnaire, dice: Random) -> str:
    """An answer that can be sent, as it is stored."""
    match question:
        case ScaleQuestion():
            return dice.choice(codes(questionnaire.scale(question.scale)))
        case MarkQuestion():
            return dice.choice(["6", "7.5" if question.halves else "10"])
        case NumberQuestion():
            lowest = question.least if question.least is not None else 0
            return str(int(lowest) + 2) + (".5" if question.decimals else "")
        case DateQuestion():
            return str(question.latest or question.earliest or "2026-03-01")
        case TextQuestion():
            return WORDS[: question.limit].rstrip() + ("" if question.short or question.limit < 80 else "\nEn meer.")
        case ConsentQuestion():
            return AGREED
        case _:
            return _of_options(question, dice)


def _of_options(question: Question, dice: Random) -> str:
    match question:
        case ChoiceQuestion():
            return dice.choice(question.options).key
        case ChoicesQuestion():
            ordinary = [option.key for option in question.options if not option.exclusive]
            chosen = dice.sample(ordinary, question.least)
            return ";".join(option.key for option in question.options if option.key in chosen)
        case RankingQuestion():
            return ">".join(dice.sample([option.key for option in question.options], question.top))
        case PointsQuestion():
            first, second = dice.sample([option.key for option in question.options], 2)
            spent = {first: question.total - 10, second: 10}
            return ";".join(f"{option.key}={spent[option.key]}" for option in question.options if option.key in spent)
        case LadderQuestion():
            return ";".join(rung.key for rung in question.rungs[: dice.randint(1, len(question.rungs))])
        case _:
            raise NotImplementedError(question.kind)


def beside(question: Question, value: str) -> dict[str, str]:
    """What is said beside this answer: part -> words."""
    said = {}
    if "comment" in question.parts:
        said["comment"] = "Zie het verslag van 3 maart."
    if isinstance(question, (ChoiceQuestion, ChoicesQuestion)) and opens_other(question.options, value):
        said["other"] = "Iets heel anders"
    return said


def wrong(question: Question) -> dict[str, str] | None:
    """Field -> what to type that cannot be stored; None where nothing typed can be wrong."""
    key = question.key
    match question:
        case NumberQuestion():
            return {key: "veel"}
        case DateQuestion():
            return {f"{key}-day": "31", f"{key}-month": "2", f"{key}-year": "2026"}
        case TextQuestion():
            return {key: "x" * (question.limit + 1)}
        case PointsQuestion():
            return {f"{key}-{question.options[0].key}": str(question.total + 1)}
        case _:
            return None


class Hand:
    """Answers with the mouse and the keyboard."""

    def __init__(self, page: Page, language: str) -> None:
        self._page = page
        self._language = language

    def give(self, question: Question, value: str) -> None:
        """Make the page hold this answer and what is said beside it."""
        match question:
            case ScaleQuestion() | ChoiceQuestion():
                self.choose(question.key, value)
            case MarkQuestion() if question.halves:
                self.pick(question.key, value)
            case MarkQuestion():
                self.choose(question.key, value)
            case ChoicesQuestion() | LadderQuestion() | ConsentQuestion():
                for code in value.split(";"):
                    self.tick(question.key, code)
            case RankingQuestion():
                for place, code in enumerate(value.split(">"), start=1):
                    self.pick(f"{question.key}-{place}", code)
            case _:
                for name, words in self.typed(question, value).items():
                    self.type(name, words)
        for part, words in beside(question, value).items():
            self.open_details(f"{question.key}.{part}")
            self.type(f"{question.key}.{part}", words)

    def typed(self, question: Question, value: str) -> dict[str, str]:
        """Field -> what somebody types in it for this answer."""
        key = question.key
        match question:
            case NumberQuestion():
                return {key: value.replace(".", "," if self._language == "nl" else ".")}
            case DateQuestion():
                year, month, day = value.split("-")
                return {f"{key}-day": day.lstrip("0"), f"{key}-month": month.lstrip("0"), f"{key}-year": year}
            case PointsQuestion():
                spent = divided(value)
                return {f"{key}-{option.key}": str(spent.get(option.key, "")) for option in question.options}
            case TextQuestion():
                return {key: value}
            case _:
                return {}

    def choose(self, name: str, code: str) -> None:
        self._page.locator(f'input[type=radio][name="{name}"][value="{code}"]').check()

    def tick(self, name: str, code: str) -> None:
        self._page.locator(f'input[type=checkbox][name="{name}"][value="{code}"]').check()

    def pick(self, name: str, code: str) -> None:
        self._page.locator(f'select[name="{name}"]').select_option(code)

    def type(self, name: str, words: str) -> None:
        self._page.locator(f'[name="{name}"]').fill(words)

    def open_details(self, name: str) -> None:
        details = self._page.locator(f'details:not([open]):has([name="{name}"]) > summary')
        if details.count():
            details.click()

    def press(self, name: str, value: str) -> None:
        """A button, by what it posts."""
        self._page.locator(f'button[name="{name}"][value="{value}"]:visible').click()


class Keyboard(Hand):
    """Answers without a mouse. What has the focus must be in sight, and must look as if it had it."""

    def choose(self, name: str, code: str) -> None:
        self._reach(lambda held: held["name"] == name)
        if self._held()["value"] == code and not self._held()["checked"]:
            self._page.keyboard.press("Space")
        for _ in range(40):
            if self._held()["value"] == code and self._held()["checked"]:
                return
            self._page.keyboard.press("ArrowDown")
        raise AssertionError(f"no arrow leads to {name}={code}")

    def tick(self, name: str, code: str) -> None:
        self._reach(lambda held: held["name"] == name and held["value"] == code)
        if not self._held()["checked"]:
            self._page.keyboard.press("Space")

    def pick(self, name: str, code: str) -> None:
        self._reach(lambda held: held["name"] == name)
        self._page.keyboard.press("Home")
        for _ in range(40):
            if self._held()["value"] == code:
                return
            self._page.keyboard.press("ArrowDown")
        raise AssertionError(f"no arrow leads to {name}={code}")

    def type(self, name: str, words: str) -> None:
        self._reach(lambda held: held["name"] == name)
        self._page.keyboard.press("Control+A")
        self._page.keyboard.insert_text(words)

    def open_details(self, name: str) -> None:
        if self._page.locator(f'details:not([open]):has([name="{name}"])').count():
            self._reach(lambda held: held["opens"] == name)
            self._page.keyboard.press("Enter")

    def press(self, name: str, value: str) -> None:
        self._reach(lambda held: held["name"] == name and held["value"] == value)
        self._page.keyboard.press("Enter")

    def round(self) -> int:
        """Press Tab until the page is left again; returns how many controls and links had the focus."""
        self._page.keyboard.press("Tab")
        for passed in range(200):
            if self._in_sight()["where"] in {"body", "html"}:
                return passed
            self._page.keyboard.press("Tab")
        raise AssertionError("Tab does not leave the page")

    def _reach(self, wanted: Callable[[dict[str, object]], bool]) -> None:
        """Press Tab until what is wanted has the focus, as people do; once round the page at most."""
        for _ in range(200):
            if wanted(self._in_sight()):
                return
            self._page.keyboard.press("Tab")
        raise AssertionError("Tab does not lead there")

    def _in_sight(self) -> dict[str, object]:
        """What has the focus; it must be seen to have it."""
        held = self._held()
        if held["where"] not in {"body", "html"}:
            assert held["seen"], f"what has the focus is hidden: {held}"
            assert held["outlined"], f"nothing shows that this has the focus: {held}"
        return held

    def _held(self) -> dict[str, object]:
        found: dict[str, object] = self._page.evaluate(_HELD)
        return found


_HELD: Final = """() => {
  const held = document.activeElement, box = held.getBoundingClientRect();
  const x = Math.min(Math.max(box.x + box.width / 2, 1), innerWidth - 2);
  const y = Math.min(Math.max(box.y + box.height / 2, 1), innerHeight - 2);
  const there = document.elementFromPoint(x, y);
  const style = getComputedStyle(held);
  const near = held.closest('label, details, p, li, div') ?? held;
  return {
    where: held.tagName.toLowerCase(),
    name: held.name ?? '',
    value: held.value ?? '',
    checked: held.checked ?? false,
    opens: held.tagName === 'SUMMARY' ? held.parentElement.querySelector('[name]')?.name ?? '' : '',
    seen: box.bottom > 0 && box.top < innerHeight && (there === null || near.contains(there) || there.contains(held)),
    outlined: (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none',
  };
}"""
