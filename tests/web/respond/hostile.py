"""A study that asks for many words, and everything that people see of what was filled in."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from surveyapp.actions import waves
from surveyapp.models import Answer, Response
from surveyapp.questionnaires.edition import Edition
from tests import cast
from tests.web.staff import Stage, admit_everybody

SECTIONS: Final = ("long", "brief", "beside")


def edition(number: int) -> Edition:
    """The questionnaire of the cast, with so many long texts, short ones, and choices with a comment and "other"."""
    document = cast.edition().model_dump(mode="json")
    document["questionnaire"]["sections"] += [
        _section("long", [_text(f"long_{each}", limit=10_000, purpose="good") for each in range(number)], theme="t1"),
        _section("brief", [_text(f"brief_{each}", short=True) for each in range(number)]),
        _section("beside", [_choice(f"beside_{each}") for each in range(number)]),
    ]
    return Edition.model_validate(document)


def _section(key: str, questions: list[dict[str, Any]], **also: str) -> dict[str, Any]:
    return {"key": key, "title": {"nl": key}, "questions": questions, **also}


def _text(key: str, **also: object) -> dict[str, Any]:
    return {"key": key, "kind": "text", "text": {"nl": "Wat?"}, **also}


def _choice(key: str) -> dict[str, Any]:
    options = [{"key": "yes", "label": {"nl": "Ja"}}, {"key": "more", "label": {"nl": "Anders"}, "other": True}]
    return {"key": key, "kind": "choice", "text": {"nl": "Hoe?"}, "comment": {"nl": "Toelichting"}, "options": options}


def fields(section: str, words: Sequence[str]) -> dict[str, str]:
    """What is posted of a section to give these words as answers."""
    found: dict[str, str] = {}
    for number, each in enumerate(words):
        key = f"{section}_{number}"
        if section == "beside":
            found |= {key: "more", f"{key}.other": each, f"{key}.comment": each}
        else:
            found[key] = each
    return found


@dataclass
class Scene:
    """Bram answers and Carla's paper form is entered; both say these words."""

    stage: Stage
    words: Sequence[str]
    study: cast.Study = field(init=False)

    def __post_init__(self) -> None:
        with self.stage.database.session() as session:
            self.study = cast.study(session, asked=edition(len(self.words)))
            for role, name in (("governor", "Bram"), ("official", "Carla"), ("official", "Eva")):
                self.study.invite(session, role, name=name)
            admit_everybody(self.stage, session, self.study.evaluation, self.study.anna)
            session.commit()
            self._numbers = list(self.study.tokens)[-3:]

    @property
    def link(self) -> str:
        return f"/r/{self.study.tokens[self._numbers[0]]}"

    @property
    def others_link(self) -> str:
        """Of Eva, who sends hers with scores."""
        return f"/r/{self.study.tokens[self._numbers[2]]}"

    @property
    def entry(self) -> str:
        return f"/evaluations/samen/entry/{self._numbers[1]}"

    @property
    def client(self) -> FlaskClient:
        return self.stage.client()

    def begin(self) -> None:
        assert self.client.post(self.link).status_code == 303

    def post(self, section: str, **given: str) -> TestResponse:
        """What Bram sends of a section; ``beside/keep-answers`` as the script does."""
        return self.client.post(f"{self.link}/{section}", data=given or fields(section.partition("/")[0], self.words))

    def stored(self, number: int = 0) -> dict[str, str]:
        """What is kept of Bram, or of another, and not empty."""
        with self.stage.database.session(readonly=True) as session:
            of = select(Response.id).where(Response.invitation_id == self._numbers[number])
            found = session.scalars(select(Answer).where(Answer.response_id.in_(of), Answer.value != ""))
            return {answer.question: answer.value for answer in found}

    def send(self) -> TestResponse:
        """Bram sends, and Eva sends marks."""
        assert self.client.post(self.others_link).status_code == 303
        marks = {"t1_1": "4", "t1_2": "2", "t1_3": "5"}
        assert self.client.post(f"{self.others_link}/first", data=marks).status_code == 303
        assert self.client.post(f"{self.others_link}/check-answers").status_code == 303
        return self.client.post(f"{self.link}/check-answers")

    def enter(self) -> FlaskClient:
        """Anna enters the same words for Carla."""
        anna = self.stage.client("anna")
        shown = anna.get(self.entry).text
        begun = anna.post(self.entry, data={"csrf_token": _proof(shown), "channel": "paper"})
        assert begun.status_code == 303, begun.text
        proof = _proof(anna.get(f"{self.entry}/brief").text)
        answer = anna.post(f"{self.entry}/brief", data={"csrf_token": proof, **fields("brief", self.words)})
        assert answer.status_code == 422
        return anna

    def close(self) -> None:
        with self.stage.database.session() as session:
            waves.close(session, wave=session.merge(self.study.wave), by=None)
            session.commit()

    def shown(self) -> Iterator[tuple[str, TestResponse]]:
        """Every page on which the words stand or were refused, by name."""
        self.begin()
        for section in SECTIONS:
            yield f"{section} refused", self.post(section)
            yield section, self.client.get(f"{self.link}/{section}")
        asked = {"name": "Carla", "email": "carla@almelo.example", "for": "nl"}
        assert self.client.post(f"{self.link}/brief/pass-on", data=asked).status_code == 303
        colleague = re.search(r"/c/[\w-]{22}", self.client.get(f"{self.link}/brief/pass-on").text)
        assert colleague is not None
        yield "a colleague's", self.client.get(f"{colleague[0]}/brief")
        yield "look back", self.client.get(f"{self.link}/check-answers")
        anna = self.enter()
        for section in ("brief", "check-answers"):
            yield f"entering {section}", anna.get(f"{self.entry}/{section}")
        yield "not finished", self.client.post(f"{self.link}/check-answers")
        stored = self.stored()
        unsaid = [key for key in fields("beside", self.words) if key.endswith(".other") and key not in stored]
        self.post("beside", **{key.partition(".")[0]: "yes" for key in unsaid})
        assert self.send().status_code == 303
        self.close()
        yield "results", anna.get("/evaluations/samen/scores/organisations/GM0141")
        yield "interview", anna.get("/evaluations/samen/interviews/GM0141")


def _proof(html: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', html)
    assert found is not None, html
    return found[1]
