"""The list of reports that a visitor may have, and each of them in every format, which a worker makes."""

from flask import Blueprint, render_template, request, url_for
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from surveyapp.access import Permission, Scope, may
from surveyapp.actions import reports as verbs
from surveyapp.errors import NotFound
from surveyapp.models import Evaluation, Membership, Wave
from surveyapp.models.publication import LEAD, PUBLIC
from surveyapp.queries import jobs, publications
from surveyapp.queries import reports as queries
from surveyapp.questionnaires.text import DEFAULT_LANGUAGE, SECOND_LANGUAGE
from surveyapp.reports.rendered import file_name
from surveyapp.reports.report import FORMATS, Report
from surveyapp.reports.report_document import document_of
from surveyapp.web import language, refreshing, study, visitor
from surveyapp.web.database import database, session
from surveyapp.web.guard import needs
from surveyapp.web.renderings import Audience, wait_for
from surveyapp.web.told import tell
from surveyapp.web.words import _

reports = Blueprint("reports", __name__, url_prefix="/evaluations/<slug>/reports")

LANGUAGES = (DEFAULT_LANGUAGE, SECOND_LANGUAGE)
_FORM = f"<any({', '.join(FORMATS)}):form>"
Page = Response | tuple[str, int, dict[str, str]]


def _somewhere(slug: str, **_others: object) -> Scope:
    """The whole study for who may read the report of the region, else the visitor's own organisation."""
    found = study.evaluation(slug)
    whole = Scope(found.id)
    if may(visitor.user(), Permission.PUBLICATION_READ, whole):
        return whole
    own = study.memberships_for(found, Permission.PUBLICATION_READ_OWN)
    return Scope(found.id, own[0].id) if own else whole


@reports.get("")
@needs(Permission.PUBLICATION_READ, Permission.PUBLICATION_READ_OWN, on=_somewhere)
def index(slug: str) -> str:
    """Every report that the visitor may have, in every format and language."""
    evaluation = study.evaluation(slug)
    wave = publications.published_wave(session(), evaluation)
    writes = study.allowed(Permission.REPORT_WRITE, evaluation)
    return render_template(
        "reports/index.html",
        evaluation=evaluation,
        wave=wave,
        region=study.allowed(Permission.PUBLICATION_READ, evaluation),
        public=wave is not None and publications.of(session(), wave, PUBLIC) is not None,
        members=study.memberships_for(evaluation, Permission.PUBLICATION_READ_OWN),
        formats=FORMATS,
        languages=LANGUAGES,
        writes=writes,
        progress=queries.progress(session(), wave) if wave is not None and writes else None,
        gathering=jobs.pending(session(), verbs.JOB, wave=wave.id) if wave is not None and writes else False,
        refreshing=refreshing.Refreshing.asked(),
        at=refreshing.address,
    )


@reports.get(f"/region.{_FORM}")
@needs(Permission.PUBLICATION_READ, on=study.on_evaluation)
def region(slug: str, form: str) -> Page:
    """The report of the region, for the project lead or (``?audience=public``) for everybody."""
    evaluation = study.evaluation(slug)
    audience = PUBLIC if request.args.get("audience") == PUBLIC else LEAD
    return _file(evaluation, audience, form)


@reports.get(f"/organisations/<code>.{_FORM}")
@needs(Permission.PUBLICATION_READ_OWN, on=study.on_organisation)
def organisation(slug: str, code: str, form: str) -> Page:
    """The report of one organisation, made of what it may see."""
    return _file(study.evaluation(slug), "organisation", form, study.membership(slug, code))


@reports.post("/make")
@needs(Permission.REPORT_WRITE, on=study.on_evaluation)
def make_all(slug: str) -> Response:
    """Have all reports made in every format."""
    evaluation = study.evaluation(slug)
    wave = published(evaluation)
    if not jobs.pending(session(), verbs.JOB, wave=wave.id):
        verbs.request_all(session(), wave=wave, language=asked_language(), by=visitor.user())
        session().commit()
    tell(_("All reports are being made. You can go on with something else meanwhile."))
    return redirect(url_for("reports.index", slug=slug), 303)


def published(evaluation: Evaluation) -> Wave:
    """The wave that reports are made of; raises ``NotFound`` while nothing was published."""
    wave = publications.published_wave(session(), evaluation)
    if wave is None:
        raise NotFound("publication", wave=0)
    return wave


def asked_language() -> str:
    """The one that was asked for, else that of the page."""
    asked = request.values.get("language", "")
    return asked if asked in LANGUAGES else language.current()


def _file(evaluation: Evaluation, audience: str, form: str, member: Membership | None = None) -> Page:
    wave = published(evaluation)
    made = queries.of(session(), wave, audience=audience, language=asked_language(), member=member)
    with database().session() as writing:
        verbs.request(writing, wave=wave, report=made, form=form, member=member)
        writing.commit()
    title = document_of(made).title
    rendering = wait_for(Audience(evaluation, audience, member), made.digest(form))
    if rendering is None:
        page = render_template("reports/being_made.html", evaluation=evaluation, title=title, form=form.upper())
        return page, 503, {"Retry-After": "5"}
    return _sent(made, form, title, rendering.content or b"", rendering.media_type or "")


def _sent(made: Report, form: str, title: str, content: bytes, media_type: str) -> Response:
    """A file to keep; a report as a web page holds styles of its own, and is not opened between our pages."""
    name = file_name(f"{title}-{made.language}", form)
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, mimetype=media_type.partition(";")[0], headers=headers)
