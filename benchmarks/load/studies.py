"""Studies as large as one likes, made in seconds: their rows go straight into the tables, the tallies with them.

Everybody answers ``seven-habits/1`` in their role: 31 or 52 statements, some of them skipped, and now and then words.
Of every five people that are invited four hand in, and one in ten stops halfway. All of it is drawn from one seed, in
numpy, some thousands of people at a time; responses get their random numbers in ascending order, so that both databases
write their pages one after another. PostgreSQL gets them by COPY, SQLite by prepared statements without a journal.
``tallies.recount`` must find nothing to repair afterwards.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray
from psycopg import Connection, sql
from sqlalchemy import func, insert, select, text
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.access import OWNER
from surveyapp.actions import evaluations, sign_ins, users, waves
from surveyapp.models import Invitation, Invitee, Membership, Organisation
from surveyapp.models.database import Database
from surveyapp.questionnaires.library import load
from surveyapp.questionnaires.questionnaire import DONT_KNOW, NOT_APPLICABLE, SKIPPED, Questionnaire

ROLES: Final = ("governor", "official", "official", "official", "project")
"""Of each five at a place."""
INVITED_OF_FOUR: Final = 5
AT_A_TIME: Final = 10_000
DAYS: Final = 20
WORDS: Final = "Het overleg gaat hier best goed, maar de gegevens komen te laat en lang niet van iedereen."
CODES: Final = ("1", "2", "3", "4", "5", DONT_KNOW, NOT_APPLICABLE, WORDS, SKIPPED)
"""What is drawn, as its place in here; the last is no row."""
_WRITTEN, _NOTHING = 7, 8
_WEIGHTS: Final = (2, 4, 6, 5, 2, 1.5, 0.7)
_WRITES: Final = 0.05
_SKIPS: Final = 0.03

Row = tuple[object, ...]
Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Made:
    """What was put in: ``cookie`` is the sign-in of somebody who may see everything."""

    wave: int
    people: int
    """Who handed in."""
    answers: int
    cookie: str


class Into(Protocol):
    """A database that takes many rows at once."""

    def __call__(self, table: str, columns: Sequence[str], rows: Iterable[Row]) -> None: ...


def make(database: Database, people: int, places: int, *, one_by_one: bool = True) -> Made:
    """A study in an empty database, in which so many handed in; without ``one_by_one``, there are only the tallies."""
    with database.session() as session:
        wave, cookie = _planned(session, places)
        session.commit()
    drawn = _Drawn(load("seven-habits/1").questionnaire, places, wave)
    with _opened(database) as into:
        for first in range(0, people, AT_A_TIME):
            drawn.some(first, min(first + AT_A_TIME, people), people, into if one_by_one else None)
        for table, columns, rows in drawn.tallies():
            into(table, columns, rows)
    _settled(database)
    return Made(wave, people, drawn.answers, cookie)


def _planned(session: Session, places: int) -> tuple[int, str]:
    """An open wave of a study with so many municipalities, in an otherwise empty database: these are 1, 2, 3, ..."""
    owner = users.create(session, email="anna@bureau.example", name="Anna", by=None)
    users.grant(session, user=owner, role=OWNER.name, by=None)
    evaluation = evaluations.create(session, slug="study", title={"nl": "Onderzoek"}, client="Regio", by=owner)
    wave = waves.plan(
        session,
        evaluation=evaluation,
        edition=load("seven-habits/1"),
        regime="confidential",
        opens_at=clock.now() - timedelta(days=DAYS),
        closes_at=clock.now() + timedelta(days=7),
        sender="Bureau",
        contact_name="Anna",
        contact_email="anna@bureau.example",
        by=owner,
    )
    session.flush()
    numbers = range(1, places + 1)
    found = [{"code": f"GM{n:04}", "name": f"Gemeente {n}", "kind": "municipality"} for n in numbers]
    session.execute(insert(Organisation), found)
    members = [{"evaluation_id": evaluation.id, "organisation_id": n, "position": n} for n in numbers]
    session.execute(insert(Membership), members)
    return wave.id, sign_ins.begin(session, user=owner)


class _Drawn:
    """People with their answers, and how many gave each: the tallies grow with the questions, never with the people."""

    def __init__(self, questionnaire: Questionnaire, places: int, wave: int) -> None:
        self._wave, self._places = wave, places
        self._dice = np.random.default_rng(20_261_122)
        self._questionnaire = questionnaire
        self._roles = [role.key for role in questionnaire.roles]
        self._role_of = np.array([self._roles.index(role) for role in ROLES])
        self._keys = sorted(key for key, one in questionnaire.questions.items() if one.kind in {"scale", "text"})
        self._is_text = np.array([questionnaire.questions[key].kind == "text" for key in self._keys])
        self._put = np.array([[self._is_put(key, role) for key in self._keys] for role in self._roles])
        shares = [self._dice.dirichlet(_WEIGHTS) for _place in range(places)]
        self._until = np.cumsum(shares, axis=1)
        """Of each place, up to where a random number means which code."""
        self._items = np.zeros((len(self._keys), places, len(self._roles), len(CODES)), np.int64)
        self._themes: dict[str, Numbers] = {}
        self._people = np.zeros((places, len(self._roles)), np.int64)
        self.answers = 0

    def _is_put(self, key: str, role: str) -> bool:
        return self._questionnaire.questions[key].asked_of(role)

    def some(self, first: int, last: int, people: int, into: Into | None) -> None:
        """Draw those who handed in, from the one number to the other; count them, and write them."""
        numbers = np.arange(first, last)
        place, role = numbers % self._places, self._role_of[numbers // self._places % len(ROLES)]
        given = self._given(place, role)
        self._count(place, role, given)
        self.answers += int((given != _NOTHING).sum())
        if into is not None:
            for table, columns, rows in self._rows(numbers, place, role, given, people):
                into(table, columns, rows)

    def _given(self, place: Numbers, role: Numbers) -> Numbers:
        """(people, keys): the places in ``CODES``."""
        drawn = self._dice.random((len(place), len(self._keys)))
        given = (drawn[:, :, None] > self._until[place][:, None, :-1]).sum(axis=2)
        given = np.where(self._is_text, np.where(drawn < _WRITES, _WRITTEN, _NOTHING), given)
        given[self._dice.random(given.shape) < _SKIPS] = _NOTHING
        given[~self._put[role]] = _NOTHING
        return given

    def _count(self, place: Numbers, role: Numbers, given: Numbers) -> None:
        keys = np.arange(len(self._keys))
        shape = self._items.shape
        at = np.ravel_multi_index((keys[None, :], place[:, None], role[:, None], given), shape)
        self._items += np.bincount(at.ravel(), minlength=self._items.size).reshape(shape)
        np.add.at(self._people, (place, role), 1)
        for theme in self._questionnaire.themes:
            self._count_theme(theme, place, role, given)

    def _count_theme(self, theme: str, place: Numbers, role: Numbers, given: Numbers) -> None:
        items = self._questionnaire.scored_items(theme)
        worth = np.zeros((len(items), len(CODES)), np.int64)
        for number, item in enumerate(items):
            for answer, points in self._questionnaire.points(item).items():
                worth[number, CODES.index(answer)] = points
        columns = [self._keys.index(item.key) for item in items]
        scored = np.stack([worth[number][given[:, column]] for number, column in enumerate(columns)], axis=1)
        shape = (self._places, len(self._roles), len(items) + 1, int(worth.max(axis=1).sum()) + 1)
        at = np.ravel_multi_index((place, role, (scored > 0).sum(axis=1), scored.sum(axis=1)), shape)
        counted = np.bincount(at, minlength=int(np.prod(shape))).reshape(shape)
        self._themes[theme] = self._themes.get(theme, 0) + counted

    def _rows(
        self, numbers: Numbers, place: Numbers, role: Numbers, given: Numbers, people: int
    ) -> Iterator[tuple[str, Sequence[str], Iterable[Row]]]:
        """The rows of those who handed in, and of each fourth the one who was invited with them and did not."""
        wave, now = self._wave, clock.now().replace(tzinfo=None)
        places, roles = (place + 1).tolist(), [self._roles[each] for each in role]
        step = (1 << 62) // (people * 2)
        keys = (numbers * 2 * step + self._dice.integers(1, step, len(numbers))).tolist()
        ids = (numbers + numbers // 4 + 1).tolist()
        silent = [(number + 1, where, who) for number, where, who in zip(ids, places, roles, strict=True)]
        silent = [each for each in silent if each[0] % INVITED_OF_FOUR == 0]
        everybody = [*zip(ids, places, roles, strict=True), *silent]
        yield (
            "invitee",
            ("id", "wave_id", "membership_id", "role", "name", "email", "language", "test"),
            ((n, wave, where, who, f"Naam {n}", f"naam.{n}@gemeente.example", "nl", 0) for n, where, who in everybody),
        )
        yield (
            "invitation",
            ("id", "invitee_id", "repeated", "generation", "token_hash"),
            ((n, n, 0, 1, f"{n:064}") for n, _where, _who in everybody),
        )
        began = [now - timedelta(seconds=int(ago)) for ago in self._dice.integers(3600, DAYS * 86_400, len(ids))]
        columns = ("id", "invitation_id", "wave_id", "regime", "membership_id", "role", "submitted", "started_at")
        known = zip(keys, ids, places, roles, began, strict=True)
        yield (
            "response",
            (*columns, "submitted_at", "channel"),
            (
                (key, n, wave, "confidential", where, who, 1, _moment(at), _moment(at + timedelta(minutes=20)), "web")
                for key, n, where, who, at in known
            ),
        )
        drafts = [(keys[0] + step + number, *each) for number, each in enumerate(silent) if each[0] % 10 == 0]
        yield (
            "response",
            (*columns, "channel"),
            ((key, n, wave, "confidential", where, who, 0, _moment(now), "web") for key, n, where, who in drafts),
        )
        yield "receipt", ("invitation_id",), ((n,) for n in ids)
        yield "answer", ("response_id", "question", "value", "hidden"), self._answers(np.array(keys), given)
        begun = ((key, "g1_1", "4", 0) for key, _n, _where, who in drafts if who)
        yield "answer", ("response_id", "question", "value", "hidden"), begun

    def _answers(self, keys: Numbers, given: Numbers) -> Iterator[Row]:
        who, which = np.nonzero(given != _NOTHING)
        names, codes = np.array(self._keys, object), np.array(CODES, object)
        columns = (keys[who].tolist(), names[which].tolist(), codes[given[who, which]].tolist(), [0] * len(who))
        return zip(*columns, strict=True)

    def tallies(self) -> Iterator[tuple[str, Sequence[str], Iterable[Row]]]:
        """What ``actions.tallies`` would have counted."""
        place = ("wave_id", "membership_id", "role", "count")
        yield "item_tally", (*place, "question", "answer"), self._item_rows()
        yield "theme_tally", (*place, "theme", "answered", "total"), self._theme_rows()

    def _item_rows(self) -> Iterator[Row]:
        coded = [key for key, is_text in zip(self._keys, self._is_text, strict=True) if not is_text]
        yield from self._skipped_rows()
        for key in coded:
            number = self._keys.index(key)
            for member, role, code in np.argwhere(self._items[number]).tolist():
                if self._put[role, number]:
                    count = int(self._items[number, member, role, code])
                    yield self._wave, member + 1, self._roles[role], count, key, CODES[code]

    def _skipped_rows(self) -> Iterator[Row]:
        """What nobody here answers, as it takes more than a code: everybody skipped it."""
        for role, name in enumerate(self._roles):
            asked = [one for one in self._questionnaire.counted_for(name) if one.key not in self._keys]
            for key, code in (pair for one in asked for pair in one.tallied(SKIPPED).items()):
                for member, people in enumerate(self._people[:, role].tolist()):
                    if people:
                        yield self._wave, member + 1, name, people, key, code

    def _theme_rows(self) -> Iterator[Row]:
        for theme, counted in self._themes.items():
            asked = {role for role in self._roles if self._questionnaire.scored_items(theme, role)}
            for member, role, answered, total in np.argwhere(counted).tolist():
                if self._roles[role] in asked:
                    count = int(counted[member, role, answered, total])
                    yield self._wave, member + 1, self._roles[role], count, theme, answered, total


def _moment(at: object) -> str:
    """As both databases read a moment in UTC."""
    return f"{at:%Y-%m-%d %H:%M:%S.%f}"


@contextmanager
def _opened(database: Database) -> Iterator[Into]:
    """A connection of its own, without what protects other data than this."""
    if database.engine.dialect.name == "sqlite":
        database.dispose()  # to change how a file is kept, nobody else may have it open
        with closing(sqlite3.connect(str(database.engine.url.database), isolation_level=None)) as lite:
            for pragma in ("journal_mode=OFF", "synchronous=OFF", "foreign_keys=OFF", "cache_size=-200000"):
                lite.execute(f"PRAGMA {pragma}")
            lite.execute("BEGIN")
            yield _sqlite(lite)
            lite.execute("COMMIT")
            lite.execute("PRAGMA journal_mode=WAL")
        return
    with closing(database.engine.raw_connection()) as raw:
        post: Any = raw.dbapi_connection
        post.execute("SET session_replication_role = replica")  # keys of other tables need no looking up
        post.execute("SET TIME ZONE 'UTC'")
        yield _postgresql(post)
        post.commit()
        post.execute("RESET session_replication_role")
        post.commit()


def _sqlite(lite: sqlite3.Connection) -> Into:
    def into(table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
        marks = ", ".join("?" * len(columns))
        lite.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)  # noqa: S608 - our own

    return into


def _postgresql(post: Connection[Any]) -> Into:
    def into(table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
        names = sql.SQL(", ").join(map(sql.Identifier, columns))
        statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
        with post.cursor() as cursor, cursor.copy(statement) as copy:
            copy.write("".join("\t".join(map(str, row)) + "\n" for row in rows))

    return into


def _settled(database: Database) -> None:
    """What the database knows of its own tables, and the next numbers it gives out."""
    with database.session() as session:
        if database.engine.dialect.name == "postgresql":
            for model in (Invitee, Invitation):
                last = session.scalar(select(func.max(model.id))) or 1
                session.execute(text(f"SELECT setval(pg_get_serial_sequence('{model.__tablename__}', 'id'), {last})"))
        session.commit()
    with database.engine.connect() as connection:
        if database.engine.dialect.name == "postgresql":
            connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("VACUUM ANALYZE")
