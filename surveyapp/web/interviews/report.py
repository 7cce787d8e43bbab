"""The report of a conversation: the notes as paragraphs, edited, and sent to who was talked with to be corrected."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from flask import current_app, redirect, render_template, request, url_for
from werkzeug.exceptions import BadRequest

from surveyapp import clock
from surveyapp.access import Permission
from surveyapp.actions import conversation_drafts as drafts
from surveyapp.actions import reviews as verbs
from surveyapp.actions.notes import TOPIC
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
LONGEST_VERSION: Final = 9
"""Digits."""


@dataclass(frozen=True)
class Paragraph:
    """What the report says about one topic."""

    key: str
    heading: str
    text: str
    noted: str = ""
    """What interviewers noted of it."""
    saved: str = ""
    """What stands there by now, where somebody else saved another text."""


@interviews.route("/evaluations/<slug>/interviews/conversations/<int:interview>/report", methods=["GET", "POST"])
@holds
def report(slug: str, interview: int) -> Page:
    """The text, beginning with the notes, saved as often as one likes; once frozen it stands, and what readers say of
    it is history."""
    found = the(slug, interview)
    if request.method == "GET":
        return _page(found, _begun(found), _two_weeks())
    typed = [replace(each, text=_written(each.key)) for each in _begun(found)]
    day = request.form.get("deadline", "")
    try:
        _keep(found, typed, whoever())
        review = _send(found, typed, day, whoever()) if "freeze" in request.form else None
    except SurveyError as problem:
        session().rollback()
        found = the(slug, interview)
        return _page(found, _beside(found, typed), day, _refusal(problem)), STATUS[type(problem)]
    session().commit()
    if review is None:
        tell(_("The text was saved. Nobody outside the research team sees it before you freeze it."))
    elif study.allowed(Permission.REVIEW_MANAGE, found.wave.evaluation):
        tell(_("The text is frozen. Nobody has it yet: mail the link, or hand it over."))
        return redirect(url_for("reviews.one", slug=slug, review=review.id), 303)
    else:
        tell(_("The text is frozen. Ask a researcher of this study to hand over the link."))
    return redirect(url_for("interviews.report", slug=slug, interview=interview), 303)


def _keep(found: Interview, typed: list[Paragraph], by: User) -> None:
    version = request.form.get("version", "")
    if not version.isdecimal() or len(version) > LONGEST_VERSION:
        raise BadRequest("which version was changed")
    texts = {one.key: one.text for one in typed if one.text}
    drafts.keep(session(), interview=found, texts=texts, version=int(version), by=by)


def _beside(found: Interview, typed: list[Paragraph]) -> list[Paragraph]:
    """What was typed, and where somebody saved something else in the meantime, that too."""
    draft = found_in.draft(session(), found)
    if draft is None or str(draft.version) == request.form["version"]:
        return typed
    return [replace(one, saved=_unless(one.text, draft.texts.get(one.key, ""))) for one in typed]


def _unless(text: str, other: str) -> str:
    return "" if other == text else other


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
    return request.form.get(f"text-{key}", "").replace("\x00", "").replace("\r\n", "\n").strip()


def _begun(found: Interview) -> list[Paragraph]:
    """A paragraph for every topic: as it was saved last, and else beginning with the notes of all interviewers."""
    notes: dict[str, list[str]] = {}
    for note in found_in.notes(session(), found):
        notes.setdefault(note.topic, []).append(note.text)
    noted = {topic: "\n".join(filter(None, texts)) for topic, texts in notes.items()}
    draft = found_in.draft(session(), found)
    begun = draft.texts if draft is not None else noted
    return [
        Paragraph(topic.key, topic.title, begun.get(topic.key, ""), noted.get(topic.key, ""))
        for topic in spoken(found, whoever(), also=(*begun, *_posted()))
    ]


def _posted() -> list[str]:
    """Topics that the page had when it was opened."""
    names = [name.removeprefix("text-") for name in request.form if name.startswith("text-")]
    return [name for name in names if TOPIC.fullmatch(name)]


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
        draft=found_in.draft(session(), found),
        deadline=deadline,
        rounds=[one for one in reviews.of_wave(session(), found.wave) if one.interview_id == found.id],
        error=error,
    )
