"""The words of a mail: changing them with what is filled in checked, looking at them, and sending them to oneself."""

import re
from dataclasses import replace
from typing import Final

from flask import Response as Answer
from flask import redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from surveyapp.actions import letter_values, mail_texts, mails
from surveyapp.errors import NotAllowed
from surveyapp.mail import placeholders
from surveyapp.mail.message import Letter, Rendered, render
from surveyapp.mail.words import MailWords, shipped
from surveyapp.models import User, Wave
from surveyapp.queries import editions, evaluations
from surveyapp.queries import mail_texts as queries
from surveyapp.questionnaires.text import say
from surveyapp.web import installation, study, visitor
from surveyapp.web.database import session
from surveyapp.web.language import name_of
from surveyapp.web.mail import words
from surveyapp.web.mail.room import mail, must_speak, purpose_of, team, wave_of
from surveyapp.web.told import tell
from surveyapp.web.words import _

_ALONE: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; sandbox"
)
"""A mail holds its own style, and nothing that runs or is fetched."""
_STYLE: Final = re.compile(r' style="[^"]*"')
_HEADING: Final = re.compile(r"(</?h)([12])\b")


@mail.get("/<purpose>/text/<spoken>")
@team
def text(slug: str, purpose: str, spoken: str) -> str:
    """The subject and text that are sent now, to change them."""
    wave = wave_of(slug)
    must_speak(wave, spoken)
    return _form(wave, purpose, spoken, queries.of(session(), wave, purpose_of(wave, purpose).key, spoken), [])


@mail.post("/<purpose>/text/<spoken>")
@team
def word(slug: str, purpose: str, spoken: str) -> Response | tuple[str, int]:
    """Keep what was written, or go back to our words; with mistakes the same page with all of them."""
    wave = wave_of(slug)
    must_speak(wave, spoken)
    key = purpose_of(wave, purpose).key
    if request.form.get("do") == "ours":
        mail_texts.word_as_shipped(session(), wave=wave, purpose=key, language=spoken, by=visitor.user())
        session().commit()
        tell(_("Our text is used again."))
        return redirect(url_for("mail.text", slug=slug, purpose=key, spoken=spoken), 303)
    written = MailWords(
        request.form.get("subject", "").strip(), request.form.get("body", "").replace("\r\n", "\n").strip()
    )
    found = placeholders.problems(written.subject, written.body, key)
    if found:
        return _form(wave, key, spoken, written, [(each.field, words.fault(each)) for each in found]), 422
    mail_texts.word(
        session(),
        wave=wave,
        purpose=key,
        language=spoken,
        subject=written.subject,
        body=written.body,
        by=visitor.user(),
    )
    session().commit()
    tell(_("The text was saved. Below you see it as a recipient does."))
    return redirect(url_for("mail.preview", slug=slug, purpose=key, spoken=spoken), 303)


@mail.get("/<purpose>/preview/<spoken>")
@team
def preview(slug: str, purpose: str, spoken: str) -> str:
    """The mail as a recipient sees it, with somebody invented filled in: as HTML and as plain text."""
    wave = wave_of(slug)
    key = purpose_of(wave, purpose).key
    shown = _shown(wave, key, spoken)
    return render_template(
        "mail/preview.html",
        evaluation=study.evaluation(slug),
        purpose=purpose_of(wave, purpose),
        spoken=spoken,
        spoken_name=name_of(spoken),
        shown=shown,
        section=_section(shown.html),
        roles=editions.by_digest(session(), wave.edition_digest).questionnaire.roles,
        role=request.args.get("role", ""),
        others=[(code, name_of(code)) for code in wave.languages if code != spoken],
        user=_user(),
        sends_mail=installation.settings().smtp is not None,
    )


@mail.get("/<purpose>/preview/<spoken>/mail.html")
@team
def alone(slug: str, purpose: str, spoken: str) -> Answer:
    """The HTML of that mail alone, in its own style."""
    wave = wave_of(slug)
    shown = _shown(wave, purpose_of(wave, purpose).key, spoken)
    return Answer(shown.html, mimetype="text/html", headers={"Content-Security-Policy": _ALONE})


@mail.post("/<purpose>/test/<spoken>")
@team
def test(slug: str, purpose: str, spoken: str) -> Response:
    """Send it to oneself, with the same example filled in."""
    wave = wave_of(slug)
    must_speak(wave, spoken)
    user = _user()
    mails.to_oneself(session(), wave=wave, purpose=purpose_of(wave, purpose).key, language=spoken, user=user)
    session().commit()
    tell(_("A test mail is on its way to %(email)s.", email=user.email))
    return redirect(url_for("mail.preview", slug=slug, purpose=purpose, spoken=spoken), 303)


def _form(wave: Wave, purpose: str, spoken: str, written: MailWords, faults: list[tuple[str, str]]) -> str:
    own = (purpose, spoken) in queries.own(session(), wave)
    return render_template(
        "mail/text.html",
        evaluation=wave.evaluation,
        purpose=purpose_of(wave, purpose),
        spoken=spoken,
        spoken_name=name_of(spoken),
        written=written,
        own=own,
        ours=shipped(purpose, spoken),
        faults=faults,
        wrong={field: [sentence for of, sentence in faults if of == field] for field in ("subject", "body")},
        places=words.places(purpose),
    )


def _shown(wave: Wave, purpose: str, spoken: str) -> Rendered:
    must_speak(wave, spoken)
    settings = installation.settings()
    example = letter_values.example(session(), wave, purpose, spoken, settings, to=_user())
    return render(_in_role(wave, example, request.args.get("role", ""), spoken))


def _in_role(wave: Wave, example: Letter, role: str, spoken: str) -> Letter:
    roles = {known.key: known for known in editions.by_digest(session(), wave.edition_digest).questionnaire.roles}
    if role not in roles or not evaluations.memberships(session(), wave.evaluation):
        return example
    return replace(example, values={**example.values, "role": say(roles[role].title, spoken)})


def _section(html: str) -> Markup:
    """The mail as a section of a page, whose style it gets: what people wrote is text in it, so only our tags are left.

    Its headings come below those of the page.
    """
    body = html.partition("<body")[2].partition(">")[2].rpartition("</body>")[0]
    bare = _HEADING.sub(lambda tag: f"{tag[1]}{int(tag[2]) + 2}", _STYLE.sub("", body))
    return Markup(bare)  # noqa: S704 - every word in it was escaped when it was made


def _user() -> User:
    """Who looks: always somebody who signed in."""
    user = visitor.user()
    if user is None:
        raise NotAllowed("permission")
    return user
