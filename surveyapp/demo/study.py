"""Making the studies: the verbs of the product, in the order in which people use them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Final

from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.access import MUNICIPALITY_READER, PROJECT_LEAD, RESEARCHER
from surveyapp.actions import (
    evaluations,
    invitations,
    organisations,
    publications,
    responses,
    settings,
    sign_ins,
    users,
    waves,
)
from surveyapp.demo import coding, finding, neighbourhoods, people, report_texts, stories, talks
from surveyapp.demo.people import Person
from surveyapp.demo.respondents import Respondent
from surveyapp.demo.sentences import Sentences
from surveyapp.models import Evaluation, Invitation, Membership, Organisation, User, Wave
from surveyapp.models.database import Database
from surveyapp.queries.evaluations import by_slug
from surveyapp.questionnaires import library
from surveyapp.questionnaires.edition import Edition
from surveyapp.questionnaires.municipalities import municipalities

SEED: Final = 2026
EDITION: Final = "seven-habits/1"
READS_OWN: Final = "GM0147"
"""The municipality whose reader the demonstration has."""
CLIENT: Final = "OZJT/Samen14, namens de veertien Twentse gemeenten"

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Made:
    """What the demonstration can be entered with: tokens of links, and the address name of the first study."""

    evaluation: str
    researcher: str
    project_lead: str
    municipality: str
    invitations: tuple[str, ...]
    open_link: str
    """Of the third study, for residents."""


def make(database: Database, secret_key: str, tell: Tell) -> Made:
    """Fill an empty database; ``tell`` hears what is being done."""
    edition = library.load(EDITION)
    with database.session() as session:
        settings.mark_demonstration(session)
        anna = users.create(session, email="anna@bureau.example", name="Anna Assink", by=None)
        region = _region(session, anna)
        session.commit()
    tell("the first study: inviting, answering")
    first = _first_study(database, secret_key, edition, region, anna, tell)
    tell("the second study: inviting")
    with database.session() as session:
        second, invited = _study(
            session,
            edition,
            region,
            anna,
            secret_key,
            slug="twente-volgende-ronde",
            title={"nl": "Twente: voorbereiding van de volgende ronde", "en": "Twente: preparing the next round"},
            who=people.second_study(Random(SEED + 1)),  # noqa: S311 - invented people
        )
        links = _links(session, anna, first, second)
        session.commit()
    tell("the third study: neighbourhoods, through open links")
    with database.session() as session:
        open_link = neighbourhoods.make(session, secret_key, session.merge(anna))
        session.commit()
    researcher, lead, reader = links
    return Made(first, researcher, lead, reader, tuple(token for _invitation, token, _person in invited), open_link)


def _region(session: Session, by: User) -> list[Organisation]:
    names = {place.code: place.name for place in municipalities()}
    found = [
        organisations.add(session, code=code, name=names[code], kind="municipality", by=by) for code in people.REGION
    ]
    code, name = people.BODY
    return [*found, organisations.add(session, code=code, name=name, kind="region_body", by=by)]


Invited = tuple[Invitation, str, Person]


def _study(
    session: Session,
    edition: Edition,
    region: list[Organisation],
    by: User,
    secret_key: str,
    *,
    slug: str,
    title: dict[str, str],
    who: list[Person],
) -> tuple[Evaluation, list[Invited]]:
    """An evaluation with the region's organisations, an open wave, and an invitation for everybody."""
    by = session.merge(by)
    evaluation = evaluations.create(session, slug=slug, title=title, client=CLIENT, by=by)
    users.grant(session, user=by, role=RESEARCHER.name, evaluation=evaluation, by=None)
    members: dict[str, Membership] = {
        organisation.code: evaluations.add_organisation(
            session, evaluation=evaluation, organisation=session.merge(organisation), by=by
        )
        for organisation in region
    }
    today = clock.now()
    wave = waves.plan(
        session,
        evaluation=evaluation,
        edition=edition,
        regime="confidential",
        opens_at=today - timedelta(days=21),
        closes_at=clock.end_of((today + timedelta(days=21)).date()),
        sender="Bureau Assink & Veldhuis",
        contact_name="Anna Assink",
        contact_email="anna@bureau.example",
        by=by,
    )
    invited = [
        (
            *invitations.invite(
                session,
                wave=wave,
                membership=members[person.organisation],
                role=person.role,
                name=person.name,
                email=person.email,
                language="nl",
                secret_key=secret_key,
                by=by,
            ),
            person,
        )
        for person in who
    ]
    return evaluation, invited


def _first_study(
    database: Database, secret_key: str, edition: Edition, region: list[Organisation], by: User, tell: Tell
) -> str:
    random = Random(SEED)  # noqa: S311 - invented people, not secrets
    with database.session() as session:
        evaluation, invited = _study(
            session,
            edition,
            region,
            by,
            secret_key,
            slug="twente-2026",
            title={
                "nl": "Toekomstgerichte evaluatie jeugdhulp en Wmo Twente",
                "en": "Looking ahead: evaluation of youth care and social support in Twente",
            },
            who=people.first_study(random),
        )
        session.commit()
    sentences = Sentences(random)
    for invitation, _token, person in invited:
        if random.random() < stories.share_that_answers(person.organisation, person.role):
            with database.session() as session:
                _answer(session, invitation, person, edition, random, sentences)
                session.commit()
    tell("the first study: closing, protecting, publishing")
    with database.session() as session:
        wave = session.get_one(Wave, invited[0][0].wave.id)
        waves.close(session, wave=wave, by=session.merge(by))
        session.commit()
        publications.publish(session, wave=wave, by=session.merge(by))
        session.commit()
        members = {member.organisation.code: member for member in wave.evaluation.memberships}
        talks.make(session, wave, members, session.merge(by))
        coding.make(session, wave, edition, Random(SEED), session.merge(by))  # noqa: S311 - invented people
        finding.make(session, wave, edition, secret_key, session.merge(by))
        report_texts.make(session, wave, session.merge(by))
        session.commit()
    return evaluation.slug


def _answer(
    session: Session,
    invitation: Invitation,
    person: Person,
    edition: Edition,
    random: Random,
    sentences: Sentences,
) -> None:
    questionnaire = edition.questionnaire
    response = responses.start(session, invitation=session.merge(invitation))
    respondent = Respondent(random, questionnaire, person.organisation, person.role)
    for section in questionnaire.sections_for(person.role):
        given = respondent.answers(section, sentences)
        responses.save(session, response=response, questionnaire=questionnaire, answers=given)
    responses.submit(session, response=response, questionnaire=questionnaire)


def _links(session: Session, anna: User, first: str, second: Evaluation) -> tuple[str, str, str]:
    """Sign-in links for the researcher, the project lead and the reader of one municipality, in both studies."""
    study = by_slug(session, first)
    anna = session.merge(anna)
    lead = users.create(session, email="lotte@samen14.example", name="Lotte Kamphuis", by=anna)
    reader = users.create(session, email="sjoerd@borne.example", name="Sjoerd Nijhuis", by=anna)
    for evaluation in (study, second):
        users.grant(session, user=lead, role=PROJECT_LEAD.name, evaluation=evaluation, by=anna)
    own = next(member for member in study.memberships if member.organisation.code == READS_OWN)
    users.grant(session, user=reader, role=MUNICIPALITY_READER.name, evaluation=study, membership=own, by=anna)
    expires = clock.now() + timedelta(days=365)
    tokens = [
        sign_ins.one_time_link(session, user=user, purpose="demonstration", expires_at=expires, by=anna)
        for user in (anna, lead, reader)
    ]
    return tokens[0], tokens[1], tokens[2]
