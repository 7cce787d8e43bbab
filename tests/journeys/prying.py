"""An attacker who has every byte of a database, and wants to know which response is whose.

What can be told for certain is a claim; what can only be guessed from an order is measured against chance. The attacker
knows who was invited, and may know from outside in which order people sent.
"""

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from surveyapp.models.database import address
from tests.journeys.pages import places

ANSWERS = ("response", "answer")
PEOPLE = ("invitee", "invitation", "receipt")
TALLIES = ("item_tally", "theme_tally")
CERTAIN_BEYOND = 4.5
"""Standard deviations from chance: fewer than one in a hundred thousand."""
_A_TIME = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d")


@dataclass(frozen=True)
class Row:
    """A row where it stands: ``place`` in the order of the disk, ``serial`` the number that SQLite gives to rows as
    they come, ``written`` and ``held`` by which transaction."""

    values: Mapping[str, Any]
    place: int
    serial: int = 0
    written: str = ""
    held: str = ""


@dataclass(frozen=True)
class Claim:
    """That this response is of this invitation, and how that was found."""

    invitation: int
    response: int
    how: str


@dataclass
class Dump:
    """Every table, in the order of the disk."""

    tables: dict[str, list[Row]] = field(default_factory=dict)

    def with_rows(self, table: str, rows: Iterable[Row]) -> "Dump":
        return Dump({**self.tables, table: list(rows)})

    def changed(self, table: str, change: Any) -> "Dump":  # noqa: ANN401 - from a row to a row
        return self.with_rows(table, [change(row) for row in self.tables[table]])


def of_sqlite(file: Path) -> Dump:
    """Everything in a file whose log has been written back; the order is that of the bytes."""
    found: dict[str, list[Row]] = {}
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as opened:
        opened.row_factory = sqlite3.Row
        tables = opened.execute("SELECT name, rootpage, sql FROM sqlite_master WHERE type = 'table'").fetchall()
        for table in tables:
            where = places(file.read_bytes(), table["rootpage"])
            key = "" if "WITHOUT ROWID" in table["sql"] else "rowid AS the_key, "
            rows = [
                Row({name: row[name] for name in row.keys() if name != "the_key"}, where[row[0]].pop(), row[0])  # noqa: SIM118
                for row in opened.execute(f'SELECT {key}* FROM "{table["name"]}"')  # noqa: S608
            ]
            found[table["name"]] = sorted(rows, key=lambda row: row.place)
    return Dump(found)


def of_postgresql(url: str) -> Dump:
    """Everything that the server tells a superuser, row by row in the order of its files."""
    engine = create_engine(address(url), poolclass=NullPool)
    found: dict[str, list[Row]] = {}
    with engine.connect() as connection:
        tables = connection.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).all()
        for table in tables:
            rows = connection.execute(
                text(f'SELECT xmin::text AS "the writer", xmax::text AS "the holder", * FROM "{table}" ORDER BY ctid')  # noqa: S608
            ).mappings()
            found[table] = [
                Row(
                    {name: value for name, value in row.items() if not name.startswith("the ")},
                    place,
                    place,
                    row["the writer"],
                    row["the holder"],
                )
                for place, row in enumerate(rows)
            ]
    engine.dispose()
    return Dump(found)


# --- what an attacker can work out from the tables -----------------------------------------------------------------


@dataclass(frozen=True)
class Group:
    """What is kept under one organisation and role: the responses, and who may have given them."""

    responses: tuple[Row, ...]
    invited: tuple[int, ...]
    """Invitations."""
    receipts: tuple[Row, ...]


def groups(dump: Dump, wave: int) -> dict[tuple[int, str], Group]:
    """By membership and role of the responses; merged roles are an open secret."""
    merged = {
        (row.values["membership_id"], row.values["role"]): row.values["kept_as"] for row in dump.tables["merged_role"]
    }
    people = {row.values["id"]: row.values for row in dump.tables["invitee"] if row.values["wave_id"] == wave}
    place_of = {
        row.values["id"]: (person["membership_id"], merged.get((person["membership_id"], person["role"]), ""))
        for row in dump.tables["invitation"]
        if (person := people.get(row.values["invitee_id"])) is not None
    }
    receipts = {row.values["invitation_id"]: row for row in dump.tables["receipt"]}
    kept = defaultdict(list)
    for row in dump.tables["response"]:
        if row.values["wave_id"] == wave:
            kept[row.values["membership_id"], row.values["role"]].append(row)
    found = {}
    for place, responses in kept.items():
        invited = tuple(number for number, of in place_of.items() if of == place)
        found[place] = Group(tuple(responses), invited, tuple(receipts[one] for one in invited if one in receipts))
    return found


def claims(dump: Dump, wave: int, asked_only_of: Mapping[str, str]) -> set[Claim]:
    """Every pair that the attacker is sure of. ``asked_only_of``: question -> the one role that is asked it."""
    return {
        *_by_identifiers(dump, wave),
        *_by_transactions(dump, wave),
        *_by_roles(dump, wave),
        *_by_questions(dump, wave, asked_only_of),
        *_by_times(dump, wave),
    }


def _by_identifiers(dump: Dump, wave: int) -> Iterator[Claim]:
    """A value of a response or its answers that only one invitee, invitation or receipt has, and that is no code.

    Each table of people is looked through by itself: that somebody else's number in another table is the same does not
    make an attacker doubt.
    """
    owners = _owners(dump)
    inside = {row.values["id"] for row in dump.tables["response"] if row.values["wave_id"] == wave}
    for table, key in (("response", "id"), ("answer", "response_id")):
        for row in dump.tables[table]:
            for name, value in row.values.items():
                leads = name.endswith(("invitation_id", "delegation_id", "entered_by")) and value is not None
                if row.values[key] not in inside or not (leads or _tells(name, value)):
                    continue
                for found in (owners[people].get(value, set()) for people in PEOPLE):
                    if len(found) == 1:
                        yield Claim(min(found), row.values[key], f"{table}.{name}")


def _owners(dump: Dump) -> dict[str, dict[Any, set[int]]]:
    """Table -> value -> the invitations of which it tells."""
    owners: dict[str, dict[Any, set[int]]] = {table: defaultdict(set) for table in PEOPLE}
    invitations = {row.values["invitee_id"]: row.values["id"] for row in dump.tables["invitation"]}
    for table in PEOPLE:
        for row in dump.tables[table]:
            owner = (
                invitations.get(row.values["id"])
                if table == "invitee"
                else row.values.get("invitation_id", row.values["id"] if table == "invitation" else None)
            )
            for name, value in row.values.items():
                if owner is not None and _tells(name, value):
                    owners[table][value].add(owner)
    return owners


def _tells(name: str, value: Any) -> bool:  # noqa: ANN401 - whatever a table holds
    """Long words and numbers drawn at random are of one person; a role or a language is of many."""
    if isinstance(value, int):
        return name == "invitation_id" or (name == "id" and value > 0)
    return isinstance(value, str) and len(value) >= 12


def _by_transactions(dump: Dump, wave: int) -> Iterator[Claim]:
    """A receipt, or the lock that it put on its invitation, of the transaction that wrote one response of the group."""
    invitations = {row.values["id"]: row for row in dump.tables["invitation"]}
    answers: dict[int, set[str]] = defaultdict(set)
    for row in dump.tables["answer"]:
        answers[row.values["response_id"]].add(row.written)
    for group in groups(dump, wave).values():
        for receipt in group.receipts:
            number = receipt.values["invitation_id"]
            for transaction in {receipt.written, invitations[number].held} - {"", "0"}:
                theirs = [row for row in group.responses if transaction in {row.written, *answers[row.values["id"]]}]
                others = [other for other in group.receipts if other.written == transaction]
                if len(theirs) == 1 and len(others) <= 1 < len(group.receipts):
                    yield Claim(number, theirs[0].values["id"], "transaction")


def _by_roles(dump: Dump, wave: int) -> Iterator[Claim]:
    """A group of which there is only one member."""
    for group in groups(dump, wave).values():
        if len(group.invited) == 1 and len(group.responses) == 1:
            yield Claim(group.invited[0], group.responses[0].values["id"], "role")
    roles = defaultdict(list)
    people = {row.values["id"]: row.values for row in dump.tables["invitee"]}
    for row in dump.tables["invitation"]:
        person = people.get(row.values["invitee_id"])
        if person is not None:
            roles[person["wave_id"], person["membership_id"], person["role"]].append(row.values["id"])
    for row in dump.tables["response"]:
        alone = roles[row.values["wave_id"], row.values["membership_id"], row.values["role"]]
        if row.values["wave_id"] == wave and len(alone) == 1:
            yield Claim(alone[0], row.values["id"], "role")


def _by_questions(dump: Dump, wave: int, asked_only_of: Mapping[str, str]) -> Iterator[Claim]:
    """An answer to a question that only one member of the group can have been asked."""
    people = {row.values["id"]: row.values for row in dump.tables["invitee"]}
    role_of = {
        row.values["id"]: people[row.values["invitee_id"]]["role"]
        for row in dump.tables["invitation"]
        if row.values["invitee_id"] in people
    }
    answered = defaultdict(set)
    for row in dump.tables["answer"]:
        answered[row.values["response_id"]].add(row.values["question"])
    for group in groups(dump, wave).values():
        for row in group.responses:
            for question in answered[row.values["id"]] & asked_only_of.keys():
                able = [one for one in group.invited if role_of[one] == asked_only_of[question]]
                if len(able) == 1:
                    yield Claim(able[0], row.values["id"], "question")


def _by_times(dump: Dump, wave: int) -> Iterator[Claim]:
    """A time beside an answer: whoever saw somebody send knows it."""
    inside = {row.values["id"]: row for row in dump.tables["response"] if row.values["wave_id"] == wave}
    for row in inside.values():
        if any(_is_time(value) for value in row.values.values()):
            yield Claim(0, row.values["id"], "time")
    for table in ("receipt", *TALLIES):
        for row in dump.tables[table]:
            if any(_is_time(value) for value in row.values.values()):
                yield Claim(0, 0, f"time in {table}")


def _is_time(value: Any) -> bool:  # noqa: ANN401 - whatever a table holds
    return hasattr(value, "isoformat") or (isinstance(value, str) and _A_TIME.match(value) is not None)


# --- what an attacker can only guess, and how much better than chance that is ----------------------------------------


def beyond_chance(dump: Dump, wave: int, sent: Sequence[int], truth: Mapping[int, int]) -> dict[str, float]:
    """How much better than by chance each order of the disk matches an order of people, in standard deviations.

    ``sent`` holds the invitations in the order in which they sent; ``truth`` says which response is whose, which the
    attacker does not know: it only tells how good the guesses are. Of the largest group, in which chance tells least.
    """
    group = max(groups(dump, wave).values(), key=lambda group: len(group.responses))
    answers = pd.Series({
        row.values["id"]: min(
            (answer.place for answer in dump.tables["answer"] if answer.values["response_id"] == row.values["id"]),
            default=0,
        )
        for row in group.responses
    })  # fmt: skip
    of_responses = {
        "place of responses": {row.values["id"]: row.place for row in group.responses},
        "place of answers": answers.to_dict(),
        "transaction of responses": {row.values["id"]: int(row.written or 0) for row in group.responses},
        "number of responses": {row.values["id"]: row.values["id"] for row in group.responses},
    }
    of_people = {
        "order of sending": {one: place for place, one in enumerate(sent)},
        "place of receipts": {row.values["invitation_id"]: row.place for row in group.receipts},
        "transaction of receipts": {row.values["invitation_id"]: int(row.written or 0) for row in group.receipts},
        "number of invitations": {one: one for one in group.invited},
    }
    found = {}
    for (left, responses), (right, people) in (
        (left, right) for left in of_responses.items() for right in of_people.items()
    ):
        both = [(responses[response], people[one]) for one, response in truth.items() if response in responses]
        found[f"{left} against {right}"] = _rank_deviations([a for a, _ in both], [b for _, b in both])
    return found


def _rank_deviations(left: Sequence[float], right: Sequence[float]) -> float:
    """Spearman's rho in standard deviations of what chance gives (1 / sqrt(n - 1)); ties share their rank."""
    ranks = [pd.Series(list(values)).rank() for values in (left, right)]
    if any(one.nunique() == 1 for one in ranks):
        return 0.0
    return abs(float(np.corrcoef(ranks[0], ranks[1])[0, 1])) * float(np.sqrt(len(left) - 1))


def told_by_tallies(dump: Dump, wave: int, place: tuple[int, str], answers: Mapping[str, str]) -> dict[str, float]:
    """How much the counts tell of one person's answers beyond chance, in standard deviations.

    Of each question the count that was made first, made last, or written last, if one was, is taken for the answer.
    """
    counts = defaultdict(list)
    for row in dump.tables["item_tally"]:
        values = row.values
        if (values["wave_id"], values["membership_id"], values["role"]) == (wave, *place):
            counts[values["question"]].append(row)
    asked = [question for question in answers if len(counts[question]) > 1]
    chance = [1 / len(counts[question]) for question in asked]
    guesses = {
        "first on disk": [min(counts[question], key=lambda row: row.place) for question in asked],
        "last on disk": [max(counts[question], key=lambda row: row.place) for question in asked],
        "first number": [min(counts[question], key=lambda row: row.serial) for question in asked],
        "last number": [max(counts[question], key=lambda row: row.serial) for question in asked],
        "newest": [max(counts[question], key=lambda row: (int(row.written or 0), 0)) for question in asked],
    }
    spread = float(np.sqrt(sum(one * (1 - one) for one in chance)))
    return {
        name: (sum(row.values["answer"] == answers[row.values["question"]] for row in rows) - sum(chance)) / spread
        for name, rows in guesses.items()
        if name != "newest" or _one_is_newest(counts)
    }


def _one_is_newest(counts: Mapping[str, Sequence[Row]]) -> bool:
    """Whether transactions tell the counts of a question apart at all."""
    return any(one.written != other.written for rows in counts.values() for one, other in combinations(rows, 2))


def in_order(rows: Iterable[Row], order: Mapping[int, int], key: str) -> list[Row]:
    """The rows as if they had been written in this order: for planting a leak."""
    return [replace(row, place=order.get(row.values[key], row.place)) for row in rows]
