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

from surveyapp import clock
from surveyapp.access import PROJECT_LEAD
from surveyapp.actions import evaluations, organisations, publications, sign_ins, users, waves
from surveyapp.analysis.disclosure import SafeResults
from surveyapp.models import Evaluation, Organisation, Rendering, User
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
_KINDS: Final = {"text/html": ".html", "text/csv": ".csv", "application/zip": ".zip", "image/svg+xml": ".svg"}

Files = list[tuple[str, bytes]]


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

    def publish(self, safe: SafeResults, edition: Edition, codes: Sequence[str]) -> str:
        """Publish this as a study of its own; the slug of the study."""
        self.opened += 1
        slug = f"study-{self.opened}"
        with self.stage.database.session() as session:
            lead = session.get_one(User, self.lead)
            study = evaluations.create(session, slug=slug, title={"nl": "Samen"}, client="Regio", by=lead)
            for code in codes:
                place = session.scalars(select(Organisation).where(Organisation.code == code)).one()
                evaluations.add_organisation(session, evaluation=study, organisation=place, by=lead)
            users.grant(session, user=lead, role=PROJECT_LEAD.name, evaluation=study, by=None)
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
            publications.publish(session, wave=wave, by=lead, safe=safe)
            session.commit()
        return slug

    def visited(self, slug: str, wanted: Callable[[str], bool] = lambda _: True) -> Files:
        """Every page and file of the publication that links lead to, of those that are ``wanted`` by their address."""
        client = self.stage.client("lead")
        start = f"/evaluations/{slug}/publication"
        waiting, seen, found = [start], {start}, Files()
        while waiting:
            address = waiting.pop(0)
            media, content = _fetched(client, address)
            found += opened(_file_name(address, media), content)
            for link in map(_address, _LINK.findall(content.decode()) if media == "text/html" else ()):
                if link.startswith(start) and link not in seen and "language=" not in link and wanted(link):
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

    def pictures(self, slug: str, wanted: Callable[[str, str], bool] = lambda *_: True) -> Iterator[tuple[str, bytes]]:
        """Those figures as a worker draws them; ``wanted`` by audience and layout."""
        for number, (audience, figure) in enumerate(self.figures(slug)):
            if wanted(audience, figure.layout):
                yield f"{slug}/figures/{number}-{audience}.svg", svg(figure).content


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
