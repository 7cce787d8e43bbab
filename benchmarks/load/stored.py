"""Studies for people to answer, and whether what they posted is what was stored."""

import json
import sqlite3
from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from benchmarks.load.respondents import Respondent
from surveyapp import clock
from surveyapp.actions import evaluations, invitations, organisations, tallies, waves
from surveyapp.models import Answer, Invitation, Membership, Receipt, Response, Wave
from surveyapp.models.database import Database
from surveyapp.queries.tokens import token_hash
from surveyapp.questionnaires.edition import Edition

PLACES = (("GM0141", "Almelo"), ("GM0147", "Borne"), ("GM0153", "Enschede"), ("GM0158", "Haaksbergen"))


def prepare(database: Database, editions: list[Edition]) -> list[int]:
    """A study of each edition, open today, with four organisations; returns the ids of the waves."""
    with database.session() as session:
        places = [
            organisations.add(session, code=code, name=name, kind="municipality", by=None) for code, name in PLACES
        ]
        made = []
        for edition in editions:
            slug = edition.questionnaire.key
            study = evaluations.create(session, slug=slug, title={"nl": "Snelheid"}, client="Niemand", by=None)
            for place in places:
                evaluations.add_organisation(session, evaluation=study, organisation=place, by=None)
            wave = waves.plan(
                session,
                evaluation=study,
                edition=edition,
                regime="confidential",
                opens_at=clock.now() - timedelta(days=1),
                closes_at=clock.now() + timedelta(days=1),
                sender="Niemand",
                contact_name="Niemand",
                contact_email="niemand@voorbeeld.example",
                by=None,
            )
            made.append(wave.id)
        session.commit()
        return made


def invite(database: Database, wave_id: int, edition: Edition, number: int, secret_key: str) -> list[Respondent]:
    """So many people, over the organisations and roles in turn."""
    roles = [role.key for role in edition.questionnaire.roles]
    with database.session() as session:
        wave = session.get_one(Wave, wave_id)
        members = session.scalars(select(Membership).where(Membership.evaluation_id == wave.evaluation_id)).all()
        people = []
        for place in range(number):
            invitation, token = invitations.invite(
                session,
                wave=wave,
                membership=members[place % len(members)],
                role=roles[place // len(members) % len(roles)],
                name="Iemand",
                email="iemand@voorbeeld.example",
                language="nl",
                secret_key=secret_key,
                by=None,
            )
            people.append(Respondent(f"/r/{token}", seed=invitation.id))
        session.commit()
        return people


def faults(database: Database, wave_id: int, edition: Edition, people: list[Respondent]) -> list[str]:
    """What is not stored exactly once and value for value, and what the tallies count otherwise than the answers."""
    with database.session() as session:
        wave = session.get_one(Wave, wave_id)
        found = [fault for person in people for fault in _faults_of(session, person, edition)]
        found += [str(difference) for difference in tallies.recount(session, wave=wave)]
        receipts = session.scalar(select(func.count()).select_from(Receipt).join(Invitation).join(Invitation.invitee))
        submitted = session.scalar(select(func.count()).select_from(Response).where(Response.submitted))
        if receipts != submitted:
            found.append(f"{receipts} receipts of {submitted} submitted responses")
        session.rollback()
        return found


def _faults_of(session: Session, person: Respondent, edition: Edition) -> list[str]:
    hashed = token_hash(person.start.removeprefix("/r/"))
    responses = session.scalars(select(Response).join(Invitation).where(Invitation.token_hash == hashed)).all()
    if len(responses) != 1 or not responses[0].submitted:
        return [f"respondent {person.seed}: {len(responses)} responses"]
    rows = session.execute(select(Answer.question, Answer.value).where(Answer.response_id == responses[0].id))
    stored, posted = {row.question: row.value for row in rows}, _as_stored(person.posted, edition)
    return [] if stored == posted else [f"respondent {person.seed}: {stored} is not {posted}"]


def _as_stored(posted: dict[str, str], edition: Edition) -> dict[str, str]:
    """Places of a ranking made into one answer."""
    stored: dict[str, str] = {}
    for name, value in posted.items():
        key, _, place = name.partition("-")
        if place and edition.questionnaire.questions[key].kind == "ranking":
            stored[key] = f"{stored[key]}>{value}" if key in stored else value
        else:
            stored[name] = value
    return stored


def bare_faults(file: Path, people: list[Respondent]) -> list[str]:
    """The same of what the bare application stored."""
    found = []
    reader = sqlite3.connect(file)
    for person in people:
        name = person.start.split("/")[1]
        rows = reader.execute("SELECT answers FROM page WHERE person = ?", (name,)).fetchall()
        stored: dict[str, str] = {}
        for (answers,) in rows:
            stored |= {key: value.replace("\r\n", "\n") for key, value in json.loads(answers).items()}
        stored.pop("go", None)
        if stored != person.posted:
            found.append(f"bare respondent {name}: {stored} is not {person.posted}")
    reader.close()
    return found
