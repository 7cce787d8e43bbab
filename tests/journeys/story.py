"""People who answer an anonymous wave through its real pages, interrupted, on two devices."""

import http.client
import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.actions import sign_ins
from surveyapp.models import Response
from surveyapp.models.database import Database
from surveyapp.questionnaires.edition import Edition
from tests import cast
from tests.journeys.prying import Dump

PAGE = 12
"""Statements on each of two pages."""
ONLY_OFFICIALS, ONLY_GOVERNORS = "s2_official", "s2_governor"
ASKED_ONLY_OF = {ONLY_OFFICIALS: "official", ONLY_GOVERNORS: "governor"}
ALMELO, BORNE, ENSCHEDE = range(3)
PEOPLE = ((ALMELO, "governor", 1), (ALMELO, "official", 5), (BORNE, "governor", 2), (BORNE, "official", 6),
          (ENSCHEDE, "official", 30))  # fmt: skip
NEVER_SENT = "Dit stuur ik nooit op."


def edition() -> Edition:
    """Two pages of statements, some for one role only, and room for words."""
    document = cast.edition().model_dump(mode="json", by_alias=True)
    statement: dict[str, Any] = {"kind": "scale", "scale": "agree", "text": {"nl": "Gaat het goed?"}}
    pages: list[dict[str, Any]] = []
    for number, theme in ((1, "t1"), (2, "t2")):
        questions = [{"key": f"s{number}_{item}", **statement} for item in range(PAGE)]
        pages.append({"key": f"p{number}", "title": {"nl": "Deel"}, "theme": theme, "questions": questions})
    pages[1]["questions"] += [
        {"key": ONLY_OFFICIALS, **statement, "roles": ["official"]},
        {"key": ONLY_GOVERNORS, **statement, "when": {"not": {"role": "official"}}},
        {"key": "words", "kind": "text", "text": {"nl": "Wat nog?"}},
    ]
    document["questionnaire"]["sections"] = pages
    return Edition.model_validate(document)


@dataclass
class Person:
    """Somebody invited, and what they answer."""

    invitation: int
    token: str
    member: int
    role: str
    marks: dict[str, str]

    @property
    def words(self) -> str:
        return f"Zo denkt nummer {self.invitation} erover."


@dataclass
class Story:
    """Who was invited to a wave, and in which order they sent; an attacker may know that order too."""

    wave: int
    anna: str
    """Her cookie."""
    people: list[Person]
    sent: list[int] = field(default_factory=list)

    def truth(self, dump: Dump) -> dict[int, int]:
        """Invitation -> response, by the words that nobody but the test knows to be theirs."""
        by_words = {person.words: person.invitation for person in self.people}
        return {
            by_words[row.values["value"]]: row.values["response_id"]
            for row in dump.tables["answer"]
            if row.values["question"] == "words" and row.values["value"] in by_words
        }


def prepare(session: Session) -> Story:
    """An anonymous wave with a governor who is the only one, and the cookie of a researcher."""
    study = cast.study(session, asked=edition(), regime="anonymous")
    chance = random.Random(4)  # noqa: S311 - any answers will do, always the same
    invited = [
        (study.invite(session, role, member=member, name=f"Persoon {number}", email=f"p{number}@{member}.example"),
         member, role)
        for member, role, many in PEOPLE for number in range(many)
    ]  # fmt: skip
    people = [
        Person(
            invitation.id,
            study.tokens[invitation.id],
            member,
            role,
            {f"s{page}_{item}": str(chance.randint(1, 5)) for page in (1, 2) for item in range(PAGE)},
        )
        for invitation, member, role in invited
    ]
    chance.shuffle(people)
    cookie = sign_ins.begin(session, user=study.anna)
    session.commit()
    return Story(study.wave.id, cookie, people)


@dataclass
class Device:
    """A telephone or computer: it keeps nothing, the link is the key."""

    port: int

    def get(self, path: str, cookie: str = "") -> tuple[int, str]:
        return self._ask("GET", path, None, {"Cookie": f"sign-in={cookie}"} if cookie else {})

    def post(self, path: str, **fields: str) -> int:
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", path, urlencode(fields), headers)[0]

    def _ask(self, method: str, path: str, body: str | None, headers: Mapping[str, str]) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body, dict(headers))
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()


def answer(story: Story, port: int, database: Database) -> set[int]:
    """Everybody on a telephone and then at a desk, interrupted by others; the last four never send.

    Returns the numbers that the responses had as drafts.
    """
    silent = {person.token for person in story.people[-4:]}
    waiting: list[Person] = []
    drafts: set[int] = set()
    for person in story.people:
        begin(person, Device(port))
        drafts |= drafts_of(story, database)
        waiting.append(person)
        if len(waiting) > 2:
            finish(story, waiting.pop(0), Device(port), silent)
    for person in waiting:
        finish(story, person, Device(port), silent)
    return drafts


def drafts_of(story: Story, database: Database) -> set[int]:
    with database.session(readonly=True) as session:
        unsent = select(Response.id).where(Response.wave_id == story.wave, Response.submitted.is_(False))
        return set(session.scalars(unsent))


def begin(person: Person, telephone: Device) -> None:
    status, landing = telephone.get(f"/r/{person.token}")
    assert status == 200
    found = re.search(r'name="promise" value="(\w+)"', landing)
    assert telephone.post(f"/r/{person.token}", promise=found[1] if found else "") == 303
    marks = {key: mark for key, mark in person.marks.items() if key.startswith("s1")}
    assert telephone.post(f"/r/{person.token}/p1", was="", **marks, **{"save-and": "later"}) == 303


def finish(story: Story, person: Person, desk: Device, silent: set[str]) -> None:
    status, page = desk.get(f"/r/{person.token}/p1")
    assert status == 200
    assert "checked" in page
    marks = {key: mark for key, mark in person.marks.items() if key.startswith("s2")}
    status, page = desk.get(f"/r/{person.token}/p2")
    for key in ASKED_ONLY_OF:
        if f'name="{key}"' in page:
            marks[key] = "3"
    words = NEVER_SENT if person.token in silent else person.words
    assert desk.post(f"/r/{person.token}/p2", was="", words=words, **marks, **{"save-and": "continue"}) == 303
    if person.token not in silent:
        assert desk.post(f"/r/{person.token}/check-answers") == 303
        story.sent.append(person.invitation)


def refused(story: Story, port: int) -> None:
    """Nobody can change, withdraw, get back or pass on anything, before sending or after; see ``nothing_passed_on``."""
    device = Device(port)
    sent = next(person for person in story.people if person.invitation == story.sent[0])
    for person, pages in (
        (sent, ("change-answers", "withdraw-answers", "own-copy", "p2/pass-on", "p1", "check-answers")),
        (story.people[-1], ("change-answers", "withdraw-answers", "own-copy", "p2/pass-on")),
    ):
        for page in pages:
            assert person.words not in device.get(f"/r/{person.token}/{page}")[1]
            fields = {"name": "Carla", "email": "carla@almelo.example", "language": "nl", "s1_0": "1"}
            status = device.post(f"/r/{person.token}/{page}", **fields)
            assert status in {303, 404, 405, 409}, page
    assert "anoniem" in device.get(f"/r/{story.people[-1].token}/p2/pass-on")[1]
