"""A study in which people wrote something, with a codebook, for the pages of the room."""

import html
import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.access import RESEARCHER
from surveyapp.actions import codebook, sign_ins, users
from surveyapp.analysis.coding.book import Entry
from surveyapp.models import Code, Evaluation, User, Wave
from surveyapp.queries import source_texts
from surveyapp.queries.source_texts import SourceText
from tests import cast
from tests.web import staff
from tests.web.staff import Stage

PATH = "/evaluations/samen/themes"
SLOW = "Het gaat traag. Bel Bram de Boer op 06-12345678, hij weet het."
MONEY = "Er is <b>te weinig</b> geld."
GOOD = "Wij overleggen elke week."


def put_on(stage: Stage) -> None:
    """Three people wrote something; two codes; Eva codes too."""
    stage.app.config["WTF_CSRF_ENABLED"] = False
    with stage.database.session() as session:
        study = cast.study(session, asked=staff.edition())
        study.respond(session, "official", member=0, g1_good=SLOW)
        study.respond(session, "official", member=1, g1_good=MONEY)
        study.respond(session, "governor", member=0, g2_good=GOOD)
        study.invite(session, "governor", name="Bram de Boer", email="bram@almelo.example")
        study.begin(session, "official", g1_good="Dit is nog niet verstuurd.")
        for key, title in (("time", "Tempo"), ("money", "Geld")):
            entry = Entry(key, title, f"Als het gaat over {title.lower()}")
            codebook.add(session, evaluation=study.evaluation, entry=entry, themes=(), by=study.anna)
        staff.admit_everybody(stage, session, study.evaluation, study.anna)
        eva = users.create(session, email="eva@samen.example", name="Eva", by=study.anna)
        users.grant(session, user=eva, role=RESEARCHER.name, evaluation=study.evaluation, by=study.anna)
        stage.cookies["eva"] = sign_ins.begin(session, user=eva)
        session.commit()


def the_wave(session: Session) -> Wave:
    return session.scalars(select(Wave).join(Evaluation).where(Evaluation.slug == "samen")).one()


def text(stage: Stage, words: str) -> SourceText:
    with stage.database.session(readonly=True) as session:
        return next(each for each in source_texts.of(session, the_wave(session)) if each.text == words)


def place(stage: Stage, words: str) -> dict[str, str]:
    """What names a text in an address or a form."""
    found = text(stage, words)
    return {"in": found.source, "key": found.key}


def code(stage: Stage, who: str, words: str, *codes: str, **other: str) -> int:
    """Give a text codes on its page, and say what was answered."""
    fields = {**place(stage, words), "digest": text(stage, words).digest, "codes": list(codes), "then": "stay"}
    return stage.client(who).post(f"{PATH}/text", data={**fields, **other}).status_code


def number_of(stage: Stage, key: str) -> int:
    with stage.database.session(readonly=True) as session:
        return session.scalars(select(Code.id).where(Code.key == key)).one()


def by_name(session: Session, name: str) -> User:
    return session.scalars(select(User).where(User.name == name)).one()


def plain(page: str) -> str:
    """The words of a page, without markup."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())
