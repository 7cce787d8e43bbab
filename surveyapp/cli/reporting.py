"""Making a report at the prompt: the same rights as in the browser."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session

from surveyapp.access import Permission, Scope, may
from surveyapp.cli import rights
from surveyapp.config import Settings
from surveyapp.errors import NotAllowed, NotFound
from surveyapp.models import Evaluation, Wave
from surveyapp.models.database import Database
from surveyapp.models.publication import LEAD, PUBLIC
from surveyapp.queries import evaluations, publications, reports
from surveyapp.reports import printing
from surveyapp.reports.rendered import Rendered
from surveyapp.reports.report import MUNICIPALITY, Report
from surveyapp.reports.sample import preview

FONTS: Final = Path(__file__).parents[1] / "web" / "static" / "built"


@dataclass(frozen=True)
class Wanted:
    """What somebody asks for at the prompt."""

    slug: str
    kind: str
    account: str | None
    wave: int | None
    organisation: str | None
    audience: str | None
    language: str
    form: str
    out: Path
    role: str = ""
    """Of an interview guide: the group that is talked with; empty for everybody."""

    def rendering(self, kind: str) -> str:
        """The kind of rendering that makes it in this format."""
        return kind if self.form == "pdf" else f"{kind}-{self.form}"


def write(known: Settings, wanted: Wanted) -> None:
    """Write the file, or nothing.

    Raises ``NotFound`` (``evaluation``, ``account``, ``account-needed``, ``organisation``, ``organisation-needed``,
    ``publication``) and ``NotAllowed`` (``may-not-see-results``).
    """
    database = Database(known.database_url)
    try:
        with database.session(readonly=True) as session:
            made = _gathered(session, wanted)
    finally:
        database.dispose()
    kept(printing.render(made.rendering(wanted.form), made.to_document(), fonts=FONTS), wanted.out)


def write_preview(kind: str, form: str, language: str, out: Path) -> None:
    """Write the sample of this kind. Raises ``InvalidContent`` (``sample``) where it cannot be used."""
    kept(preview(kind, form, language, fonts=FONTS), out)


def kept(printed: Rendered, out: Path) -> None:
    """Write what was printed, all of it or nothing."""
    beside = out.with_name(f".{out.name}.part")
    try:
        beside.write_bytes(printed.content)
        beside.replace(out)
    finally:
        beside.unlink(missing_ok=True)


def _gathered(session: Session, wanted: Wanted) -> Report:
    evaluation = evaluations.by_slug(session, wanted.slug)
    by = rights.named(session, evaluation, wanted.account)
    member = rights.member(session, evaluation, wanted.organisation, by) if wanted.kind == MUNICIPALITY else None
    needed = Permission.PUBLICATION_READ_OWN if member is not None else Permission.PUBLICATION_READ
    if not may(by, needed, Scope(evaluation.id, member.id if member is not None else None)):
        raise NotAllowed("may-not-see-results", email=by.email, slug=evaluation.slug)
    audience = "organisation" if member is not None else PUBLIC if wanted.audience == PUBLIC else LEAD
    wave = _wave(session, evaluation, wanted.wave, PUBLIC if audience == PUBLIC else LEAD)
    return reports.of(session, wave, audience=audience, language=wanted.language, member=member)


def _wave(session: Session, evaluation: Evaluation, number: int | None, audience: str) -> Wave:
    found = publications.published_wave(session, evaluation, number, audience=audience)
    if found is None:
        raise NotFound("publication", wave=0)
    return found
