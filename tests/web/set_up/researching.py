"""Anna at work in the browser: every form carries its proof, every answer is followed."""

import re
from dataclasses import dataclass, field
from io import BytesIO
from typing import TypeAlias

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from surveyapp.actions import invitations
from surveyapp.models import Wave
from surveyapp.queries import evaluations
from tests.web.staff import SECRET, Stage

Value: TypeAlias = str | list[str] | tuple[BytesIO, str]
"""What a form sends in a field: words, several, or a file."""
STUDY = {"title_nl": "Samen", "client": "Regio Twente", "purpose_nl": "Om te leren.", "slug": "samen"}
AT = "/evaluations/samen/set-up"
PERIOD: dict[str, Value] = {
    "opens_on": "2030-03-04", "opens_time": "09:00", "closes_on": "2030-03-29", "sender": "Bureau",
    "languages": ["nl", "en"], "contact_name": "Anna", "contact_email": "anna@bureau.example",
}  # fmt: skip


@dataclass
class Desk:
    """A browser of somebody who signed in, with English pages."""

    browser: FlaskClient
    proof: str = field(default="")

    @classmethod
    def of(cls, stage: Stage, who: str, proof_from: str = "/evaluations/new") -> "Desk":
        browser = stage.client(who)
        found = re.search(r'name="csrf_token" value="([^"]+)"', browser.get(proof_from).text)
        assert found is not None, proof_from
        return cls(browser, found[1])

    def read(self, address: str) -> str:
        """A page that must be there."""
        answer = self.browser.get(address, query_string={"language": "en"} if "?" not in address else None)
        assert answer.status_code == 200, (address, answer.status_code, answer.location)
        return answer.text

    def send(self, address: str, **values: Value) -> TestResponse:
        """A form; not followed."""
        return self.browser.post(f"{address}?language=en", data={"csrf_token": self.proof, **values})

    def sent(self, address: str, **values: Value) -> str:
        """A form that must be taken; where it leads to, without the language."""
        answer = self.send(address, **values)
        assert answer.status_code == 303, (address, answer.status_code, problems(answer.text))
        return str(answer.location).replace("?language=en", "").replace("&language=en", "")

    def refused(self, address: str, **values: Value) -> list[tuple[str, str]]:
        """A form with mistakes: the field and the sentence of each, as the summary on top has them."""
        answer = self.send(address, **values)
        assert answer.status_code in {409, 422}, (address, answer.status_code)
        return problems(answer.text)


def problems(page: str) -> list[tuple[str, str]]:
    """The summary of what is wrong."""
    start = page.find('id="errors"')
    if start < 0:
        return []
    summary = page[start : page.index("</ul>", start)]
    linked = re.findall(r'<li>(?:<a[^>]*href="#([^"]+)">)?([^<]+)', summary)
    return [(anchor, words.strip()) for anchor, words in linked]


def begin(stage: Stage) -> Desk:
    """The owner's desk, with a study of which nothing was chosen yet."""
    desk = Desk.of(stage, "owner")
    assert desk.sent("/evaluations/new", **STUDY) == AT
    return desk


def choose_usual(desk: Desk) -> None:
    """The seven habits, put to Almelo and Borne."""
    desk.sent(f"{AT}/questionnaire", edition="seven-habits/1")
    desk.sent(f"{AT}/organisations", how="table", municipality=["GM0141", "GM0147"])


def wave_of(stage: Stage) -> Wave:
    with stage.database.session(readonly=True) as session:
        return evaluations.wave(session, evaluations.by_slug(session, "samen"))


def invite(stage: Stage, *, times: int = 5, role: str = "official") -> None:
    """Five officials of both organisations, through the action."""
    with stage.database.session() as session:
        study = evaluations.by_slug(session, "samen")
        for member in evaluations.memberships(session, study):
            for number in range(times):
                invitations.invite(
                    session,
                    wave=evaluations.wave(session, study),
                    membership=member,
                    role=role,
                    name=f"Carla {number}",
                    email=f"carla{number}@example.nl",
                    language="nl",
                    secret_key=SECRET,
                    by=None,
                )
        session.commit()
