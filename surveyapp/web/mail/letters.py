"""Letters with links as PDF, and the links as a table: where no mail is sent, and for whom mail does not reach."""

import secrets
from typing import Final

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask import Response as Answer
from werkzeug.wrappers import Response

from surveyapp import clock
from surveyapp.access import Permission
from surveyapp.actions import letters as verbs
from surveyapp.actions import log, mailings
from surveyapp.errors import NotFound, WrongState
from surveyapp.models import Wave
from surveyapp.queries import editions, evaluations
from surveyapp.queries import letters as queries
from surveyapp.queries.letters import EVERYBODY, NOT_REACHED, Addressee
from surveyapp.questionnaires.text import say
from surveyapp.reports import letter_document, spreadsheet
from surveyapp.reports.rendered import file_name
from surveyapp.web import downloads, language, study, visitor
from surveyapp.web.database import database, session
from surveyapp.web.guard import needs
from surveyapp.web.mail.promised import promises
from surveyapp.web.mail.room import must_speak
from surveyapp.web.refreshing import Refreshing, address
from surveyapp.web.told import tell, warn
from surveyapp.web.words import _, ngettext

letters = Blueprint("letters", __name__, url_prefix="/evaluations/<slug>/mail")

_team = needs(Permission.INVITATION_MANAGE, on=study.on_evaluation)
_ON_SCREEN: Final = "body { max-width: 170mm; margin: 0 auto; padding: 0 5mm; font-family: sans-serif; }"
_ALONE: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; sandbox"
)
"""A letter holds its own style and its code; it runs nothing and fetches nothing."""


@letters.get("/letters")
@_team
def index(slug: str) -> str:
    """What can be printed and downloaded, and the files that were made within the hour."""
    evaluation = study.evaluation(slug)
    wave = study.latest_wave(evaluation)
    if wave is None:
        return render_template("evaluations/not_planned.html", evaluation=evaluation)
    files = queries.files(session(), evaluation, verbs.KIND)
    return render_template(
        "mail/letters.html",
        evaluation=evaluation,
        state=wave.state_at(clock.now()),
        numbers={which: len(queries.addressees(session(), wave, which)) for which in queries.WHICH},
        members=evaluations.memberships(session(), evaluation),
        sends_mail=current_app.config["SENDS_MAIL"],
        files=files,
        languages=[(code, language.name_of(code)) for code in wave.languages],
        being_made=any(file.state == "making" for file in files),
        once=secrets.token_urlsafe(16),
        refreshing=Refreshing.asked(every=5),
        at=address,
    )


@letters.post("/letters")
@_team
def make(slug: str) -> Response:
    """Let a worker print the letters that were chosen."""
    wave = evaluations.wave(session(), study.evaluation(slug))
    found = _chosen(wave, request.form.get("which", EVERYBODY), request.form.get("organisation", ""))
    if not found:
        warn(_("There is nobody to print a letter for: everybody in this choice has answered or was reached by mail."))
        return redirect(url_for("letters.index", slug=slug), 303)
    _print(wave, found, request.form.get("once", ""), invited=bool(request.form.get("invited")))
    tell(ngettext("%(num)s letter is being printed.", "%(num)s letters are being printed.", len(found)))
    return redirect(url_for("letters.index", slug=slug, _anchor="files"), 303)


@letters.post("/letters/<int(max=2147483647):invitation>")
@_team
def make_one(slug: str, invitation: int) -> Response:
    """Let a worker print the letter of one person."""
    wave = evaluations.wave(session(), study.evaluation(slug))
    found = queries.still_wanted(session(), wave, [invitation])
    if not found:
        raise NotFound("invitation")
    _print(wave, found, request.form.get("once", ""), invited=True)
    tell(_("The letter to %(name)s is being printed.", name=found[0].name))
    return redirect(url_for("letters.index", slug=slug, _anchor="files"), 303)


@letters.get("/letters/example/<spoken>")
@_team
def example(slug: str, spoken: str) -> Answer:
    """The letter as somebody gets it who does not exist, to look at and to print."""
    wave = evaluations.wave(session(), study.evaluation(slug))
    must_speak(wave, spoken)
    members = evaluations.memberships(session(), wave.evaluation)
    (promised,) = promises(wave, [(spoken, members[0].organisation.kind if members else "")])
    base_url = current_app.config["BASE_URL"]
    letter = verbs.example(session(), wave=wave, language=spoken, promised=promised, base_url=base_url)
    source = letter_document.source(letter, letter_document.style() + _ON_SCREEN)
    return Answer(source, mimetype="text/html", headers={"Content-Security-Policy": _ALONE})


@letters.get("/letters/<digest>.pdf")
@_team
def download(slug: str, digest: str) -> Answer:
    """A file that was made; it is opened here, and kept nowhere."""
    evaluation = study.evaluation(slug)
    file = queries.file(session(), evaluation, verbs.KIND, digest)
    if file is None:
        raise NotFound("letters")
    content = verbs.opened(file, current_app.config["SECRET_KEY"])
    name = file_name(f"{_('Letters')} {language.said(evaluation.title)}", "pdf")
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Answer(content, mimetype=file.media_type, headers=headers)


@letters.get("/links.csv")
@_team
def links(slug: str) -> Response:
    """Everybody who can still answer with their link, for a mail merge. That they were taken out is logged."""
    evaluation = study.evaluation(slug)
    wave = evaluations.wave(session(), evaluation)
    verbs.must_be_ready(wave)
    found = _chosen(wave, request.args.get("which", EVERYBODY), request.args.get("organisation", ""))
    with database().session() as writing:
        log.record(
            writing,
            verb="links.download",
            subject=writing.get_one(Wave, wave.id),
            by=visitor.user(),
            evaluation=evaluation,
            links=len(found),
        )
        writing.commit()
    header = (_("Name"), _("Organisation"), _("Role"), _("Language"), _("Link"))
    table = spreadsheet.table(header, [_row(wave, each) for each in found])
    return downloads.csv(table, file_name(f"{_('Links')} {language.said(evaluation.title)}", "csv"))


def _chosen(wave: Wave, which: str, organisation: str) -> list[Addressee]:
    return queries.addressees(
        session(), wave, NOT_REACHED if which == NOT_REACHED else EVERYBODY, organisation=organisation
    )


def _print(wave: Wave, found: list[Addressee], once: str, *, invited: bool) -> None:
    if not once:
        raise WrongState("form-too-old")
    asked = {(verbs.spoken(wave, addressee), addressee.organisation_kind) for addressee in found}
    verbs.ask(
        session(),
        wave=wave,
        addressees=found,
        promises=promises(wave, asked),
        language=language.current(),
        once=once,
        by=visitor.user(),
    )
    if invited:
        people = [addressee.invitee_id for addressee in found]
        mailings.invited_by_letter(session(), wave=wave, invitee_ids=people, by=visitor.user())
    session().commit()


def _row(wave: Wave, addressee: Addressee) -> tuple[str, ...]:
    spoken = language.current()
    role = editions.by_digest(session(), wave.edition_digest).questionnaire.role(addressee.role)
    config = current_app.config
    return (
        addressee.name,
        addressee.organisation,
        say(role.title, spoken),
        verbs.spoken(wave, addressee),
        verbs.link(addressee, config["SECRET_KEY"], config["BASE_URL"]),
    )
