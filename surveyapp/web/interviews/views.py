"""The list of interviews, the guide of each as a page and as a file, and the paper for the interviewee."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from flask import Response, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from surveyapp.access import Permission
from surveyapp.actions import renderings
from surveyapp.models import Membership
from surveyapp.reports import beforehand, html
from surveyapp.reports.beforehand import Beforehand
from surveyapp.reports.figures.files import digest_of
from surveyapp.reports.guide_document import html_body, title_of
from surveyapp.reports.interview_guide import KIND, InterviewGuide
from surveyapp.reports.rendered import file_name
from surveyapp.web import study
from surveyapp.web.database import database
from surveyapp.web.guard import needs
from surveyapp.web.interviews import guides
from surveyapp.web.interviews.agenda import on_agenda
from surveyapp.web.interviews.place import Place, at, prepares
from surveyapp.web.interviews.prepared import Prepared, prepared
from surveyapp.web.interviews.room import interviews
from surveyapp.web.renderings import Audience, place, wait_for
from surveyapp.web.unprotected import Unprotected, unprotected

Page = AnyResponse | str | tuple[str, int, dict[str, str]]
_FORMS: Final = {"pdf": "", "docx": "-docx", "odt": "-odt"}
"""Extension of a file -> what stands behind the kind of its rendering."""


@dataclass(frozen=True)
class Interview:
    """An organisation with the titles of what to talk about there; none while nobody answered."""

    member: Membership
    topics: tuple[str, ...]
    answered: bool


@interviews.get("/evaluations/<slug>/interviews")
@needs(Permission.INTERVIEW_PREPARE, on=study.on_any_organisation(Permission.INTERVIEW_PREPARE))
def index(slug: str) -> str:
    """Every organisation that the visitor may prepare for, with its first topics."""
    found = unprotected(slug)
    listed = _of_the_visitor(found) if found is not None else []
    evaluation = study.evaluation(slug)
    whole = found is not None and found.answered and study.allowed(Permission.INTERVIEW_PREPARE, evaluation)
    return render_template(
        "interviews/index.html", evaluation=evaluation, interviews=listed, found=found, programme=whole
    )


def _of_the_visitor(found: Unprotected) -> list[Interview]:
    own = {member.id for member in study.memberships_for(found.evaluation, Permission.INTERVIEW_PREPARE)}
    return [_interview(found, member) for member in found.members if member.id in own]


def _interview(found: Unprotected, member: Membership) -> Interview:
    if not found.has_answers_of(member):
        return Interview(member, (), answered=False)
    known = Prepared(Place(found.evaluation, member), "", found)
    return Interview(member, tuple(row.title for row in on_agenda(known)), answered=True)


@interviews.get("/evaluations/<slug>/interviews/<code>")
@prepares
def guide(slug: str, code: str) -> str:
    """The guide as a page that prints well."""
    found = _asked(slug, code)
    if found is None:
        return _nothing_yet(slug, code)
    ready = guides.guide(found)
    profile = [ready.profile] if ready.profile else []
    placed = place(Audience(found.found.evaluation, "team", found.place.member), profile)
    return render_template(
        "interviews/guide.html",
        evaluation=found.found.evaluation,
        found=found,
        title=title_of(ready),
        figure=placed[0] if placed else None,
        body=html_body(ready),
    )


@interviews.get("/evaluations/<slug>/interviews/<code>.<any(pdf, docx, odt):form>")
@prepares
def printed(slug: str, code: str, form: str) -> Page:
    """The guide as a file, which a worker makes; when that takes long, a page that says to try again."""
    found = _asked(slug, code)
    if found is None:
        return _nothing_yet(slug, code)
    ready = guides.guide(found)
    return _file(found, ready, KIND, form, lambda: title_of(ready))


@interviews.get("/evaluations/<slug>/interviews/<code>/beforehand")
@prepares
def beforehand_page(slug: str, code: str) -> str:
    """What the interviewee gets beforehand."""
    found = _asked(slug, code)
    if found is None:
        return _nothing_yet(slug, code)
    document = beforehand.document_of(guides.paper(found))
    title = document.title
    return render_template(
        "interviews/beforehand.html",
        evaluation=found.found.evaluation,
        found=found,
        title=title,
        body=html.body(document),
    )


@interviews.get("/evaluations/<slug>/interviews/<code>/beforehand.<any(pdf, docx, odt):form>")
@prepares
def beforehand_file(slug: str, code: str, form: str) -> Page:
    """The same as a file to send."""
    found = _asked(slug, code)
    if found is None:
        return _nothing_yet(slug, code)
    ready = guides.paper(found)
    title = beforehand.document_of(ready).title
    return _file(found, ready, beforehand.KIND, form, lambda: title)


def _asked(slug: str, code: str) -> Prepared | None:
    found = prepared(at(slug, code), request.args.get("role", ""))
    return found if found is not None and found.has_answers else None


def _file(found: Prepared, ready: InterviewGuide | Beforehand, kind: str, form: str, title: Callable[[], str]) -> Page:
    audience = Audience(found.found.evaluation, "team", found.place.member)
    digest = ready.digest if form == "pdf" else digest_of(ready.digest, form)
    with database().session() as writing:
        renderings.request(
            writing,
            evaluation=audience.evaluation,
            audience=audience.name,
            membership_id=audience.membership_id,
            kind=kind + _FORMS[form],
            specification=ready.to_document(),
            digest=digest,
        )
        writing.commit()
    evaluation, name, named = audience.evaluation, found.place.name, file_name(title(), form)
    made = wait_for(audience, digest)
    if made is None:
        page = render_template("interviews/being_made.html", evaluation=evaluation, name=name, form=form.upper())
        return page, 503, {"Retry-After": "5"}
    shown = "inline" if form == "pdf" else "attachment"
    return Response(
        made.content, mimetype=made.media_type, headers={"Content-Disposition": f'{shown}; filename="{named}"'}
    )


def _nothing_yet(slug: str, code: str) -> str:
    where = at(slug, code)
    back = url_for("interviews.index", slug=slug)
    return render_template("results/nothing_yet.html", evaluation=where.evaluation, name=where.name, back=back)
