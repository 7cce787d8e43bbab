"""The third study: residents and providers of two neighbourhoods through open links, and a few invited officials."""

from datetime import timedelta
from random import Random
from typing import Final

from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.access import RESEARCHER
from surveyapp.actions import evaluations, invitations, open_links, organisations, responses, users, waves
from surveyapp.demo.respondents import Respondent
from surveyapp.demo.sentences import Sentences
from surveyapp.models import Invitation, Membership, User, Wave
from surveyapp.questionnaires import library
from surveyapp.questionnaires.edition import Edition

EDITION: Final = "maatschappelijk-aanbesteden/1"
SLUG: Final = "wijken-groningen"
PLACES: Final = (("WK-A", "De Esdoornwijk"), ("WK-B", "Het Havenkwartier"))
OFFICIALS: Final = ("Imke Postma", "Ruben Dekker", "Saskia Hoekstra", "Wout Meijer")
SENT: Final = {"resident": 6, "provider": 2}
"""Through the open links, in each neighbourhood."""


def make(session: Session, secret_key: str, by: User) -> str:
    """The study, open, with some answers of everybody; returns the token of the residents' open link."""
    edition = library.load(EDITION)
    wave, members = _study(session, edition, by)
    links = {
        role: open_links.add(session, wave=wave, membership=None, role=role, most=None, secret_key=secret_key, by=by)
        for role in SENT
    }
    random = Random(EDITION)  # noqa: S311 - invented people
    sentences = Sentences(random)
    for member in members:
        for role, number in SENT.items():
            for _ in range(number):
                invitation, _token = open_links.start(
                    session,
                    link=links[role][0],
                    membership=member,
                    role=role,
                    repeated=False,
                    secret_key=secret_key,
                )
                links[role][0].started_in_minute = 0  # these came in the course of weeks
                _send(session, invitation, edition, random, sentences)
    for number, name in enumerate(OFFICIALS):
        invitation, _token = invitations.invite(
            session,
            wave=wave,
            membership=members[number % len(members)],
            role="official",
            name=name,
            email=f"{name.lower().replace(' ', '.')}@gemeente.example",
            language="nl",
            secret_key=secret_key,
            by=by,
        )
        if number < len(members):
            _send(session, invitation, edition, random, sentences)
    return links["resident"][1]


def _study(session: Session, edition: Edition, by: User) -> tuple[Wave, list[Membership]]:
    evaluation = evaluations.create(
        session,
        slug=SLUG,
        title={"nl": "Samen kiezen in twee wijken", "en": "Choosing together in two neighbourhoods"},
        client="Een gemeente met twee wijken",
        by=by,
    )
    users.grant(session, user=by, role=RESEARCHER.name, evaluation=evaluation, by=None)
    members = [
        evaluations.add_organisation(
            session,
            evaluation=evaluation,
            organisation=organisations.add(session, code=code, name=name, kind="neighbourhood", by=by),
            by=by,
        )
        for code, name in PLACES
    ]
    today = clock.now()
    wave = waves.plan(
        session,
        evaluation=evaluation,
        edition=edition,
        regime="confidential",
        opens_at=today - timedelta(days=7),
        closes_at=clock.end_of((today + timedelta(days=28)).date()),
        sender="Bureau Assink & Veldhuis",
        contact_name="Anna Assink",
        contact_email="anna@bureau.example",
        by=by,
    )
    return wave, members


def _send(session: Session, invitation: Invitation, edition: Edition, random: Random, sentences: Sentences) -> None:
    questionnaire = edition.questionnaire
    response = responses.start(session, invitation=invitation)
    respondent = Respondent(random, questionnaire, invitation.membership.organisation.code, invitation.role)
    for section in questionnaire.sections_for(invitation.role):
        given = respondent.answers(section, sentences)
        responses.save(session, response=response, questionnaire=questionnaire, answers=given)
    responses.submit(session, response=response, questionnaire=questionnaire)
