"""What is handed out beside the pages: reports, what interviewees get beforehand, and drafts that readers remark on.

All of them made as the product makes them, from what was published and from words of researchers.
"""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import clock
from surveyapp.actions import findings, report_texts, reviews
from surveyapp.actions.findings import Said
from surveyapp.analysis import agenda, proposal, selection
from surveyapp.analysis.disclosure import SafeResults
from surveyapp.models import Evaluation, Membership, Publication, User, Wave
from surveyapp.models.publication import LEAD
from surveyapp.queries import evaluations, reports
from surveyapp.reports import beforehand, printing
from surveyapp.reports.agreed import Agreed, proposed
from surveyapp.reports.beforehand import published_means
from surveyapp.reports.beforehand_preparation import beforehand as prepared
from surveyapp.reports.report import REGION, Report
from tests.analysis.attacking.generated import Generated, counted
from tests.journeys.choosing import Choice
from tests.journeys.showroom import NAMES, Room, Showroom, edition_of
from tests.web.staff import SECRET

FONTS: Final = Path(__file__).parents[2] / "surveyapp" / "web" / "static" / "built"
_WRITTEN: Final = "Wij zagen dit ook in de gesprekken: {{score %s}} voor de regio, van {{n %s}} mensen."


def reports_of(showroom: Showroom, slug: str, room: Room, choice: Choice) -> Iterator[tuple[str, bytes]]:
    """Those of the region and of some organisations, each as a page of its own or as another file."""
    with showroom.stage.database.session(readonly=True) as session:
        study = evaluations.by_slug(session, slug)
        frozen = _frozen(session, study, room)
        places = [None, *evaluations.memberships(session, study)] if room.audience == LEAD else [None]
        for member in places:
            code = member.organisation.code if member is not None else ""
            if member is not None and not choice.is_reported(int(code[1:])):
                continue
            made = _gathered(session, frozen, member)
            for form in choice.forms(code, is_newest=room.number is None and room.audience == LEAD):
                yield _file(made, form, f"{slug}/report-{room.audience}-{room.number}-{code or REGION}")


def _frozen(session: Session, study: Evaluation, room: Room) -> Publication:
    """The publication with this number, or the newest."""
    wanted = (
        select(Publication)
        .join(Wave)
        .where(Wave.evaluation_id == study.id, Publication.audience == room.audience)
        .order_by(Publication.number.desc())
    )
    return session.scalars(wanted.where(Publication.number == room.number) if room.number else wanted).first() or _no()


def _no() -> Publication:
    raise AssertionError("nothing was published")


def _gathered(session: Session, frozen: Publication, member: Membership | None) -> Report:
    audience = frozen.audience if member is None else "organisation"
    return reports.made(session, frozen, audience=audience, language="nl", member=member)


def _file(made: Report, form: str, stem: str) -> tuple[str, bytes]:
    return f"{stem}.{form}", printing.render(made.rendering(form), made.to_document(), fonts=FONTS).content


def digest_in_report(showroom: Showroom, slug: str) -> str:
    """By which the report of the region says what it was made of."""
    with showroom.stage.database.session(readonly=True) as session:
        made = reports.of(session, _wave(session, slug), audience=LEAD, language="nl")
    return made.provenance.data_digest


def write_beside(showroom: Showroom, slug: str) -> None:
    """Let a researcher write in the report of the region, and establish something about the first theme."""
    with showroom.stage.database.session() as session:
        by, wave = session.get_one(User, showroom.lead), _wave(session, slug)
        made = reports.of(session, wave, audience=LEAD, language="nl")
        theme = made.chapters[0]
        if theme.region.value is not None and theme.n is not None:
            words = _WRITTEN % (theme.key, theme.key)
            report_texts.write(session, wave=wave, report=made, section="summary", text=words, version=0, by=by)
        for member in (None, evaluations.memberships(session, wave.evaluation)[0]):
            said = Said(theme.key, "Het gaat hier anders dan afgesproken.", member)
            finding = findings.write(session, wave=wave, said=said, by=by)
            place = member.organisation.code if member is not None else "all"
            findings.link(
                session,
                finding=finding,
                kind="score",
                target=f"theme:{theme.key}:{place}:all",
                stance="supports",
                by=by,
            )
            findings.show(session, finding=finding, in_report=True, by=by)
        session.commit()


def drafts_of(showroom: Showroom, slug: str) -> Iterator[tuple[str, bytes]]:
    """What a reader sees behind the link of a round about the facts: the findings of the report."""
    with showroom.stage.database.session() as session:
        by, wave = session.get_one(User, showroom.lead), _wave(session, slug)
        made = reports.of(session, wave, audience=LEAD, language="nl")
        paragraphs = [{"key": f"finding-{each.number}", "heading": "", "text": each.fact} for each in made.findings]
        tomorrow = clock.now() + timedelta(days=1)
        review = reviews.begin(
            session, wave=wave, kind="facts", title="Concept", paragraphs=paragraphs, deadline=tomorrow, by=by
        )
        reader = reviews.add_reader(
            session, review=review, name="Bram", email="bram@almelo.example", secret_key=SECRET, by=by
        )
        token = reviews.show_link(session, reader=reader, secret_key=SECRET, by=by)
        session.commit()
    answer = showroom.stage.client().get(f"/review/{token}")
    assert answer.status_code == 200
    yield f"{slug}/review.html", answer.data


def _wave(session: Session, slug: str) -> Wave:
    return evaluations.asked_waves(session, evaluations.by_slug(session, slug))[0]


def papers_of(made: Generated, safe: SafeResults, choice: Choice, slug: str) -> Iterator[tuple[str, bytes]]:
    """What interviewees of each organisation get beforehand, by the agenda that the machine proposes."""
    edition, counts = edition_of(made.questionnaire), counted(made)
    topics = agenda.topics(made.results, counts, made.questionnaire)
    for code in sorted({one.organisation for one in made.people}):
        number = int(code[1:])
        role = [each.key for each in made.questionnaire.roles][(choice.turn + number) % 2]
        asked = proposal.asked_of(topics, role, made.questionnaire)
        own = {topic.key: topic for topic in asked if topic.organisation == code}
        chosen = proposed(selection.select(asked, code, counts, made.questionnaire)).topics
        names = {"study": "Samen", "organisation": NAMES[number], "sender": "Bureau", "region": "Regio"}
        means = published_means(safe.select(code), code)
        paper = prepared(Agreed(chosen, own, role), edition, means, language="nl", names=names)
        form = choice.paper(number)
        kind = beforehand.KIND if form == "pdf" else f"{beforehand.KIND}-{form}"
        yield f"{slug}/beforehand-{code}.{form}", printing.render(kind, paper.to_document(), fonts=FONTS).content
