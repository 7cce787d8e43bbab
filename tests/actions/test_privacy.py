"""Whoever was invited can see, correct and erase what is known of them; the totals stay right."""

import json
import logging
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, select, text
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from surveyapp import clock
from surveyapp.actions import anonymity, delegations, privacy, publications, renderings, responses, tallies, waves
from surveyapp.errors import InvalidContent
from surveyapp.models import (
    Answer,
    Base,
    Delegation,
    Evaluation,
    Event,
    Invitation,
    Invitee,
    ItemTally,
    Job,
    Mail,
    PeopleFile,
    Publication,
    Receipt,
    Rendering,
    Response,
    ThemeTally,
)
from surveyapp.models.database import Database, address
from surveyapp.queries import personal_data
from surveyapp.queries.personal_data import UNLINKED, UNSENT, Person
from tests import cast
from tests.cast import SECRET_KEY, Study

NAME = "Bartholomeus van Zevenbergen-Wijckmans"
EMAIL = "b.vanzevenbergen@almelo.example"
WORDS = "Wij vergaderen sinds Koekoeksdag veel beter."
COLLEAGUE = ("Quirina Appelboom-Fransen", "q.appelboom@almelo.example")
PERSONAL = (
    *(part for part in NAME.split() if len(part) > 3),
    EMAIL,
    WORDS,
    *COLLEAGUE[0].split(),
    COLLEAGUE[1],
    "Wijckmans",
    "Koekoeksdag",
)
REASON = "Verzoek van 3 november"


@pytest.fixture
def study(session: Session) -> Study:
    made = cast.study(session)
    for mark in "12345":
        made.respond(session, "official", t1_1=mark, t1_3="2", scale_of_it="local")
    return made


def seated(session: Session, study: Study, role: str = "governor") -> Invitation:
    return study.invite(session, role, name=NAME, email=EMAIL)


def answered(session: Session, study: Study) -> Response:
    """Somebody who passed a section on, answered, sent, was mailed, got a copy, and stands in an uploaded file."""
    invitation = seated(session, study)
    response = responses.start(session, invitation=invitation)
    delegation, _token = delegations.pass_on(
        session,
        response=response,
        section="first",
        name=COLLEAGUE[0],
        email=COLLEAGUE[1],
        language="nl",
        secret_key=SECRET_KEY,
    )
    study.save(session, response, t1_1="5", t1_2="1", t1_good=WORDS, scale_of_it="regional")
    study.submit(session, response)
    moment = clock.now()
    for recipient in ({"invitee_id": invitation.invitee_id}, {"delegation_id": delegation.id}):
        session.add(Mail(purpose="invitation", due_at=moment, sent_at=moment, message_id=str(recipient), **recipient))
    session.add(
        PeopleFile(
            wave_id=study.wave.id,
            uploaded_at=moment,
            expires_at=moment + timedelta(days=1),
            name="mensen.csv",
            content=f"naam,adres\n{NAME},{EMAIL}\n".encode(),
        )
    )
    for kind, owner in (("own-copy", response.id), ("guide", None)):
        made = renderings.request(
            session,
            evaluation=study.evaluation,
            audience="respondent" if owner is not None else "team",
            membership_id=None,
            kind=kind,
            specification={"quote": WORDS, "name": NAME},
            digest=kind,
            response_id=owner,
            expires_at=moment + timedelta(days=1) if owner is not None else None,
        )
        renderings.store(session, rendering=made, media_type="application/pdf", content=f"%PDF {NAME}".encode())
    session.flush()
    return response


def person(session: Session, study: Study) -> Person:
    found = personal_data.found(session, study.evaluation, EMAIL)
    assert len(found) == 1
    return found[0]


def erase(session: Session, study: Study) -> privacy.Erased:
    return privacy.erase(session, person=person(session, study), reason=REASON, by=study.anna)


def tallied(session: Session) -> dict[str, Any]:
    return {
        table.__tablename__: sorted(map(tuple, session.execute(select(*table.__table__.columns))))
        for table in (ItemTally, ThemeTally)
    }


def last_details(session: Session, verb: str) -> dict[str, int | str]:
    return session.scalars(select(Event).where(Event.verb == verb).order_by(Event.id.desc())).first().details  # type: ignore[union-attr]


# --- access ----------------------------------------------------------------------------------------------------------


def test_access_gives_every_personal_value_that_is_held(session: Session, study: Study) -> None:
    response = answered(session, study)
    held = privacy.access(session, person=person(session, study), by=study.anna)
    document = json.dumps(held.to_document(), ensure_ascii=False)
    for value in (NAME, EMAIL, WORDS, *COLLEAGUE, "regional"):
        assert value in document
    assert held.notes == ()
    assert {"invitee", "invitation", "response", "answer", "delegation", "mail", "rendering"} <= held.rows.keys()
    for row in held.rows["response"]:
        assert row["submitted_at"] == response.submitted_at
    assert "token_hash" not in document


def test_access_shows_every_column_that_is_declared_personal(session: Session, study: Study) -> None:
    answered(session, study)
    held = personal_data.held(session, person(session, study))
    for table, rows in held.rows.items():
        declared = {column.name for column in Base.metadata.tables[table].columns if column.info["personal"]}
        assert declared - {"token_hash", "begun_with"} <= rows[0].keys(), table


def test_access_holds_nothing_of_anybody_else(session: Session, study: Study) -> None:
    answered(session, study)
    held = personal_data.held(session, person(session, study))
    assert {row["email"] for row in held.rows["invitee"]} == {EMAIL}
    assert len(held.rows["answer"]) == len(
        session.scalars(
            select(Answer).join(Response).join(Invitation).join(Invitee).where(Invitee.email == EMAIL)
        ).all()
    )


def test_answers_that_were_not_sent_are_read_by_nobody(session: Session, study: Study) -> None:
    response = responses.start(session, invitation=seated(session, study))
    study.save(session, response, t1_good=WORDS)
    held = personal_data.held(session, person(session, study))
    assert held.notes == (UNSENT,)
    assert WORDS not in json.dumps(held.to_document())
    assert held.rows["answer"] == []


def test_what_was_sent_anonymously_cannot_be_found_and_that_is_told(session: Session) -> None:
    study = cast.study(session, regime="anonymous")
    waiting = [study.invite(session, "official", email=f"c{number}@almelo.example") for number in range(5)]
    response = responses.start(session, invitation=seated(session, study, "official"))
    study.save(session, response, t1_good=WORDS, t1_1="4")
    study.submit(session, response)
    held = personal_data.held(session, person(session, study))
    assert held.notes == (UNLINKED,)
    assert "answer" not in held.rows
    assert len(waiting) == 5


def test_access_is_in_the_log_without_a_name(session: Session, study: Study) -> None:
    answered(session, study)
    privacy.look_for(session, evaluation=study.evaluation, words="zevenberg", by=study.anna)
    privacy.access(session, person=person(session, study), by=study.anna)
    verbs = [event.verb for event in session.scalars(select(Event).order_by(Event.id))][-2:]
    assert verbs == ["privacy.look-for", "privacy.access"]
    assert last_details(session, "privacy.look-for") == {"found": 1}


@pytest.mark.parametrize(
    ("words", "people"),
    [
        ("zeven", 1),
        ("ZEVEN", 1),
        (EMAIL, 1),
        ("appelboom", 1),
        ("almelo.example", 3),
        ("ze", 0),
        ("%%%", 0),
        ("_____", 0),
    ],
)
def test_people_are_found_by_a_part_of_name_or_address(session: Session, study: Study, words: str, people: int) -> None:
    answered(session, study)
    assert len(personal_data.found(session, study.evaluation, words)) == people


def test_nobody_of_another_study_is_found(session: Session, study: Study) -> None:
    answered(session, study)
    elsewhere = session.scalars(select(Evaluation).where(Evaluation.slug == "elders")).one()
    assert personal_data.found(session, elsewhere, EMAIL) == []
    seat = person(session, study).invitees[0]
    assert personal_data.by_invitee(session, elsewhere, seat.id) is None
    assert personal_data.by_invitee(session, study.evaluation, seat.id) is not None
    assert personal_data.by_invitee(session, study.evaluation, 10**6) is None


def test_a_colleague_sees_what_was_passed_to_them_and_not_whose_answers_it_became(
    session: Session, study: Study
) -> None:
    answered(session, study)
    colleague = personal_data.found(session, study.evaluation, COLLEAGUE[1])[0]
    assert colleague.invitees == ()
    held = personal_data.held(session, colleague)
    assert [row["name"] for row in held.rows["delegation"]] == [COLLEAGUE[0]]
    assert NAME not in json.dumps(held.to_document())


# --- correction ------------------------------------------------------------------------------------------------------


def test_a_correction_holds_wherever_the_person_occurs(session: Session, study: Study) -> None:
    answered(session, study)
    later = cast.another_wave(session, study)
    later.invite(session, "governor", name=NAME, email=EMAIL.upper())
    privacy.correct(
        session,
        person=person(session, study),
        name="Bart  Zeven",
        email="bart@almelo.example",
        language="en",
        reason=REASON,
        by=study.anna,
    )
    seats = session.scalars(select(Invitee).where(Invitee.name == "Bart Zeven")).all()
    assert [(seat.email, seat.language) for seat in seats] == [("bart@almelo.example", "en")] * 2
    assert last_details(session, "privacy.correct") == {"changed": "name, email", "reason": REASON}
    assert personal_data.found(session, study.evaluation, EMAIL) == []


@pytest.mark.parametrize(
    ("name", "email", "reason", "code"),
    [
        ("", "bart@almelo.example", REASON, "name-missing"),
        ("Bart", "bart", REASON, "email-not-valid"),
        ("Bart", "bart@almelo.example", " ", "reason-missing"),
        ("Bart", "bart@almelo.example", "x" * 501, "reason-too-long"),
        ("Bart", "bart@almelo.example", "Zo wil Bartholomeus het", "reason-names-person"),
        ("Bart", "bart@almelo.example", f"Schrijft nu vanaf ({EMAIL})", "reason-names-person"),
    ],
)
def test_a_correction_that_cannot_be_made_changes_nothing(
    session: Session, study: Study, name: str, email: str, reason: str, code: str
) -> None:
    answered(session, study)
    with pytest.raises(InvalidContent, match=code):
        privacy.correct(
            session,
            person=person(session, study),
            name=name,
            email=email,
            language="nl",
            reason=reason,
            by=study.anna,
        )
    assert person(session, study).name == NAME


# --- erasure ---------------------------------------------------------------------------------------------------------


def test_what_somebody_answered_leaves_the_totals_exactly_as_it_came(session: Session, study: Study) -> None:
    before = tallied(session)
    answered(session, study)
    assert tallied(session) != before
    erased = erase(session, study)
    assert tallied(session) == before
    assert tallies.recount(session, wave=study.wave, by=study.anna) == []
    assert (erased.answers, erased.counted, erased.mails) == (4, 4, 2)
    assert (erased.unlinked, erased.published) == (False, False)


def test_a_draft_goes_too_and_counted_nowhere(session: Session, study: Study) -> None:
    before = tallied(session)
    response = responses.start(session, invitation=seated(session, study))
    study.save(session, response, t1_good=WORDS)
    erased = erase(session, study)
    assert (erased.answers, erased.counted) == (1, 0)
    assert session.get(Response, response.id) is None
    assert tallied(session) == before


def test_a_frozen_publication_stays_as_it_is_and_that_is_told(session: Session, study: Study) -> None:
    answered(session, study)
    waves.close(session, wave=study.wave, by=study.anna)
    frozen = json.dumps(publications.publish(session, wave=study.wave, by=study.anna).document)
    assert erase(session, study).published
    assert json.dumps(session.scalars(select(Publication)).one().document) == frozen


def test_the_person_is_erased_in_every_wave_and_as_a_colleague(session: Session, study: Study) -> None:
    answered(session, study)
    cast.another_wave(session, study).invite(session, "governor", name=NAME, email=EMAIL)
    another = study.begin(session, "official", t1_1="3")
    delegations.pass_on(
        session, response=another, section="last", name=NAME, email=EMAIL, language="nl", secret_key=SECRET_KEY
    )
    erase(session, study)
    assert personal_data.found(session, study.evaluation, EMAIL) == []
    assert session.get(Response, another.id) is not None, "the answers of who asked stay theirs"
    verbs = session.scalars(select(Event.verb).order_by(Event.id.desc()).limit(3)).all()
    assert verbs == ["privacy.erase-colleague", "privacy.erase", "privacy.erase"]


def test_the_same_person_in_another_study_stays(session: Session, study: Study) -> None:
    answered(session, study)
    elsewhere = session.scalars(
        select(Invitee).join(Invitee.wave).where(Invitee.wave_id != study.wave.id).order_by(Invitee.id)
    ).first()
    assert elsewhere is not None
    elsewhere.name, elsewhere.email = NAME, EMAIL
    session.flush()
    erase(session, study)
    assert session.scalars(select(Invitee.id).where(Invitee.email == EMAIL)).one() == elsewhere.id


def test_what_was_sent_anonymously_stays_and_the_receipt_goes(session: Session) -> None:
    study = cast.study(session, regime="anonymous")
    for number in range(5):
        study.invite(session, "official", email=f"c{number}@almelo.example")
    response = responses.start(session, invitation=seated(session, study, "official"))
    study.save(session, response, t1_1="4")
    study.submit(session, response)
    before, receipts = tallied(session), len(session.scalars(select(Receipt)).all())
    erased = erase(session, study)
    assert (erased.unlinked, erased.answers) == (True, 0)
    assert tallied(session) == before
    assert len(session.scalars(select(Receipt)).all()) == receipts - 1
    assert session.scalars(select(Invitee).where(Invitee.email == EMAIL)).all() == []


def test_erasing_needs_a_reason_that_names_nobody(session: Session, study: Study) -> None:
    answered(session, study)
    for reason, code in (("", "reason-missing"), (f"Op verzoek van {EMAIL}", "reason-names-person")):
        with pytest.raises(InvalidContent, match=code):
            privacy.erase(session, person=person(session, study), reason=reason, by=study.anna)
    assert person(session, study).name == NAME


def _everything(url: str) -> bytes:
    """Every byte of an SQLite database and its log, or every row of every table of PostgreSQL."""
    if url.startswith("sqlite"):
        file = Path(url.removeprefix("sqlite:///"))
        return b"".join(path.read_bytes() for path in file.parent.glob(f"{file.name}*"))
    engine = create_engine(address(url), poolclass=NullPool)
    with engine.connect() as connection:
        names = connection.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).all()
        rows = [connection.execute(text(f'SELECT t::text FROM "{name}" t')).scalars().all() for name in names]  # noqa: S608
        files = [
            connection.execute(text(f"SELECT encode(content, 'escape') FROM {name}")).scalars().all()  # noqa: S608
            for name in ("rendering", "people_file")
        ]
    engine.dispose()
    return "\n".join(str(row) for found in (*rows, *files) for row in found).encode()


def test_nothing_of_the_person_is_left_in_database_jobs_logs_or_mail(
    database: Database, database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="surveyapp")
    with database.session() as session:
        study = cast.study(session)
        response = answered(session, study)
        hashes = [study.tokens[response.invitation_id or 0], response.invitation.token_hash]  # type: ignore[union-attr]
        session.commit()
    before = _everything(database_url)
    assert [value for value in PERSONAL if value.encode() not in before] == [], "the search finds what is there"
    with database.session() as session:
        study.anna = session.merge(study.anna)
        erase(session, study)
        session.commit()
        assert session.scalars(select(Job).where(Job.kind == anonymity.ERASE_TRACES)).all()
    while not database.erase_traces():
        pass
    after = _everything(database_url)
    searched = [*PERSONAL, *(value for value in hashes if value)]
    assert [value for value in searched if value.encode() in after] == []
    assert [value for value in searched if value in caplog.text] == []
    with database.session(readonly=True) as session:
        for table in (Mail, Delegation, PeopleFile, Rendering):
            assert session.scalars(select(table)).all() == []
        assert not re.search(
            "|".join(map(re.escape, PERSONAL)), str([j.arguments for j in session.scalars(select(Job))])
        )


# --- settings --------------------------------------------------------------------------------------------------------


def test_the_days_until_which_data_are_kept_are_set_and_logged(session: Session, study: Study) -> None:
    until = {"invitees_until": clock.now().date() + timedelta(days=30), "texts_until": None}
    for _ in range(2):
        privacy.configure(
            session,
            evaluation=study.evaluation,
            ground="consent",
            privacy_contact=" fg@almelo.example ",
            until=until,
            by=study.anna,
        )
    assert study.evaluation.invitees_until == until["invitees_until"]
    assert (study.evaluation.ground, study.evaluation.privacy_contact) == ("consent", "fg@almelo.example")
    told = [event.details for event in session.scalars(select(Event).where(Event.verb == "privacy.set"))]
    assert told == [{"changed": "ground, privacy_contact, invitees_until"}]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"ground": "because"}, "unknown-ground"),
        ({"privacy_contact": "nobody"}, "email-not-valid"),
        ({"until": {"answers_until": clock.now().date()}}, "kept-too-short"),
    ],
)
def test_settings_that_cannot_hold_are_refused(
    session: Session, study: Study, changed: dict[str, Any], code: str
) -> None:
    usual: dict[str, Any] = {"ground": "consent", "privacy_contact": "", "until": {}}
    with pytest.raises(InvalidContent, match=code):
        privacy.configure(session, evaluation=study.evaluation, by=study.anna, **(usual | changed))
