"""The list of interviews, and the guide of each as a page to print and as a PDF."""

from dataclasses import dataclass

from flask import Response, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from surveyapp.access import Permission
from surveyapp.actions import renderings
from surveyapp.models import Membership
from surveyapp.reports.guide_document import html_body, title_of
from surveyapp.reports.interview_guide import KIND, InterviewGuide
from surveyapp.reports.rendered import file_name
from surveyapp.web import study
from surveyapp.web.database import database
from surveyapp.web.guard import needs
from surveyapp.web.interviews.agenda import on_agenda
from surveyapp.web.interviews.place import Place
from surveyapp.web.interviews.prepared import Prepared
from surveyapp.web.interviews.room import interviews
from surveyapp.web.renderings import Audience, place, wait_for
from surveyapp.web.unprotected import Unprotected, open_answers, unprotected

_there = needs(Permission.INTERVIEW_PREPARE, on=study.on_organisation)


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
@_there
def guide(slug: str, code: str) -> str:
    """The guide as a page that prints well."""
    member = study.membership(slug, code)
    found = unprotected(slug)
    if found is None or not found.has_answers_of(member):
        return _nothing_yet(slug, member)
    prepared = found.guide(member, open_answers(found, member))
    profile = [prepared.profile] if prepared.profile else []
    placed = place(Audience(found.evaluation, "team", member), profile)
    return render_template(
        "interviews/guide.html",
        evaluation=found.evaluation,
        member=member,
        title=title_of(prepared),
        figure=placed[0] if placed else None,
        body=html_body(prepared),
    )


@interviews.get("/evaluations/<slug>/interviews/<code>.pdf")
@_there
def printed(slug: str, code: str) -> AnyResponse | str | tuple[str, int, dict[str, str]]:
    """The guide as a PDF, which a worker makes; when that takes long, a page that says to try again."""
    member = study.membership(slug, code)
    found = unprotected(slug)
    if found is None or not found.has_answers_of(member):
        return _nothing_yet(slug, member)
    prepared = found.guide(member, open_answers(found, member))
    audience = Audience(found.evaluation, "team", member)
    _ask(audience, prepared)
    evaluation, name = found.evaluation, member.organisation.name
    made = wait_for(audience, prepared.digest)
    if made is None:
        page = render_template("interviews/being_made.html", evaluation=evaluation, name=name)
        return page, 503, {"Retry-After": "5"}
    named = file_name(title_of(prepared), "pdf")
    return Response(
        made.content, mimetype=made.media_type, headers={"Content-Disposition": f'inline; filename="{named}"'}
    )


def _ask(audience: Audience, prepared: InterviewGuide) -> None:
    with database().session() as writing:
        renderings.request(
            writing,
            evaluation=audience.evaluation,
            audience=audience.name,
            membership_id=audience.membership_id,
            kind=KIND,
            specification=prepared.to_document(),
            digest=prepared.digest,
        )
        writing.commit()


def _nothing_yet(slug: str, member: Membership) -> str:
    return render_template(
        "results/nothing_yet.html",
        evaluation=study.evaluation(slug),
        name=member.organisation.name,
        back=url_for("interviews.index", slug=slug),
    )
