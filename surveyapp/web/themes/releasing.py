"""Letting words out of the team: what looks personal in a text, the redacted words beside it, and a decision."""

from collections.abc import Sequence
from typing import Final

from flask import redirect, render_template, request, url_for
from wtforms import BooleanField, HiddenField, SelectField, TextAreaField

from surveyapp.actions import text_releases as verbs
from surveyapp.actions.text_releases import Wanted
from surveyapp.analysis.redaction.difference import difference
from surveyapp.analysis.redaction.patterns import Span
from surveyapp.analysis.redaction.suggestions import WARNINGS, redacted, suggested
from surveyapp.errors import NotFound, SurveyError
from surveyapp.models import TextRelease
from surveyapp.models.interview import CONSENTS as LEVELS
from surveyapp.queries import released_texts, text_releases
from surveyapp.queries.known_names import known_names
from surveyapp.queries.source_texts import SourceText
from surveyapp.web import study
from surveyapp.web.database import session
from surveyapp.web.errors import STATUS
from surveyapp.web.themes import room as rooms
from surveyapp.web.themes.room import CONSENTS, Page, Room, codes_texts, refusal, themes, whoever
from surveyapp.web.told import tell
from surveyapp.web.worded_form import WordedForm
from surveyapp.web.words import N_, _

KINDS: Final = {
    "email": (N_("E-mail address"), N_("[e-mail address]")),
    "url": (N_("Web address"), N_("[web address]")),
    "iban": (N_("Bank account"), N_("[bank account]")),
    "phone": (N_("Telephone number"), N_("[telephone number]")),
    "bsn": (N_("Citizen service number"), N_("[citizen service number]")),
    "address": (N_("Address"), N_("[address]")),
    "date": (N_("Date"), N_("[date]")),
    "handle": (N_("Name on social media"), N_("[account]")),
    "name": (N_("Name"), N_("[name]")),
    "function": (N_("Function that one person has"), N_("[function]")),
}
"""What looks personal -> what it is called, and what takes its place."""


class Decision(WordedForm):
    """The redacted words and what may be done with them."""

    words = TextAreaField(filters=[lambda value: (value or "").replace("\x00", "").replace("\r\n", "\n")])
    consent = SelectField()
    theme = SelectField()
    names_organisation = BooleanField()
    reason = TextAreaField(filters=[lambda value: (value or "").replace("\x00", "")])
    digest = HiddenField()

    def offer(self, room: Room, text: SourceText) -> None:
        """No more than was agreed to, and every theme."""
        agreed = LEVELS[: LEVELS.index(text.consent) + 1]
        self.consent.choices = [(key, _(CONSENTS[key])) for key in agreed]
        self.theme.choices = [("", _("Of no theme")), *room.themes.items()]


@themes.get("/releases")
@codes_texts
def releases(slug: str) -> str:
    """Everything that was decided, and what readers see of it."""
    room = rooms.enter(slug)
    if room is None:
        return render_template("results/nothing_yet.html", evaluation=study.evaluation(slug), name=None)
    seen = {each.id: each for each in released_texts.released_texts(session(), room.wave)}
    decided = text_releases.decided(session(), room.wave)
    texts = {(text.source, text.key): text for text in rooms.read(room)} if decided else {}
    return render_template(
        "themes/releases.html",
        evaluation=room.evaluation,
        rows=[(each, seen.get(each.id), _standing(each, texts)) for each in decided],
        themes=room.themes,
        roles=room.roles,
        places=room.places,
        consents=CONSENTS,
    )


def _standing(release: TextRelease, texts: dict[tuple[str, str], SourceText]) -> str:
    """``gone`` where the source is not there any more, ``changed`` where its words are others, else the state."""
    source = texts.get((release.source, release.source_key))
    if source is None:
        return "gone"
    return release.state if source.digest == release.text_digest else "changed"


@themes.get("/release")
@codes_texts
def release(slug: str) -> str:
    """The text that the address names, with what looks personal taken out, or as it was redacted before."""
    room = rooms.must_enter(slug)
    text = rooms.read_one(room, request.args.get("in", ""), request.args.get("key", ""))
    spans = suggested(text.text, known_names(session(), room.evaluation))
    before = text_releases.of(session(), room.wave, text.source, text.key)
    accepted = [place for place, span in enumerate(spans) if span.kind not in WARNINGS]
    if before is None or before.text_digest != text.digest:
        words = {"words": _without(text, spans, accepted), "theme": text.theme, "digest": text.digest}
        form = Decision(data={**words, "consent": text.consent})
    else:
        accepted = [place for place, each in enumerate(before.suggestions) if each.get("accepted")]
        form = Decision(data={**_kept(before), "digest": text.digest})
    return _shown(room, text, form, spans, accepted, before)


@themes.post("/release")
@codes_texts
def decide(slug: str) -> Page:
    """Take out what was ticked, or keep a decision."""
    room = rooms.must_enter(slug)
    source, key = request.form.get("in", ""), request.form.get("key", "")
    text = rooms.read_one(room, source, key)
    spans = suggested(text.text, known_names(session(), room.evaluation))
    accepted = [place for place in range(len(spans)) if str(place) in request.form.getlist("accepted")]
    form = Decision(request.form)
    form.offer(room, text)
    before = text_releases.of(session(), room.wave, source, key)
    then = request.form.get("then", "")
    if then == "take-out":
        form.words.data = _without(text, spans, accepted)
    if then in {"take-out", "compare"}:
        return _shown(room, text, form, spans, accepted, before)
    if not form.validate():
        return _shown(room, text, form, spans, accepted, before), 422
    try:
        wanted = _wanted(form, then, spans, accepted)
        verbs.decide(session(), wave=room.wave, source=source, key=key, wanted=wanted, themes=room.themes, by=whoever())
    except NotFound:
        raise
    except SurveyError as problem:
        session().rollback()
        form.form_errors.append(refusal(problem.code, **problem.details))
        return _shown(room, text, form, spans, accepted, before), STATUS[type(problem)]
    session().commit()
    tell(_(_TOLD[then]))
    return redirect(url_for("themes.releases", slug=slug), 303)


_TOLD: Final = {
    verbs.PROPOSED: N_("The redacted words were kept; nobody outside the team sees them."),
    verbs.RELEASED: N_("The text was released: it can be quoted."),
    verbs.WITHHELD: N_("The text was withheld."),
}


def _wanted(form: Decision, then: str, spans: Sequence[Span], accepted: Sequence[int]) -> Wanted:
    marks = [
        {"kind": span.kind, "begins": span.begins, "ends": span.ends, "accepted": place in accepted}
        for place, span in enumerate(spans)
    ]
    return Wanted(
        then,
        form.words.data or "",
        form.consent.data,
        form.theme.data,
        form.digest.data or "",
        form.reason.data or "",
        bool(form.names_organisation.data),
        marks,
    )


def _kept(before: TextRelease) -> dict[str, object]:
    return {
        "words": before.text,
        "consent": before.consent,
        "theme": before.theme,
        "names_organisation": before.names_organisation,
        "reason": before.reason,
    }


def _without(text: SourceText, spans: Sequence[Span], accepted: Sequence[int]) -> str:
    words = {kind: _(instead) for kind, (_name, instead) in KINDS.items()}
    return redacted(text.text, [spans[place] for place in accepted], words)


def _shown(
    room: Room,
    text: SourceText,
    form: Decision,
    spans: Sequence[Span],
    accepted: Sequence[int],
    before: TextRelease | None,
) -> str:
    form.offer(room, text)
    return render_template(
        "themes/release.html",
        evaluation=room.evaluation,
        form=form,
        text=text,
        about=room.about(text),
        whose=room.whose(text),
        agreed=_(CONSENTS[text.consent]),
        suggestions=[
            (
                place,
                text.text[span.begins : span.ends],
                _(KINDS[span.kind][0]),
                span.kind in WARNINGS,
                place in accepted,
            )
            for place, span in enumerate(spans)
        ],
        pieces=difference(text.text, form.words.data or ""),
        before=before,
        changed=before is not None and before.text_digest != text.digest,
    )
