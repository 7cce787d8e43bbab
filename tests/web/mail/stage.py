"""Anna's study with people to write to, on an installation that sends mail, and forms to post."""

from dataclasses import dataclass, replace

from flask.testing import FlaskClient
from sqlalchemy import select

from surveyapp.actions import mailings as verbs
from surveyapp.app import create_app
from surveyapp.config import Settings, Smtp
from surveyapp.models import Evaluation, Invitee, Mail, Mailing, Wave
from surveyapp.models.database import Database
from surveyapp.queries import mailings
from tests import cast
from tests.web.staff import SECRET, Stage, admit_everybody, edition
from tests.web.test_evaluations import form_token

PATH = "/evaluations/samen/mail"
SMTP = Smtp(host="127.0.0.1", sender="onderzoek@bureau.example", port=1, security="none", per_minute=30)


@dataclass
class Post:
    """What a form brought about, with the page that it led to."""

    status: int
    page: str
    path: str


def raise_with_mail(url: str) -> Stage:
    """An application of an installation that has a mail server."""
    return Stage(create_app(replace(Settings(url, SECRET), smtp=SMTP)), Database(url))


def set_up(stage: Stage, *, regime: str = "confidential") -> None:
    """A governor without an address, and six officials of three organisations."""
    with stage.database.session() as session:
        study = cast.study(session, asked=edition(), regime=regime)
        study.invite(session, "governor", name="Zonder adres", email="")
        for number in range(6):
            name = f"Official {number}"
            study.invite(session, "official", member=number % 3, name=name, email=f"o{number}@gemeente.example")
        admit_everybody(stage, session, study.evaluation, study.anna)
        session.commit()


def page(stage: Stage, path: str = "", who: str = "anna") -> str:
    """A page of mail in English."""
    mark = "&" if "?" in path else "?"
    return stage.page(who, f"/mail{path}{mark}language=en")


def post(stage: Stage, path: str, who: str = "anna", **form: str) -> Post:
    """Send a form and follow where it leads."""
    client = stage.client(who)
    answer = client.post(f"{PATH}{path}?language=en", data={"csrf_token": token(client), **form})
    if answer.status_code != 303:
        return Post(answer.status_code, answer.get_data(as_text=True), path)
    led = answer.headers["Location"]
    return Post(303, client.get(led).get_data(as_text=True), led.removeprefix(PATH).partition("?")[0])


def token(client: FlaskClient) -> str:
    """The proof of who signed in that every form carries."""
    return form_token(client.get("/evaluations/samen").get_data(as_text=True))


def its_mailings(stage: Stage) -> list[Mailing]:
    with stage.database.session(readonly=True) as session:
        return list(session.scalars(select(Mailing).order_by(Mailing.id)))


def invitee(stage: Stage, name: str) -> int:
    """The number of somebody of the study."""
    with stage.database.session(readonly=True) as session:
        return session.scalars(select(Invitee.id).where(Invitee.name == name)).one()


def send_invitations(stage: Stage, *states: str) -> int:
    """A round of invitations whose mails are in these states, in the order of the officials; its number."""
    with stage.database.session() as session:
        wave = session.scalars(select(Wave).join(Evaluation).where(Evaluation.slug == "samen")).one()
        mailing = verbs.plan(session, wave=wave, purpose="invitation", per_minute=60, by=None)
        assert verbs.begin(session, mailing_id=mailing.id) is True
        found = mailings.recipients(session, wave, "invitation")[: len(states)]
        verbs.address(session, mailing_id=mailing.id, invitee_ids=found)
        for mail, state in zip(session.scalars(select(Mail).order_by(Mail.id)), states, strict=True):
            mail.state, mail.attempts = state, 1
        session.commit()
        return mailing.id
