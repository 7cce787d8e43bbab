"""Two devices, a colleague, Back, double clicks, second thoughts, closing, and a server that is killed, in any order.

After every step the stored response is what the model says: no answer lost, none twice, each through the right hands.
"""

import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from random import Random

import pytest

from tests.effort import EFFORT
from tests.journeys.browsing import Browser, Form, Gone, Loaded
from tests.journeys.killable import Killable, served
from tests.journeys.losing import SECTIONS, Field, Remembered, Respondent

DEVICES = ("phone", "desk", "colleague")
WORDS = ("", "Ja.", "Een = teken & «haakjes» <b>", "Één regel\nen nog een", "  spaties  ", "x" * 50)
TOO_LONG = "x" * 51
BUTTONS = ("continue", "previous", "later")


SEQUENCES = 100
STEPS = 25


def values(key: str) -> list[list[str]]:
    """What a field of the page may be made to hold."""
    if key in {"a3", "c1"}:
        return [[word] for word in (*WORDS, TOO_LONG)]
    if key == "a2.comment":
        return [[word] for word in WORDS]
    if key == "b2":
        return [[], ["x"], ["y"], ["x", "z"], ["x", "y", "z"]]
    return [["1"], ["3"], ["5"], ["dk"]]


def stored(key: str, posted: list[str]) -> str:
    """The same as it is stored."""
    if key == "b2":
        return ";".join(posted)
    value = posted[-1] if posted else ""
    return value if value.strip() else ""


def allowed(key: str, value: str) -> bool:
    return len(value) <= 50 if key in {"a3", "c1"} else value != "x;y;z"


def shown(form: Form, key: str) -> str:
    """What the page showed when it was loaded."""
    held = [value for value in form.fields[key].values if value or key != "b2"] if key in form.fields else []
    return stored(key, held)


class Sequence:
    """One respondent and what befalls them, step by step, drawn from a seed."""

    def __init__(self, server: Killable, field: Field, dice: Random) -> None:
        self.server = server
        self.dice = dice
        self.bram: Respondent = field.invite()
        self.remembered = Remembered()
        self.is_open = True
        self.loaded: dict[tuple[str, str], list[Form]] = {}
        self.colleague: tuple[str, int, str] | None = None
        """The section, the number of the delegation and the token of its link."""
        self.dies_after: float | None = None
        self.deaths = 0
        """Of which nobody has noticed anything yet."""
        self.devices = {device: Browser(self.server.port) for device in DEVICES}
        self.steps: list[str] = []

    def run(self) -> None:
        """The steps, what must be true after each, and what must be true in the end."""
        for _ in range(STEPS):
            step = self.dice.choices(list(STEPS_AND_WEIGHTS), list(STEPS_AND_WEIGHTS.values()))[0]
            self.steps.append(step)
            getattr(self, step)()
            self.nothing_is_lost_and_nothing_is_twice()
        assert self.bram.known()
        assert self.bram.miscounted() == []

    # --- what people do ---------------------------------------------------------------------------------------------

    def look(self) -> None:
        """Follow the link, as a mail scanner does too: nothing changes."""
        device = self._device()
        self._visit(device, self._address(device))

    def begin(self) -> None:
        device = self._device()
        for _ in range(self.dice.randint(1, 2)):
            self._do(partial(self.devices[device].post, self._address(device), [("begin", "yes")]), self._begun)

    def load(self) -> None:
        """Open the page of a section; it may be posted at any time from now on."""
        device, section = self.dice.choice(DEVICES), self.dice.choice(sorted(SECTIONS))
        if device == "colleague":
            if self.colleague is None:
                return
            section = self.colleague[0]
        page = self._visit(device, f"{self._address(device)}/{section}")
        if page is not None and any("was" in form.fields for form in page.forms):
            self.loaded.setdefault((device, section), []).append(page.questions)

    def save(self) -> None:
        """Post a page, the last that was loaded or, after Back, an older one; now and then twice."""
        if not self.loaded:
            self.load()
            return
        (device, section), form = self._page()
        changes = self._changes(section, form)
        pairs = form.posted(changes, ("save-and", self.dice.choice(BUTTONS)))
        for _ in range(self.dice.randint(1, 2)):
            self._do(partial(self.devices[device].post, form.address, pairs), self._saved(device, form, changes))

    def autosave(self) -> None:
        """What the script does: only the fields of what changed, and the page stays open."""
        if not self.loaded:
            self.load()
            return
        (device, section), form = self._page()
        changes = self._changes(section, form)
        pairs = [("was", form.fields["was"].values[0]), ("language", "nl")]
        pairs += [(key, value) for key, several in changes.items() for value in several]
        address = f"{form.address.partition('?')[0]}/keep-answers"
        self._do(partial(self.devices[device].post, address, pairs), self._saved(device, form, changes))

    def send(self) -> None:
        device = self._device()
        address = f"{self._address(device)}/check-answers"
        for _ in range(self.dice.randint(1, 2)):
            self._do(partial(self.devices[device].post, address, [("send", "yes")]), self._sent)

    def reopen(self) -> None:
        device = self._device()
        self._do(partial(self.devices[device].post, f"{self._address(device)}/change-answers", []), self._reopened)

    def withdraw(self) -> None:
        """Asking is free; pressing the button is not."""
        device = self._device()
        address = f"{self._address(device)}/withdraw-answers"
        if self.dice.randrange(4):
            self._visit(device, address)
        else:
            self._do(partial(self.devices[device].post, address, []), self._withdrawn)

    def pass_on(self) -> None:
        """Ask a colleague."""
        if self.remembered.state != "draft" or not self.is_open or self.colleague is not None:
            return
        section = self.dice.choice(sorted(SECTIONS))
        pairs = [("name", "Carla"), ("email", "carla@almelo.example"), ("for", "nl")]
        page = self.devices["phone"].post(f"{self._address('phone')}/{section}/pass-on", pairs)
        assert page.status == 200, page.html
        [(found, (number, token))] = self.bram.delegations().items()
        assert found == section
        self.colleague = (section, number, token)

    def take_back(self) -> None:
        if self.remembered.state != "draft" or not self.is_open or self.colleague is None:
            return
        self.devices["phone"].post(f"{self._address('phone')}/{self.colleague[0]}/take-back", [])
        assert self.bram.delegations() == {}
        self._colleague_leaves()

    # --- what happens to them ---------------------------------------------------------------------------------------

    def time_passes(self) -> None:
        """The closing date passes, or is moved to a later day."""
        self.is_open = self.dice.random() < 0.7
        self.bram.set_open(is_open=self.is_open)

    def server_dies(self) -> None:
        """Between two requests; a connection that was being made then may be lost."""
        self.deaths += 1
        if self.dice.randrange(20) == 0:
            self.server.kill()
        else:
            self.server.kill_worker()

    def server_dies_during_the_next(self) -> None:
        self.dies_after = self.dice.uniform(0, 0.03)

    # --- what must be true ------------------------------------------------------------------------------------------

    def nothing_is_lost_and_nothing_is_twice(self) -> None:
        kept, hidden = self.bram.stored()
        assert kept.state == self.remembered.state
        assert kept.given == self.remembered.given
        assert kept.hands == {key: self.remembered.hands[key] for key in self.remembered.given}
        assert hidden == (self.remembered.hidden if kept.state == "sent" else set())

    # --- how it is done ---------------------------------------------------------------------------------------------

    def _address(self, device: str) -> str:
        if device == "colleague":
            assert self.colleague is not None
            return f"/c/{self.colleague[2]}"
        return f"/r/{self.bram.token}"

    def _visit(self, device: str, address: str) -> Loaded | None:
        page = self.devices[device].get(address)
        assert page.status < 500, page.html
        return page if page.status == 200 else None

    def _device(self) -> str:
        return self.dice.choice(DEVICES[:2])

    def _page(self) -> tuple[tuple[str, str], Form]:
        where = self.dice.choice(sorted(self.loaded))
        return where, self.dice.choice(self.loaded[where][-3:])

    def _changes(self, section: str, form: Form) -> dict[str, list[str]]:
        keys = [key for key in SECTIONS[section] if key in form.fields]
        chosen = self.dice.sample(keys, self.dice.randint(0, min(3, len(keys))))
        changes = {key: self.dice.choice(values(key)) for key in chosen}
        return {key: ["", *posted] if key == "b2" else posted for key, posted in changes.items()}

    def _do(self, request: Callable[[], Loaded], effect: Callable[[], None]) -> None:
        """Send a request that should have this effect; killed on the way, it had all of it or nothing."""
        death = None
        if self.dies_after is not None:
            death = threading.Timer(self.dies_after, self.server.kill_worker)
            death.start()
            self.dies_after, self.deaths = None, self.deaths + 1
        try:
            page = request()
        except Gone:
            assert self.deaths, "the server did not answer, and nobody killed it"
            self.deaths -= 1
            self.steps.append("(gone)")
            self._see_what_became_of(effect)
        else:
            self.steps.append(f"({page.status} {page.address})")
            assert page.status < 500, page.html
            effect()
        finally:
            if death is not None:
                death.join()

    def _see_what_became_of(self, effect: Callable[[], None]) -> None:
        """Nobody was told: all of it happened, or nothing; never half of it."""
        self.bram.field.settle()
        before, colleague = self.remembered.copy(), self.colleague
        effect()
        kept, _hidden = self.bram.stored()
        if (kept.state, kept.given) != (self.remembered.state, self.remembered.given):
            self.remembered, self.colleague = before, colleague

    def _begun(self) -> None:
        if self.remembered.state == "none" and self.is_open:
            self.remembered.state = "draft"

    def _saved(self, device: str, form: Form, changes: dict[str, list[str]]) -> Callable[[], None]:
        hands = self.colleague[1] if device == "colleague" and self.colleague is not None else None

        def effect() -> None:
            if self.remembered.state != "draft" or not self.is_open or (device == "colleague" and hands is None):
                return
            touched = {
                key: value
                for key, posted in changes.items()
                if (value := stored(key, [one for one in posted if one] if key == "b2" else posted)) != shown(form, key)
                and allowed(key, value)
            }
            self.remembered.save(touched, hands)

        return effect

    def _sent(self) -> None:
        if self.remembered.state == "draft" and self.is_open and self.remembered.complete:
            self.remembered.state = "sent"

    def _reopened(self) -> None:
        if self.remembered.state == "sent" and self.is_open:
            self.remembered.state = "draft"

    def _withdrawn(self) -> None:
        if self.is_open:
            self.remembered.forget()
            self._colleague_leaves()

    def _colleague_leaves(self) -> None:
        """Pages that a colleague has open keep their address, which has ended."""
        self.colleague = None
        self.loaded = {where: forms for where, forms in self.loaded.items() if where[0] != "colleague"}


STEPS_AND_WEIGHTS = {
    "look": 1,
    "begin": 2,
    "load": 5,
    "save": 6,
    "autosave": 5,
    "send": 3,
    "reopen": 2,
    "withdraw": 1,
    "pass_on": 1,
    "take_back": 1,
    "time_passes": 1,
    "server_dies": 0.3,
    "server_dies_during_the_next": 0.6,
}


@pytest.fixture
def server(database_url: str, tmp_path: Path) -> Iterator[Killable]:
    with served(database_url, tmp_path) as running:
        yield running


def test_no_answer_is_lost_and_none_counts_twice(server: Killable, database_url: str) -> None:
    field = Field(database_url)
    for seed in range(SEQUENCES * EFFORT):
        sequence = Sequence(server, field, Random(seed))  # noqa: S311 - nothing secret
        try:
            sequence.run()
        except BaseException as problem:
            problem.add_note(f"sequence {seed}: {' '.join(sequence.steps)}")
            raise
    field.database.dispose()
