"""The report of a conversation: the notes as paragraphs, edited, and sent to who was talked with to be corrected."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from flask import current_app, redirect, render_template, request, url_for

from surveyapp import clock
from surveyapp.access import Permission
from surveyapp.actions import reviews as verbs
from surveyapp.errors import InvalidContent, SurveyError
from surveyapp.models import Interview, Participant, Review, User
from surveyapp.models.review import CONVERSATION
from surveyapp.queries import interviews as found_in
from surveyapp.queries import reviews
from surveyapp.web import study
from surveyapp.web.database import session
from surveyapp.web.errors import STATUS
from surveyapp.web.interviews.conversation import spoken, whoever
from surveyapp.web.interviews.planning import Page, holds, place_of, the
from surveyapp.web.interviews.room import interviews
from surveyapp.web.interviews.wording import refusal
from surveyapp.web.told import tell
from surveyapp.web.words import _

DAYS_TO_READ: Final = 14
LONGEST_PARAGRAPH: Final = 20_000


@dataclass(frozen=True)
class Paragraph:
    """What the report says about one topic."""

    key: str
    heading: str
    text: str


@interviews.route("/evaluations/<slug>/interviews/conversations/<int:interview>/report", methods=["GET", "POST"])
@holds
def report(slug: str, interview: int) -> Page:
    """The text, beginning with the notes; sent, it stands, and what readers say of it is history."""
    found = the(slug, interview)
    if request.method == "GET":
        return _page(found, _of_notes(found), _two_weeks())
    typed = [Paragraph(each.key, each.heading, _written(each.key)) for each in _of_notes(found)]
    day = request.form.get("deadline", "")
    try:
        review = _send(found, typed, day, whoever())
    except SurveyError as problem:
        session().rollback()
        return _page(the(slug, interview), typed, day, _refusal(problem)), STATUS[type(problem)]
    session().commit()
    if study.allowed(Permission.REVIEW_MANAGE, found.wave.evaluation):
        tell(_("The text is frozen. Nobody has it yet: mail the link, or hand it over."))
        return redirect(url_for("reviews.one", slug=slug, review=review.id), 303)
    tell(_("The text is frozen. Ask a researcher of this study to hand over the link."))
    return redirect(url_for("interviews.report", slug=slug, interview=interview), 303)


def _send(found: Interview, typed: list[Paragraph], day: str, by: User) -> Review:
    chosen = [one for one in found.participants if str(one.id) in request.form.getlist("readers")]
    if not chosen:
        raise InvalidContent("nobody-to-read")
    paragraphs = [{"key": one.key, "heading": one.heading, "text": one.text} for one in typed if one.text]
    review = verbs.begin(
        session(),
        wave=found.wave,
        kind=CONVERSATION,
        title=f"{_('Report of the interview')}: {place_of(found).name}",
        paragraphs=paragraphs,
        deadline=clock.end_of(_day(day)),
        by=by,
        interview=found,
        language=found.language,
    )
    for one in chosen:
        _let_read(review, one, by)
    return review


def _let_read(review: Review, one: Participant, by: User) -> None:
    key = str(current_app.config["SECRET_KEY"])
    verbs.add_reader(session(), review=review, name=one.name, email=one.email, secret_key=key, by=by, participant=one)


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError as problem:
        raise InvalidContent("not-a-day") from problem


def _two_weeks() -> str:
    return (clock.local(clock.now()).date() + timedelta(days=DAYS_TO_READ)).isoformat()


def _written(key: str) -> str:
    return request.form.get(f"text-{key}", "").replace("\x00", "").replace("\r\n", "\n").strip()[:LONGEST_PARAGRAPH]


def _of_notes(found: Interview) -> list[Paragraph]:
    """A paragraph for every topic of which something was noted, by whoever noted it."""
    texts: dict[str, list[str]] = {}
    for note in found_in.notes(session(), found):
        texts.setdefault(note.topic, []).append(note.text)
    topics = spoken(found, whoever())
    return [
        Paragraph(topic.key, topic.title, "\n".join(filter(None, texts[topic.key])))
        for topic in topics
        if topic.key in texts
    ]


def _refusal(problem: SurveyError) -> str:
    match problem.code:
        case "nobody-to-read":
            return _("Choose who reads the report: somebody who was talked with.")
        case "not-a-day" | "deadline-past":
            return _("Fill in a day that is still to come, such as 31-12-2026.")
        case "nothing-to-read":
            return _("There is nothing to read yet. Make notes first, or write the report.")
        case _:
            return refusal(problem)


def _page(found: Interview, paragraphs: list[Paragraph], deadline: str, error: str = "") -> str:
    return render_template(
        "interviews/report.html",
        evaluation=found.wave.evaluation,
        interview=found,
        place=place_of(found),
        paragraphs=paragraphs,
        deadline=deadline,
        rounds=[one for one in reviews.of_wave(session(), found.wave) if one.interview_id == found.id],
        error=error,
    )
