"""The page during a conversation: questions and notes per topic, kept while they are written, network or not."""

import hashlib
import hmac
import json
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Final
from uuid import uuid4

from flask import current_app, redirect, render_template, request, url_for
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from surveyapp import clock
from surveyapp.actions import interviews as arranging
from surveyapp.actions import notes as verbs
from surveyapp.errors import InvalidContent, NotAllowed, SurveyError
from surveyapp.models import Interview, Note, Quote, User
from surveyapp.queries import interviews as found_in
from surveyapp.reports.interview_guide import GuideTopic, InterviewGuide
from surveyapp.web import visitor
from surveyapp.web.database import session
from surveyapp.web.errors import STATUS
from surveyapp.web.formats import hour
from surveyapp.web.interviews import guides
from surveyapp.web.interviews.planning import Page, holds, place_of, the
from surveyapp.web.interviews.prepared import Prepared, prepared
from surveyapp.web.interviews.room import interviews
from surveyapp.web.interviews.wording import refusal
from surveyapp.web.told import tell
from surveyapp.web.words import N_, _

MOST_AT_ONCE: Final = 500
"""Notes and quotes in one request: more than anybody writes in an hour."""
OPENING, CLOSING = "opening", "closing"
MARK_WORDS: Final = {
    "confirms": N_("confirms the scores"),
    "contradicts": N_("contradicts the scores"),
    "nuance": N_("adds nuance"),
    "new": N_("is new"),
}
CONSENT_WORDS: Final = {
    "none": N_("do not quote"),
    "paraphrase": N_("only in other words"),
    "unattributed": N_("literally, without saying whose"),
    "role": N_("literally, with the role"),
    "name": N_("literally, by name"),
}


@dataclass(frozen=True)
class Spoken:
    """A topic on the page, with what is asked and what was written."""

    key: str
    title: str
    minutes: int = 0
    questions: tuple[str, ...] = ()
    further: tuple[str, ...] = ()
    notes: list[Note] = field(default_factory=list)
    """The visitor's own."""
    others: list[Note] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    other_quotes: list[Quote] = field(default_factory=list)


@interviews.get("/evaluations/<slug>/interviews/conversations/<int:interview>")
@holds
def conversation(slug: str, interview: int) -> str:
    """What to ask and what was said, topic by topic."""
    return _page(the(slug, interview))


@interviews.post("/evaluations/<slug>/interviews/conversations/<int:interview>/notes")
@holds
def keep_notes(slug: str, interview: int) -> Page:
    """Keep what was written: by the script of the page, or as a form without it."""
    found = the(slug, interview)
    by_script = "writes" in request.form
    kept, refused = _kept(found, _by_script() if by_script else _by_form())
    session().commit()
    if by_script:
        return _told(kept, refused)
    if refused:
        return _page(found, next(iter(refused.values()))), 422
    tell(_("The notes were kept."))
    return redirect(url_for("interviews.conversation", slug=slug, interview=interview), 303)


@interviews.post("/evaluations/<slug>/interviews/conversations/<int:interview>/references")
@holds
def add_reference(slug: str, interview: int) -> Page:
    """Note a document that was spoken of."""
    found = the(slug, interview)
    words = {name: request.form.get(name, "").replace("\x00", "") for name in ("title", "place", "dated")}
    try:
        arranging.refer(session(), interview=found, **words, by=visitor.user())
    except SurveyError as problem:
        session().rollback()
        return _page(the(slug, interview), refusal(problem)), STATUS[type(problem)]
    session().commit()
    tell(_("The document was noted."))
    return redirect(f"{url_for('interviews.conversation', slug=slug, interview=interview)}#references", 303)


def whoever() -> User:
    """Who is signed in; the guard has seen to it that somebody is."""
    user = visitor.user()
    if user is None:
        raise NotAllowed("permission")
    return user


def device_key(user: User, interview: Interview) -> str:
    """What this user's device seals the notes of this conversation with, base64 of 32 bytes. The same after signing in
    again, so that a session that ended in between loses nothing; the server keeps it nowhere."""
    return b64encode(_derived("key", user, interview)).decode()


def _derived(purpose: str, user: User, interview: Interview) -> bytes:
    secret = str(current_app.config["SECRET_KEY"]).encode()
    about = f"interview-notes {purpose} {user.id} {interview.id} {interview.calendar_uid}"
    return hmac.new(secret, about.encode(), hashlib.sha256).digest()


# --- what was posted -------------------------------------------------------------------------------------------------


def _by_script() -> list[dict[str, Any]]:
    try:
        writes = json.loads(request.form["writes"])
    except ValueError as problem:
        raise BadRequest("no notes") from problem
    if not isinstance(writes, list) or not all(isinstance(write, dict) for write in writes):
        raise BadRequest("no notes")
    if len(writes) > MOST_AT_ONCE:
        raise BadRequest("too many notes")
    return writes


def _by_form() -> list[dict[str, Any]]:
    """Fields have the id behind their name: ``text-<id>``; ``id`` lists them."""
    names = ("kind", "topic", "version", "text", "mark", "consent", "participant")
    ids = request.form.getlist("id")[:MOST_AT_ONCE]
    return [{"id": one, **{name: request.form.get(f"{name}-{one}", "") for name in names}} for one in ids]


def _kept(found: Interview, writes: list[dict[str, Any]]) -> tuple[dict[str, verbs.Kept | None], dict[str, str]]:
    """What became of each, by id; and why some were not kept."""
    user = whoever()
    kept: dict[str, verbs.Kept | None] = {}
    refused: dict[str, str] = {}
    for write in writes:
        number = str(write.get("id", ""))[:60]
        try:
            kept[number] = _keep(found, number, write, user)
        except SurveyError as problem:
            refused[number] = refusal(problem)
    return kept, refused


def _keep(found: Interview, number: str, write: dict[str, Any], user: User) -> verbs.Kept | None:
    sent = write.get("sent")
    known: dict[str, Any] = {
        "interview": found,
        "id": number,
        "topic": str(write.get("topic", "")),
        "text": str(write.get("text", "")),
        "version": _number(write.get("version")) or 0,
        "sent": sent if isinstance(sent, str) else None,
        "by": user,
    }
    if write.get("kind") == "quote":
        participant = _number(write.get("participant"))
        return verbs.quote(
            session(), **known, consent=str(write.get("consent") or "none"), participant=participant or None
        )
    return verbs.note(session(), **known, mark=str(write.get("mark") or ""))


def _number(given: object) -> int | None:
    words = str(given if given is not None else "").strip()
    if not words:
        return None
    if not words.isdecimal() or len(words) > 9:
        raise InvalidContent("note-number")
    return int(words)


def _told(kept: dict[str, verbs.Kept | None], refused: dict[str, str]) -> Response:
    answer = {
        "saved": hour(clock.now()),
        "kept": {
            number: {"id": one.id, "version": one.version, "apart": one.apart} if one is not None else {"version": 0}
            for number, one in kept.items()
        },
        "refused": refused,
    }
    return Response(json.dumps(answer), mimetype="application/json")


# --- the page --------------------------------------------------------------------------------------------------------


def _page(found: Interview, error: str = "") -> str:
    user = whoever()
    return render_template(
        "interviews/conversation.html",
        evaluation=found.wave.evaluation,
        interview=found,
        place=place_of(found),
        topics=spoken(found, user),
        references=found_in.references(session(), found),
        marks=MARK_WORDS,
        consents=CONSENT_WORDS,
        new_id=lambda: str(uuid4()),
        key=device_key(user, found),
        device=_derived("place", user, found).hex()[:16],
        error=error,
    )


def spoken(found: Interview, user: User, also: Iterable[str] = ()) -> list[Spoken]:
    """The topics of the agenda between opening and closing, with what this user and others wrote, and then those of
    which something was written, and ``also`` these, that are not on the agenda any more."""
    known = prepared(place_of(found), found.role)
    guide = _guide(known)
    opening, closing = Spoken(OPENING, _("Opening")), Spoken(CLOSING, _("To end with"))
    topics = [opening, closing]
    if guide is not None:
        parts = (*guide.topics, *([guide.strength] if guide.strength else []), *guide.regional)
        closing = replace(closing, minutes=guide.closing_minutes, questions=guide.closing)
        topics = [replace(opening, minutes=guide.opening_minutes), *map(_of_guide, parts), closing]
    by_key = {topic.key: topic for topic in topics}
    for key in also:
        by_key.setdefault(key, _gone(known, key))
    for note in found_in.notes(session(), found):
        topic = by_key.setdefault(note.topic, _gone(known, note.topic))
        (topic.notes if note.author_id == user.id else topic.others).append(note)
    for quote in found_in.quotes(session(), found):
        topic = by_key.setdefault(quote.topic, _gone(known, quote.topic))
        (topic.quotes if quote.author_id == user.id else topic.other_quotes).append(quote)
    return list(by_key.values())


def _of_guide(part: GuideTopic) -> Spoken:
    return Spoken(part.key, part.title, part.minutes, part.questions, part.further)


def _gone(known: Prepared | None, key: str) -> Spoken:
    title = known.known.titles.get(key, "").rstrip(".") if known is not None else ""
    left = _("%(topic)s (not on the agenda any more)", topic=title) if title else _("Not on the agenda any more")
    return Spoken(key, left)


def _guide(known: Prepared | None) -> InterviewGuide | None:
    """Without what people wrote, which stands in the guide itself; None where nobody answered."""
    return guides.without_words(known) if known is not None and known.has_answers else None
