"""A researcher's browser, and what it did to the answers of the invitee."""

import re
from collections.abc import Mapping

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from surveyapp.models import Answer, Event, Invitation, Invitee, Response
from tests import cast
from tests.web.staff import Stage, admit_everybody

LIST = "/evaluations/samen/entry"


def opened(stage: Stage, regime: str = "confidential") -> cast.Study:
    """Bram, a governor, and Carla, an official, were invited for Almelo; nobody answered."""
    with stage.database.session() as session:
        study = cast.study(session, regime=regime)
        study.invite(session, "governor", name="Bram")
        study.invite(session, "official", name="Carla")
        admit_everybody(stage, session, study.evaluation, study.anna)
        session.commit()
    return study


def invitation(stage: Stage, name: str = "Bram") -> Invitation:
    """The invitation of somebody of this name in Anna's study."""
    with stage.database.session(readonly=True) as session:
        return (
            session.scalars(
                select(Invitation).join(Invitee).where(Invitee.name == name).order_by(-Invitation.id)
            ).first()
            or Invitation()
        )


def own_link(stage: Stage, study: cast.Study, name: str = "Bram") -> str:
    """The address of the invitee's own door."""
    return f"/r/{study.tokens[invitation(stage, name).id]}"


def page_for(stage: Stage, name: str = "Bram") -> str:
    """The address at which is entered for somebody."""
    return f"{LIST}/{invitation(stage, name).id}"


def post(client: FlaskClient, path: str, data: Mapping[str, str], *, page: str | None = None) -> TestResponse:
    """Send a form of this page (by default the one at the same address), with what proves that it is ours."""
    shown = client.get(page or path).get_data(as_text=True)
    found = re.search(r'name="csrf_token" value="([^"]+)"', shown)
    return client.post(path, data={"csrf_token": found[1] if found else "", **data})


def begin(stage: Stage, name: str = "Bram", who: str = "anna", channel: str = "paper") -> tuple[FlaskClient, str]:
    """Somebody of the staff begins to enter: their browser, and the address at which they do."""
    client, start = stage.client(who), page_for(stage, name)
    answer = post(client, start, {"channel": channel})
    assert (answer.status_code, answer.location) == (303, f"{start}/first")
    return client, start


def response(stage: Stage, name: str = "Bram") -> Response | None:
    """What is stored for somebody."""
    with stage.database.session(readonly=True) as session:
        found = select(Response).where(Response.invitation_id == invitation(stage, name).id)
        return session.scalars(found).one_or_none()


def answers(stage: Stage, name: str = "Bram") -> dict[str, str]:
    """Question -> answer."""
    of = response(stage, name)
    with stage.database.session(readonly=True) as session:
        found = session.scalars(select(Answer).where(Answer.response_id == (of.id if of else 0), Answer.value != ""))
        return {answer.question: answer.value for answer in found}


def acts(stage: Stage) -> list[tuple[str, str]]:
    """Verb and subject kind of what was logged about responses, in order."""
    with stage.database.session(readonly=True) as session:
        found = session.scalars(select(Event).where(Event.verb.startswith("response.")).order_by(Event.id))
        return [(event.verb, event.subject.partition(":")[0]) for event in found]
