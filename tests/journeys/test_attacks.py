"""Somebody who fills in every form with what nobody should, as everybody who can sign in or answer.

No page breaks, none shows words as markup, and nobody comes to see or change what belongs to another study. A little on
every run; in the long proofs many times more.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Final
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from surveyapp import clock
from surveyapp.actions import delegations, evaluations, open_links, organisations, sign_ins, waves
from surveyapp.actions import invitations as inviting
from surveyapp.models import Delegation, Evaluation, Invitation, Membership, User, Wave
from surveyapp.queries import responses
from surveyapp.questionnaires import library
from tests.effort import EFFORT
from tests.journeys.fuzzing import HOSTILE, Form, crawl, filled, read
from tests.web.staff import SECRET, Stage, drop_curtain, raise_curtain, set_up

PAGES: Final = 45 * min(EFFORT, 10)
TIMES: Final = 2 * EFFORT
"""How often each form is filled in."""
LEAVING: Final = ("/sign-out",)
OF_ANOTHER: Final = ("Dit is van een ander.", "geheim-van-elders@elders.example", "Zonderlinge Zevenslaper")
"""What only the other study holds."""
STAFF: Final = ("anna", "owner", "lead", "bram", "dirk")


@dataclass
class Attack:
    """What went wrong, and on which page."""

    stage: Stage
    client: FlaskClient
    who: str
    faults: list[str] = field(default_factory=list)
    forms: dict[tuple[str, ...], Form] = field(default_factory=dict)
    pages: int = 0

    def look(self, what: str, answer: TestResponse) -> None:
        """What must be true of every answer, whatever was asked."""
        text = answer.get_data(as_text=True) if answer.mimetype and answer.mimetype.startswith("text/") else ""
        if answer.status_code >= 500 and answer.status_code != 503:
            self.faults.append(f"{answer.status_code}: {what}")
        self.faults += [f"words became markup ({strange}): {what}" for strange in read("/", answer).strange]
        if self.who not in {"owner", "dirk"}:
            self.faults += [f"another study's {words!r}: {what}" for words in OF_ANOTHER if words in text]
        if "Traceback" in text or "sqlalchemy" in text.lower():
            self.faults.append(f"the inside: {what}")
        leads = urlsplit(answer.headers.get("Location", ""))
        if leads.netloc not in {"", "localhost", "127.0.0.1:8000"}:
            self.faults.append(f"leads away to {leads.netloc}: {what}")
        if any("stolen" in cookie for cookie in answer.headers.getlist("Set-Cookie")):
            self.faults.append(f"a header of its own: {what}")
        answer.close()

    def walk(self, start: str) -> None:
        """Read every page and remember its forms."""
        for page, answer in crawl(self.client, start, PAGES, LEAVING):
            self.pages += 1
            for form in read(page, answer).forms:
                if not any(part in form.action for part in LEAVING):
                    self.forms.setdefault(form.key, form)
            self.look(f"GET {page}", answer)

    def press(self, form: Form, dice: Random) -> None:
        """Fill in a form as nobody should, and send it."""
        values = filled(form, dice)
        what = f"{self.who} {form.method} {form.action} {[(k, str(v)[:40]) for k, v in values.items(multi=True)]}"
        if form.method == "get":
            self.look(what, self.client.get(urlsplit(form.action).path, query_string=values))
        else:
            self.look(what, self.client.post(form.action, data=values))

    def renew(self) -> None:
        """Sign in again: a form may have ended the session."""
        if self.who in STAFF:
            with self.stage.database.session() as session:
                named = select(User).where(User.email.in_([f"{self.who}@samen.example", "anna@bureau.example"]))
                users = {user.email.partition("@")[0]: user for user in session.scalars(named)}
                if self.who in users:
                    self.client.set_cookie("sign-in", sign_ins.begin(session, user=users[self.who]))
                session.commit()


@pytest.fixture
def stage(tmp_path: Path, migrated_file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    """Anna's study with everything in it, beside another that holds what nobody of hers may see."""
    path = tmp_path / "survey.db"
    shutil.copyfile(migrated_file, path)
    monkeypatch.setattr("surveyapp.web.renderings.PATIENCE", 0.0)
    raised = raise_curtain(f"sqlite:///{path}")
    set_up(raised, answers="one")
    with raised.database.session() as session:
        other = session.scalars(select(Evaluation).where(Evaluation.slug == "elders")).one()
        for seat in session.scalars(select(Invitation).join(Invitation.invitee)):
            assert seat.invitee is not None
            if seat.invitee.wave.evaluation_id == other.id:
                seat.invitee.name, seat.invitee.email = OF_ANOTHER[2], OF_ANOTHER[1]
        session.commit()
    yield raised
    drop_curtain(raised)


@pytest.mark.parametrize("who", [*STAFF, "nobody"])
def test_no_form_of_the_team_breaks_leaks_or_shows_words_as_markup(stage: Stage, who: str) -> None:
    attack = Attack(stage, stage.client(who if who in STAFF else None), who)
    for start in ("/evaluations", "/evaluations/samen", "/account", "/sign-in", "/log", "/users", "/jobs"):
        if attack.pages < PAGES:
            attack.walk(start)
    least = {"anna": 10, "owner": 10}.get(who, 1)
    assert len(attack.forms) >= least, "the walk comes to the forms"
    dice = Random(f"{who}{EFFORT}")  # noqa: S311
    forms = sorted(attack.forms.values(), key=lambda form: form.key)
    for _ in range(TIMES):
        for form in dice.sample(forms, len(forms)):
            attack.renew()
            attack.press(form, dice)
    assert attack.faults == []


@pytest.fixture
def links(stage: Stage) -> dict[str, str]:
    """Addresses of somebody who answers, of a colleague, and of an open link."""
    with stage.database.session() as session:
        study = session.scalars(select(Evaluation).where(Evaluation.slug == "samen")).one()
        wave = session.scalars(select(Wave).where(Wave.evaluation_id == study.id)).one()
        member = session.scalars(select(Membership).where(Membership.evaluation_id == study.id)).first()
        assert member is not None
        found = {}
        for name in ("fresh", "begun"):
            invitation, token = inviting.invite(
                session,
                wave=wave,
                membership=member,
                role="governor",
                name="Wilma",
                email=f"{name}@almelo.example",
                language="nl",
                secret_key=SECRET,
                by=None,
            )
            found[name] = f"/r/{token}"
        from_open = responses.of(session, invitation)
        assert from_open is None
        session.commit()
    client = stage.client()
    client.post(found["begun"], data={"language": "nl"})
    with stage.database.session() as session:
        begun = session.scalars(select(Invitation).where(Invitation.id == invitation.id)).one()
        response = responses.of(session, begun)
        assert response is not None
        _delegation, token = delegations.pass_on(
            session,
            response=response,
            section="g1",
            name="Carla",
            email="carla@almelo.example",
            language="nl",
            secret_key=SECRET,
        )
        found["colleague"] = f"/c/{token}"
        assert session.scalars(select(Delegation)).one().section == "g1"
        session.commit()
    found["open"] = _open_link(stage)
    return found


def _open_link(stage: Stage) -> str:
    """Of a study of its own, as a role is either invited or open."""
    with stage.database.session() as session:
        place = organisations.add(session, code="WIJK1", name="De Wijk", kind="neighbourhood", by=None)
        study = evaluations.create(session, slug="wijk", title={"nl": "Wijk"}, client="Regio", by=None)
        member = evaluations.add_organisation(session, evaluation=study, organisation=place, by=None)
        wave = waves.plan(
            session,
            evaluation=study,
            edition=library.load("seven-habits/1"),
            regime="confidential",
            opens_at=clock.now() - timedelta(days=1),
            closes_at=clock.now() + timedelta(days=9),
            sender="Bureau",
            contact_name="Anna",
            contact_email="anna@bureau.example",
            by=None,
        )
        _link, token = open_links.add(
            session, wave=wave, membership=member, role=None, most=None, secret_key=SECRET, by=None
        )
        session.commit()
    return f"/o/{token}"


@pytest.mark.parametrize("name", ["fresh", "begun", "colleague", "open"])
def test_no_form_of_who_answers_breaks_leaks_or_shows_words_as_markup(
    stage: Stage, links: dict[str, str], name: str
) -> None:
    attack = Attack(stage, stage.client(), name)
    if name == "fresh":
        attack.client.post(links[name], data={"language": "nl"})
    attack.walk(links[name])
    if name != "open":
        attack.walk(f"{links[name]}/g1")
    assert attack.forms
    dice = Random(f"{name}{EFFORT}")  # noqa: S311
    forms = sorted(attack.forms.values(), key=lambda form: form.key)
    for _ in range(TIMES):
        for form in dice.sample(forms, len(forms)):
            attack.press(form, dice)
    assert attack.faults == []


def test_no_address_breaks_whatever_stands_in_it(stage: Stage) -> None:
    attack = Attack(stage, stage.client("anna"), "anna")
    dice = Random(EFFORT)  # noqa: S311
    every = [rule for rule in stage.app.url_map.iter_rules() if "GET" in set(rule.methods or ())]
    rules = sorted({str(rule) for rule in every if rule.arguments})
    for rule in rules:
        for _ in range(TIMES):
            parts = [dice.choice(HOSTILE)[:200] if "<" in part else part for part in rule.split("/")]
            path = "/".join(part.replace("\r", "%0d").replace("\n", "%0a") for part in parts)
            attack.look(f"GET {path[:120]!r}", attack.client.get(path or "/"))
    assert attack.faults == []


def test_an_attack_that_succeeds_is_noticed(stage: Stage) -> None:
    """The walls of these tests are not painted on."""
    attack = Attack(stage, stage.client(), "anna")
    page = '<form method="post" action="/x"><input name="a"></form><x-mark onload=1><a href="javascript:1">'
    attack.look("planted", stage.app.response_class(f"{page}{OF_ANOTHER[0]} Traceback"))  # type: ignore[arg-type]
    attack.look("broken", stage.app.response_class("", status=500))  # type: ignore[arg-type]
    away = stage.app.response_class("", status=302, headers={"Location": "//evil.example/x", "Set-Cookie": "stolen=1"})
    attack.look("away", away)  # type: ignore[arg-type]
    assert len(attack.faults) == 7
