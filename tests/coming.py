"""How far people come with a questionnaire, by invitation or through an open link."""

from typing import Final

from sqlalchemy.orm import Session

from surveyapp.actions import open_links, responses
from surveyapp.models import Invitation
from tests import cast

STAGES: Final = ("silent", "opened", "emptied", "started", "sent", "reopened", "withdrawn")
"""How far somebody may come; ``emptied`` took the only answer back."""


def come(session: Session, study: cast.Study, invitation: Invitation, stage: str, *, question: str = "t1_1") -> None:
    """Let this invitee come so far."""
    if stage == "silent":
        return
    response = responses.start(session, invitation=invitation)
    if stage != "opened":
        study.save(session, response, **{question: "4"})
    if stage == "emptied":
        study.save(session, response, **{question: ""})
    if stage in {"sent", "reopened", "withdrawn"}:
        study.submit(session, response)
    if stage == "reopened":
        study.reopen(session, response)
    if stage == "withdrawn":
        study.withdraw(session, response)


def through_a_link(session: Session, study: cast.Study, member: int, stages: tuple[str, ...]) -> None:
    """Officials come through a link for whoever wants, each so far."""
    place = study.members[member]
    link, _token = open_links.add(
        session,
        wave=study.wave,
        membership=place,
        role="official",
        most=None,
        secret_key=cast.SECRET_KEY,
        by=study.anna,
    )
    for stage in stages:
        invitation, _its_token = open_links.start(
            session, link=link, membership=place, role="official", repeated=False, secret_key=cast.SECRET_KEY
        )
        come(session, study, invitation, stage)
