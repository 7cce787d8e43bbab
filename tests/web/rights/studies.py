"""Two studies with the same organisations, of which everything exists twice, and somebody of every right."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.access import OF_ONE_ORGANISATION, OWNER, RESEARCHER, STAFF_ROLES, Permission, Scope, UserLike
from surveyapp.actions import (
    delegations,
    entries,
    findings,
    interviews,
    jobs,
    letters,
    organisations,
    publications,
    recommendations,
    reviews,
    sealing,
    sign_ins,
    users,
)
from surveyapp.app import create_app
from surveyapp.config import Settings
from surveyapp.errors import NotAllowed, NotFound
from surveyapp.models import (
    Approval,
    Code,
    CountLink,
    Evaluation,
    Mail,
    Mailing,
    Membership,
    Merger,
    OpenLink,
    Passkey,
    PeopleFile,
    Rendering,
    Response,
    User,
    Wave,
)
from surveyapp.models.database import Database
from surveyapp.web import guard
from tests import cast
from tests.web.rights.expected import ROLES, WORDS
from tests.web.rights.rows import Rows

MINE, THEIRS = "samen", "elders"
OWN, OTHER, NOT_IN_MINE = "GM0141", "GM0147", "GM0363"


@dataclass(frozen=True)
class Persona:
    """Somebody with one right: in the study ``samen``, and where it is for one organisation in Almelo."""

    name: str
    role: str | None = None
    disabled: bool = False
    signed_in: bool = True

    @property
    def is_somebody(self) -> bool:
        return self.signed_in and not self.disabled


PERSONAS = (
    *(Persona(role, role) for role in ROLES),
    Persona("nobody", signed_in=False),
    Persona("without a right"),
    Persona("disabled owner", "owner", disabled=True),
)


@dataclass
class Filled:
    """The application with both studies in it, on a database of any kind."""

    app: Flask
    database: Database
    cookies: dict[str, str] = field(init=False)
    studies: dict[str, int] = field(init=False)
    beginning: Rows = field(init=False)

    def __post_init__(self) -> None:
        with self.database.session() as session:
            self.cookies, self.studies = fill(session)
            session.commit()
        self.beginning = Rows(self.database)


@dataclass
class TwoStudies(Filled):
    """Both studies in a file that can be put back as it was."""

    file: Path
    turned_away: list[str] = field(default_factory=list)
    """What the guard refused since this was last emptied; other refusals are of the verbs behind it."""
    watch: sqlite3.Connection = field(init=False)
    """Tells whether anybody else wrote since it last looked."""
    _restored: int = field(init=False)

    def __post_init__(self) -> None:
        super().__post_init__()
        with (
            closing(sqlite3.connect(self.file)) as it,
            closing(sqlite3.connect(self.file.with_suffix(".kept"))) as kept,
        ):
            it.backup(kept)
        self.watch = sqlite3.connect(self.file)
        self._restored = self._version()

    def _version(self) -> int:
        return int(self.watch.execute("PRAGMA data_version").fetchone()[0])

    @property
    def is_touched(self) -> bool:
        """Whether anything was written since everything was as at the beginning."""
        return self._version() != self._restored

    def restore(self) -> None:
        """Everything as it was at the beginning."""
        if not self.is_touched:
            return
        with (
            closing(sqlite3.connect(self.file.with_suffix(".kept"))) as kept,
            closing(sqlite3.connect(self.file)) as it,
        ):
            kept.backup(it)
        self._restored = self._version()


@contextmanager
def two_studies(file: Path) -> Iterator[TwoStudies]:
    """Both studies in this file, which has its tables and nothing in them."""
    app = application(f"sqlite:///{file}")
    made = TwoStudies(app, app.extensions["surveyapp.database"], file)
    with closing(made.watch), pytest.MonkeyPatch.context() as patch:
        patch.setattr(guard, "check", _noting(made.turned_away))
        yield made
    made.database.dispose()


def application(url: str) -> Flask:
    """The application on this database; a view that fails answers as it would in use, and forms need no proof."""
    app = create_app(Settings(database_url=url, secret_key=cast.SECRET_KEY))
    app.config.update(WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=False)
    return app


def _noting(turned_away: list[str]) -> Callable[[UserLike | None, Permission, Scope], None]:
    """The check of the guard, which writes down whom it turns away."""
    check = guard.check

    def noting(user: UserLike | None, permission: Permission, scope: Scope) -> None:
        try:
            check(user, permission, scope)
        except (NotAllowed, NotFound) as refused:
            turned_away.append(refused.code)
            raise

    return noting


def fill(session: Session) -> tuple[dict[str, str], dict[str, int]]:
    """Both studies and everybody: the cookie of each persona, and the id of each study by its name in addresses."""
    mine = cast.study(session, commit=False)
    mine.respond(session, "governor", t1_1="4", t1_good="Dit is van ons.")
    mine.begin(session, "official", member=1, t1_1="2")
    found = {evaluation.slug: evaluation for evaluation in session.scalars(select(Evaluation))}
    place = organisations.add(session, code=NOT_IN_MINE, name="Amsterdam", kind="municipality", by=None)
    session.add(Membership(evaluation=found[THEIRS], organisation=place, position=9))
    for evaluation in found.values():
        _everything_else(session, evaluation, mine.anna)
    dirk = users.create(session, email="dirk@elders.example", name="Dirk", by=None)
    users.grant(session, user=dirk, role=RESEARCHER.name, evaluation=found[THEIRS], by=None)
    cookies = {each.name: _admit(session, each, found[MINE]) for each in PERSONAS if each.signed_in}
    return cookies, {slug: evaluation.id for slug, evaluation in found.items()}


def _admit(session: Session, persona: Persona, evaluation: Evaluation) -> str:
    email = f"{persona.name.replace(' ', '-')}@samen.example"
    user = users.create(session, email=email, name=persona.name, by=None)
    if persona.role in OF_ONE_ORGANISATION:
        member = next(each for each in evaluation.memberships if each.organisation.code == OWN)
        users.grant(session, user=user, role=persona.role, membership=member, by=None)
    elif persona.role == OWNER.name:
        users.grant(session, user=user, role=persona.role, by=None)
    elif persona.role is not None:
        users.grant(session, user=user, role=persona.role, evaluation=evaluation, by=None)
    token = sign_ins.begin(session, user=user, second_factor=True)
    user.disabled_at = clock.now() if persona.disabled else None
    return token


def _everything_else(session: Session, evaluation: Evaluation, anna: User) -> None:
    """One of everything that an address can name, beside the people and answers that are there."""
    wave = session.scalars(select(Wave).where(Wave.evaluation_id == evaluation.id)).one()
    member = next(each for each in evaluation.memberships if each.organisation.code == OWN)
    study = cast.Study(anna, evaluation, wave, evaluation.memberships)
    on_paper = study.invite(session, "official")
    entries.start(session, invitation=on_paper, channel="paper", by=anna, promise=None)
    _published(session, wave, anna)
    moment = clock.now()
    mailing = Mailing(wave=wave, purpose="invitation", number=1, per_minute=60, scheduled_at=moment)
    drafts = select(Response).where(Response.wave_id == wave.id, ~Response.submitted, Response.channel == "web")
    response = session.scalars(drafts).first()
    assert response is not None
    assert response.invitation is not None
    delegations.pass_on(
        session,
        response=response,
        section="second",
        name="Carla",
        email="carla@samen.example",
        language="nl",
        secret_key=cast.SECRET_KEY,
    )
    invitee = response.invitation.invitee
    session.add_all(
        [
            OpenLink(wave=wave, role="resident", token_hash=f"open {evaluation.slug}"),
            CountLink(wave=wave, membership=member, token_hash=f"count {evaluation.slug}"),
            PeopleFile(
                wave=wave,
                uploaded_at=moment,
                expires_at=moment + timedelta(days=1),
                name="mensen.csv",
                content=b"name,email,organisation,role,language\n",
                job=jobs.enqueue(session, kind="import-people", evaluation_id=evaluation.id, file=0),
            ),
            mailing,
            Mail(mailing=mailing, purpose="invitation", invitee=invitee, due_at=moment, message_id=evaluation.slug),
            Approval(evaluation=evaluation, act="publish", reason="Het is zover.", asker=anna, asked_at=moment),
            *_pictures(evaluation),
            _letters(evaluation),
            Passkey(
                user_id=anna.id,
                credential=evaluation.slug.encode(),
                public_key=b"",
                sign_count=0,
                name="Sleutel",
                created_at=moment,
            ),
        ]
    )
    jobs.enqueue(session, kind="publish", wave=wave.id, by=anna.id, evaluation_id=evaluation.id)
    _found(session, wave, anna)
    _interviewed(session, study, member)
    session.flush()


def _found(session: Session, wave: Wave, anna: User) -> None:
    """A finding in the report that rests on a document, and a recommendation."""
    said = findings.Said("t1", "De doelen zijn niet overal bekend.")
    finding = findings.write(session, wave=wave, said=said, by=anna)
    findings.cite(session, finding=finding, title="Visie", place="", dated="", page="3", stance="supports", by=anna)
    findings.show(session, finding=finding, in_report=True, by=anna)
    advised = recommendations.Advised("Maak ze bekend.", "De stuurgroep", "process", "now", "small")
    recommendations.write(session, wave=wave, advised=advised, findings=[finding], by=anna)
    text = [{"key": "finding-1", "heading": "", "text": said.fact}]
    deadline = clock.now() + timedelta(days=9)
    review = reviews.begin(
        session, wave=wave, kind="facts", title="Feiten", paragraphs=text, deadline=deadline, by=anna
    )
    reader = reviews.add_reader(session, review=review, name="Carla", email="", secret_key=cast.SECRET_KEY, by=anna)
    reviews.say(session, reader=reader, remarks={("finding-1", "fact"): "Niet bij ons."})


def _interviewed(session: Session, study: cast.Study, member: Membership) -> None:
    """A conversation with somebody of this organisation, in half an hour."""
    starts = clock.now() + timedelta(minutes=30)
    held = interviews.plan(session, wave=study.wave, membership=member, starts_at=starts, by=study.anna)
    interviews.add_participant(session, interview=held, name="Bram", by=study.anna)


def _letters(evaluation: Evaluation) -> Rendering:
    """Letters that were printed, as ``letters`` keeps them."""
    made = Rendering(
        evaluation_id=evaluation.id,
        digest=WORDS["letters.digest"],
        audience=letters.AUDIENCE,
        kind=letters.KIND,
        specification={},
        requested_at=clock.now(),
        expires_at=clock.now() + timedelta(hours=1),
    )
    made.media_type = "application/pdf"
    key = cast.SECRET_KEY
    made.content = sealing.seal_bytes(b"%PDF-", secret_key=key, purpose=letters.KIND, whose=made.digest)
    return made


def _pictures(evaluation: Evaluation) -> list[Rendering]:
    members = [(name, member.id) for name in ("team", "organisation") for member in evaluation.memberships]
    places = [("team", None), ("lead", None), ("public", None), *members]
    return [
        Rendering(
            evaluation_id=evaluation.id,
            digest=WORDS["digest"],
            audience=audience,
            membership_id=place,
            kind="figure",
            specification={},
            media_type="image/svg+xml",
            content=b"<svg></svg>",
            requested_at=clock.now(),
        )
        for audience, place in places
    ]


def _published(session: Session, wave: Wave, anna: User) -> None:
    """Published, and then opened again, as no verb allows: so that every page of it can be reached."""
    wave.closed_at, wave.for_public = clock.now(), True
    session.flush()
    for audience in ("lead", "public"):
        publications.publish(session, wave=wave, audience=audience, by=anna)
    moment, members = clock.now(), [OWN, OTHER]
    merger = Merger(wave=wave, kind="organisations", members=members, reason="Te klein.", approved_by=anna.id)
    merger.approved_at = moment
    session.add(merger)
    session.add(Code(evaluation_id=wave.evaluation_id, key="time", title="Tijd"))
    wave.closed_at = None


assert ROLES.keys() == STAFF_ROLES.keys(), "a new role: say in tests/web/rights/expected.py what it may"
