"""A study as it is handed out, really made: its publication on the pages of an application, and every file there is.

No respondents are put in a database, which takes long: what is published is given. From then on everything is real.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Final

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.access import PROJECT_LEAD
from surveyapp.actions import evaluations, organisations, publications, sign_ins, users, waves
from surveyapp.analysis.disclosure import SafeResults
from surveyapp.models import Evaluation, ItemTally, Organisation, Rendering, User, Wave
from surveyapp.models.publication import LEAD, PUBLIC
from surveyapp.questionnaires.edition import Edition
from surveyapp.questionnaires.questionnaire import Questionnaire
from surveyapp.reports.datasets import packing, results
from surveyapp.reports.figures.drawing.drawn import svg
from surveyapp.reports.figures.specification import AnyFigure, from_document
from surveyapp.reports.reading_back import Labels
from surveyapp.reports.reading_back.files import opened
from tests.web.staff import Stage, drop_curtain, raise_curtain

NAMES: Final = (
    *("Almelo", "Borne", "Dinkelland", "Enschede", "Haaksbergen", "Hellendoorn", "Hengelo", "Hof van Twente"),
    *("Losser", "Oldenzaal", "Rijssen", "Tubbergen", "Twenterand", "Wierden"),
)
"""What the organisations M0 to M13 are called."""
_NOTES: Final = {"study": "study", "wave": "1", "regime": "confidential", "published": "2026-11-22"}
_LINK: Final = re.compile(r'(?:href|src|srcset|action)="([^"]+)"')
_KINDS: Final = {"text/html": ".html", "text/csv": ".csv", "application/zip": ".zip"}
_DRAWN: Final = (".svg", ".png")
"""Pictures are drawn by workers, and here apart from the pages."""

Files = list[tuple[str, bytes]]


@dataclass(frozen=True)
class Room:
    """Where one publication is read: its audience, and its number where it is not the newest."""

    audience: str = LEAD
    number: int | None = None

    def start(self, slug: str) -> str:
        """The address of its first page."""
        chosen = f"?wave=1&number={self.number}" if self.number else ""
        return (f"/public/{slug}" if self.audience == PUBLIC else f"/evaluations/{slug}/publication") + chosen

    def has(self, address: str, slug: str) -> bool:
        """Whether a link leads to a page or file of it, or to the table of a figure."""
        path, _, query = address.partition("?")
        if path.endswith(_DRAWN) or "language=" in query:
            return False
        if path.startswith(f"/evaluations/{slug}/figures/"):
            return self.audience == LEAD
        if not path.startswith(self.start(slug).partition("?")[0]):
            return False
        asked = re.search(r"\bnumber=(\d+)", query)
        return (int(asked[1]) if asked else None) == self.number or "/figures/" in path


@dataclass
class Showroom:
    """The application, and somebody who may see every publication in it."""

    stage: Stage
    lead: int
    opened: int = field(default=0)

    @classmethod
    def open(cls, url: str) -> "Showroom":
        """On a database with the schema and nothing in it."""
        stage = raise_curtain(url)
        with stage.database.session() as session:
            lead = users.create(session, email="lead@samen.example", name="Lead", by=None)
            stage.cookies["lead"] = sign_ins.begin(session, user=lead)
            for number, name in enumerate(NAMES):
                organisations.add(session, code=f"M{number}", name=name, kind="municipality", by=lead)
            session.commit()
            return cls(stage, lead.id)

    def close(self) -> None:
        drop_curtain(self.stage)

    def publish(self, released: Sequence[tuple[str, SafeResults]], edition: Edition, codes: Sequence[str]) -> str:
        """Publish these for their audiences, one after another, as a study of its own; the slug of the study."""
        self.opened += 1
        slug = f"study-{self.opened}"
        with self.stage.database.session() as session:
            lead = session.get_one(User, self.lead)
            study = evaluations.create(session, slug=slug, title={"nl": "Samen"}, client="Regio", by=lead)
            for code in codes:
                place = session.scalars(select(Organisation).where(Organisation.code == code)).one()
                evaluations.add_organisation(session, evaluation=study, organisation=place, by=lead)
            users.grant(session, user=lead, role=PROJECT_LEAD.name, evaluation=study, by=None)
            wave = self._planned(session, study, edition, lead)
            for turn, (audience, safe) in enumerate(released):
                _counted(session, wave, edition, turn)
                publications.publish(session, wave=wave, audience=audience, by=lead, safe=safe, reason="Gewist.")
            session.commit()
        return slug

    @staticmethod
    def _planned(session: Session, study: Evaluation, edition: Edition, lead: User) -> Wave:
        wave = waves.plan(
            session,
            evaluation=study,
            edition=edition,
            regime="confidential",
            opens_at=clock.now() - timedelta(days=2),
            closes_at=clock.now() - timedelta(days=1),
            sender="Bureau",
            contact_name="Anna",
            contact_email="anna@bureau.example",
            by=lead,
        )
        waves.set_for_public(session, wave=wave, for_public=True, by=lead)
        return wave

    def visited(self, slug: str, room: Room, wanted: Callable[[str], bool] = lambda _: True) -> Files:
        """Every page and file of a publication that links lead to, of those that are ``wanted`` by their address."""
        client = self.stage.client("lead" if room.audience == LEAD else None)
        start = room.start(slug)
        waiting, seen, found = [start], {start}, Files()
        while waiting:
            address = waiting.pop(0)
            media, content = _fetched(client, address)
            found += opened(_file_name(address, media), content)
            for link in map(_address, _LINK.findall(content.decode()) if media == "text/html" else ()):
                if link not in seen and room.has(link, slug) and wanted(link):
                    seen.add(link)
                    waiting.append(link)
        return found

    def figures(self, slug: str) -> Iterator[tuple[str, AnyFigure]]:
        """The figures that the pages asked for so far, and for which audience."""
        with self.stage.database.session(readonly=True) as session:
            asked = session.execute(
                select(Rendering.audience, Rendering.specification)
                .join(Evaluation, Evaluation.id == Rendering.evaluation_id)
                .where(Evaluation.slug == slug, Rendering.kind == "figure")
                .order_by(Rendering.id)
            ).all()
        for audience, specification in asked:
            yield audience, from_document(specification)

    def pictures(self, slug: str, wanted: Callable[[int, str, str], bool]) -> Iterator[tuple[str, bytes]]:
        """Those figures as a worker draws them; ``wanted`` by place in the row, audience and layout."""
        for place, (audience, figure) in enumerate(self.figures(slug)):
            if wanted(place, audience, figure.layout):
                yield f"{slug}/figures/{place}-{audience}.svg", svg(figure).content


def _counted(session: Session, wave: Wave, edition: Edition, turn: int) -> None:
    """Let the counts differ from what they were: the same ones are published once."""
    asked, place = edition.questionnaire, wave.evaluation.memberships[0].id
    question, role = next(iter(asked.questions)), asked.roles[0].key
    session.add(
        ItemTally(wave_id=wave.id, question=question, membership_id=place, role=role, answer=str(turn + 1), count=1)
    )
    session.flush()


def _address(link: str) -> str:
    """Without the place on the page that it leads to."""
    return unescape(link).partition("#")[0]


def _file_name(address: str, media: str) -> str:
    name, end = address.strip("/").replace("?", "_"), _KINDS.get(media, "")
    return name if name.endswith(end) else name + end


def _fetched(client: FlaskClient, address: str) -> tuple[str, bytes]:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return str(answer.mimetype), answer.data


def downloaded(
    safe: SafeResults, edition: Edition, places: Mapping[str, str], kinds: Sequence[str], room: Path, stem: str
) -> Iterator[tuple[str, bytes]]:
    """The files of a download in these formats, packed and unpacked."""
    download = results.published(safe, edition, title={"nl": "Samen"}, organisations=places, notes=_NOTES)
    for kind in kinds:
        out = room / f"{stem}-{kind}.zip"
        packing.zipped(download, kind, out, stem=stem)
        yield from opened(out.name, out.read_bytes())


def edition_of(questionnaire: Questionnaire) -> Edition:
    """An edition that asks this."""
    words = {"nl": "Hoe gaat dat?"}
    themes = [
        {"key": key, "title": {"nl": key}, "description": words, "norms": [{"key": "n", "text": words}]}
        for key in questionnaire.themes
    ]
    origin = {"publisher": "Wij", "title": "Proef", "edition": "1", "wording": words, "explanation": words}
    signals = ("low", "divided", "role_gap", "behind", "dont_know", "decline", "open")
    return Edition.model_validate(
        {
            "framework": {"key": "sample", "title": words, "origin": origin, "themes": themes},
            "questionnaire": questionnaire.model_dump(),
            "guide": {
                "introduction": words,
                "strength": words,
                "closing": [words],
                "signals": dict.fromkeys(signals, words),
                "themes": [{"theme": key, "probes": [words], "measures": []} for key in questionnaire.themes],
            },
        }
    )


def labels_of(questionnaire: Questionnaire, codes: Sequence[str]) -> Labels:
    """What the pages call everything; a statement by its words, by its number as well, and by both."""
    items: dict[str, str] = {}
    for first, theme in enumerate(questionnaire.themes, 1):
        for second, item in enumerate(questionnaire.scored_items(theme), 1):
            words, number = item.text["nl"], f"{first}.{second}"
            items |= dict.fromkeys((words, number, f"{number} {words}"), item.key)
    return Labels.of(
        {theme: theme for theme in questionnaire.themes},
        items,
        named(codes),
        {role.plural["nl"]: role.key for role in questionnaire.roles},
    )


def named(codes: Sequence[str]) -> dict[str, str]:
    """Name -> code."""
    return {NAMES[int(code[1:])]: code for code in codes}
