"""Every sample questionnaire walked in a real browser: with and without scripts, in both languages, on a telephone and
on a desk, by hand and by keyboard alone; every page, also with a mistake on it, is inspected.

In every run each sample meets each way of walking once, in pairs; in the long proofs all of them are combined.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from itertools import product
from pathlib import Path
from random import Random
from typing import Final

import pytest
from playwright.sync_api import Browser, Error
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import evaluations, invitations, organisations, waves
from surveyapp.models import Organisation, schema
from surveyapp.models.database import Database
from surveyapp.queries.tokens import token_hash
from surveyapp.questionnaires.condition import Standing
from surveyapp.questionnaires.path import path
from surveyapp.questionnaires.questionnaire import Questionnaire
from tests import cast
from tests.effort import EFFORT
from tests.journeys.filling import Hand, Keyboard, answer, beside, wrong
from tests.journeys.killable import served
from tests.journeys.markup import Checker
from tests.journeys.walker import Walker
from tests.questionnaires.sampled import names, sample

pytestmark = pytest.mark.browser
_EVERYTHING: Final = tuple(product((True, False), ("nl", "en"), ("telephone", "desk")))
_PAIRS: Final = (
    ((True, "nl", "telephone"), (False, "en", "desk")),
    ((True, "en", "telephone"), (False, "nl", "desk")),
    ((True, "nl", "desk"), (False, "en", "telephone")),
    ((True, "en", "desk"), (False, "nl", "telephone")),
)


def _ways() -> list[tuple[str, bool, str, str]]:
    """Sample, with scripts, language, screen: every two of these together, or in the long proofs all."""
    return [
        (name, *way)
        for number, name in enumerate(names())
        for way in (_PAIRS[number % len(_PAIRS)] if EFFORT == 1 else _EVERYTHING)
    ]


_SHOWN: Final = "[...document.querySelectorAll('[data-question]:not([hidden])')].map(each => each.dataset.question)"
_WATCH: Final = f"""() => {{
  delete document.body.dataset.asked;
  document.body.dataset.left = 'not yet';
  document.addEventListener('submit', () => {{
    document.body.dataset.asked = JSON.stringify({_SHOWN});
  }}, {{capture: true, once: true}});
}}"""
_CAME: Final = f"""() => {{
  const {{left, asked}} = document.body.dataset;
  return left !== 'not yet' || (asked && {_SHOWN}.some(one => !JSON.parse(asked).includes(one)));
}}"""
_SLOW_NETWORK: Final = """
  const pauses = [250, 900, 500], quick = window.fetch;
  window.fetch = async (...asked) => {
    pauses.push(pauses.shift());
    await new Promise((done) => setTimeout(done, pauses[0]));
    return quick(...asked);
  };
"""
PLACE: Final = ("GM0141", "municipality")
_PEOPLE: Final = 30


@dataclass(frozen=True)
class Samples:
    """Where the samples are served, and links into them, each with the role of whom it belongs to."""

    address: str
    people: dict[str, Iterator[tuple[str, str]]]
    file: Path

    def next(self, name: str) -> tuple[str, Standing]:
        """The link of somebody who has not answered this sample yet."""
        token, role = next(self.people[name])
        return f"{self.address}/r/{token}", Standing(role, *PLACE)

    def stored(self, link: str) -> dict[str, str]:
        """What this person sent, without what is empty."""
        rows = (
            "SELECT question, value FROM answer JOIN response ON response.id = response_id"
            " JOIN invitation ON invitation.id = invitation_id WHERE token_hash = ? AND value <> '' AND submitted"
        )
        with closing(sqlite3.connect(self.file)) as opened:
            return dict(opened.execute(rows, (token_hash(link.rpartition("/")[2]),)).fetchall())


def _invited(session: Session, place: Organisation, name: str) -> Iterator[tuple[str, str]]:
    """Tokens and roles of people in a study of this sample, every role in turn."""
    now, edition = clock.now(), sample(name)
    slug = f"sample-{name.replace('_', '-')}"
    evaluation = evaluations.create(session, slug=slug, title={"nl": "Proef", "en": "Trial"}, client="Regio", by=None)
    member = evaluations.add_organisation(session, evaluation=evaluation, organisation=place, by=None)
    wave = waves.plan(
        session,
        evaluation=evaluation,
        edition=edition,
        regime="confidential",
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=20),
        sender="Bureau",
        contact_name="Anna",
        contact_email="anna@bureau.example",
        by=None,
    )
    people = []
    for number in range(_PEOPLE):
        role = edition.questionnaire.roles[number % len(edition.questionnaire.roles)].key
        _invitation, token = invitations.invite(
            session,
            wave=wave,
            membership=member,
            role=role,
            name="Bram",
            email=f"bram{number}@almelo.example",
            language="nl",
            secret_key=cast.SECRET_KEY,
            by=None,
        )
        people.append((token, role))
    return iter(people)


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Samples]:
    """A study for every sample, served as in production."""
    folder = tmp_path_factory.mktemp("samples")
    file = folder / "survey.db"
    schema.upgrade(f"sqlite:///{file}")
    database = Database(f"sqlite:///{file}")
    with database.session() as session:
        place = organisations.add(session, code=PLACE[0], name="Almelo", kind=PLACE[1], by=None)
        people = {name: _invited(session, place, name) for name in names()}
        session.commit()
    database.dispose()
    with served(f"sqlite:///{file}", folder) as server:
        yield Samples(f"http://127.0.0.1:{server.port}", people, file)


@dataclass
class Walk:
    """One person's way through a sample, and what they answered."""

    walker: Walker
    hand: Hand
    questionnaire: Questionnaire
    standing: Standing
    language: str
    dice: Random
    given: dict[str, str]

    def go(self, link: str, *, mistaken: bool) -> None:
        """From the first page to the thanks; with a mistake on every page that allows one, before it is put right."""
        self.walker.open(f"{link}?language={self.language}")
        self._press("begin", "yes")
        seen: set[str] = set()
        for _ in range(5 * len(self.questionnaire.sections)):
            if self.walker.here == "check-answers":
                break
            if self.walker.here not in seen:
                assert self.walker.shown == self._expected()
                seen.add(self.walker.here)
                if mistaken:
                    self._make_a_mistake()
            self._answer()
            self._press("save-and", "continue")
        self._press("send", "yes")
        self.walker.reads("Bedankt" if self.language == "nl" else "Thank you")

    def _expected(self) -> list[str]:
        way = path(self.questionnaire, self.standing, self.given)
        return [q.key for step in way.steps if step.section.key == self.walker.here for q in step.questions]

    def _answer(self) -> None:
        """What is shown and not answered yet, and will not go as soon as what was answered before is kept. What appears
        through that is answered when the page comes again.
        """
        for key in self.walker.shown:
            question = self.questionnaire.questions[key]
            if not question.answerable or key in self.given or key not in self._expected():
                continue
            value = answer(question, self.questionnaire, self.dice)
            self.hand.give(question, value)
            self.given |= {key: value} | {f"{key}.{part}": words for part, words in beside(question, value).items()}

    def _make_a_mistake(self) -> None:
        """The page comes back with what was typed; the summary on top leads to it."""
        mistakes = [(key, found) for key in self.walker.shown if (found := wrong(self.questionnaire.questions[key]))]
        if not mistakes:
            return
        key, fields = mistakes[0]
        for name, words in fields.items():
            self.hand.type(name, words)
        self._press("save-and", "continue")
        page = self.walker.page
        assert page.title().startswith("Fout" if self.language == "nl" else "Mistake"), page.title()
        for name, words in fields.items():
            assert page.locator(f'[name="{name}"]').input_value() == words
        page.locator(f'[role=alert] a[href="#q-{key}"]').click()
        assert page.evaluate("document.activeElement.closest('[data-question]')?.dataset.question") == key

    def _press(self, name: str, value: str) -> None:
        """Press a button; the next page comes, or with scripts the same stays to show what an answer opened."""
        page = self.walker.page
        page.evaluate(_WATCH)
        self.hand.press(name, value)
        until = time.monotonic() + 30
        while not self._came():
            assert time.monotonic() < until, f"nothing came of the button: {page.locator('#kept').all_inner_texts()}"
            page.wait_for_timeout(50)
        self.walker.look()

    def _came(self) -> bool:
        """The next page, or a question that was not there when the button went down: one that appeared on the way to
        the button keeps nobody here. While the next page comes, neither can be seen.
        """
        try:
            return bool(self.walker.page.evaluate(_CAME))
        except Error:
            return False


@pytest.mark.parametrize(("name", "scripts", "language", "screen"), _ways())
def test_a_sample_is_answered_from_the_first_page_to_the_thanks(
    browser: Browser, samples: Samples, checker: Checker, name: str, scripts: bool, language: str, screen: str
) -> None:
    """What was given is what is stored, and nothing on the way is wrong."""
    link, standing = samples.next(name)
    walker = Walker(browser, checker, screen=screen, scripts=scripts)
    walk = _walk(walker, Hand(walker.page, language), name, standing, language)
    walk.go(link, mistaken=True)
    walker.leave()
    assert samples.stored(link) == walk.given


@pytest.mark.parametrize("name", names())
def test_a_sample_is_answered_by_keyboard_alone(
    browser: Browser, samples: Samples, checker: Checker, name: str
) -> None:
    link, standing = samples.next(name)
    walker = Walker(browser, checker, screen="desk")
    walk = _walk(walker, Keyboard(walker.page, "nl"), name, standing, "nl")
    walk.go(link, mistaken=False)
    walker.leave()
    assert samples.stored(link) == walk.given


def test_who_is_ahead_of_a_slow_network_keeps_what_has_the_focus_in_sight(
    browser: Browser, samples: Samples, checker: Checker
) -> None:
    """Questions appear above a button that was reached already; it is pressed while an answer is on its way."""
    link, standing = samples.next("chain")
    walker = Walker(browser, checker, screen="desk")
    walker.context.add_init_script(_SLOW_NETWORK)
    walk = _walk(walker, Keyboard(walker.page, "nl"), "chain", standing, "nl")
    walk.go(link, mistaken=False)
    walker.leave()
    assert samples.stored(link) == walk.given


def _walk(walker: Walker, hand: Hand, name: str, standing: Standing, language: str) -> Walk:
    return Walk(walker, hand, sample(name).questionnaire, standing, language, Random(name), {})  # noqa: S311
