"""One finding with its links: choosing what supports and what contradicts it."""

from dataclasses import dataclass
from typing import Self

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from surveyapp.actions import findings as verbs
from surveyapp.analysis.counts import EVERYONE
from surveyapp.errors import SurveyError
from surveyapp.models import Finding
from surveyapp.queries import findings as queries
from surveyapp.queries import linkable
from surveyapp.web.database import session
from surveyapp.web.errors import STATUS
from surveyapp.web.findings import wording
from surveyapp.web.findings.forms import Choices, DocumentForm, ScoreForm, SourceForm
from surveyapp.web.findings.room import Room, entered, undo, whoever, writes
from surveyapp.web.findings.supports import KINDS, linked, subject_title
from surveyapp.web.told import tell
from surveyapp.web.words import _

Page = str | tuple[str, int] | Response
_LONGEST = 110


@dataclass(frozen=True)
class Forms:
    """The forms for links; one of them may have been refused."""

    score: ScoreForm
    source: SourceForm
    document: DocumentForm

    @classmethod
    def empty(cls, room: Room) -> Self:
        """With everything to choose from, and nothing chosen."""
        forms = cls(ScoreForm(), SourceForm(), DocumentForm())
        forms.offer(room)
        return forms

    def offer(self, room: Room) -> None:
        """Fill in what can be chosen."""
        self.score.offer(room.seen)
        self.source.offer(_sources(room))
        self.document.offer()


def shown(room: Room, finding: Finding, forms: Forms) -> str:
    """The page of one finding."""
    found = linked(finding, room.seen)
    return render_template(
        "findings/one.html",
        evaluation=room.evaluation,
        wave=room.wave,
        finding=finding,
        seen=room.seen,
        theme=subject_title(room.seen, "theme", finding.theme),
        strength=queries.strength_of(session(), finding),
        supporting=[each for each in found if each.support.stance == "supports"],
        contradicting=[each for each in found if each.support.stance != "supports"],
        unpublished=room.seen.unpublished_numbers(finding),
        of_few=finding.membership is not None and bool(finding.role) and room.wave.regime != "attributable",
        roles={role.key: role.plural for role in room.seen.edition.questionnaire.roles},
        forms=forms,
        wording=wording,
    )


def add_linking(findings: Blueprint) -> None:
    """Give the room of findings the verbs on links."""

    @findings.post("/<int:finding>/scores")
    @writes
    def link_score(slug: str, finding: int) -> Page:
        """Let it rest on a score."""
        room, forms = _forms(slug, score=ScoreForm(request.form))
        form = forms.score
        organisation, role = form.organisation.data or EVERYONE, form.role.data or EVERYONE
        target = f"{form.subject.data}:{organisation}:{role}"
        return _link(room, finding, forms, form, "score", target)

    @findings.post("/<int:finding>/links")
    @writes
    def link(slug: str, finding: int) -> Page:
        """Let it rest on a code, released answer, quote, note or document."""
        room, forms = _forms(slug, source=SourceForm(request.form))
        kind, _colon, target = str(forms.source.source.data).partition(":")
        return _link(room, finding, forms, forms.source, kind, target)

    @findings.post("/<int:finding>/documents")
    @writes
    def cite(slug: str, finding: int) -> Page:
        """Let it rest on a document that the study did not know yet."""
        room, forms = _forms(slug, document=DocumentForm(request.form))
        found = queries.by_id(session(), room.wave, finding)
        form = forms.document
        if not form.validate():
            return shown(room, found, forms), 422
        said = {name: str(getattr(form, name).data) for name in ("title", "place", "dated", "page", "stance")}
        verbs.cite(session(), finding=found, by=whoever(), **said)
        return _kept(slug, finding)

    @findings.post("/<int:finding>/links/<int:support>/remove")
    @writes
    def unlink(slug: str, finding: int, support: int) -> Response:
        """Take a link away."""
        found = queries.by_id(session(), entered(slug).wave, finding)
        verbs.unlink(session(), finding=found, support=queries.support_by_id(session(), found, support), by=whoever())
        session().commit()
        tell(_("The link was taken away."))
        return redirect(url_for("findings.one", slug=slug, finding=finding), 303)


def _forms(
    slug: str,
    score: ScoreForm | None = None,
    source: SourceForm | None = None,
    document: DocumentForm | None = None,
) -> tuple[Room, Forms]:
    room = entered(slug)
    forms = Forms(score or ScoreForm(), source or SourceForm(), document or DocumentForm())
    forms.offer(room)
    return room, forms


def _link(room: Room, finding: int, forms: Forms, form: ScoreForm | SourceForm, kind: str, target: str) -> Page:
    found = queries.by_id(session(), room.wave, finding)
    if not form.validate():
        return shown(room, found, forms), 422
    stance, remark = str(form.stance.data), str(form.remark.data or "")
    try:
        verbs.link(session(), finding=found, kind=kind, target=target, stance=stance, remark=remark, by=whoever())
    except SurveyError as problem:
        undo(problem)
        form.form_errors.append(wording.refusal(problem))
        return shown(room, found, forms), STATUS[type(problem)]
    return _kept(room.evaluation.slug, finding)


def _kept(slug: str, finding: int) -> Response:
    session().commit()
    tell(_("The link is kept."))
    return redirect(url_for("findings.one", slug=slug, finding=finding, _anchor="rests-on"), 303)


def _sources(room: Room) -> Choices:
    return [
        (f"{each.kind}:{each.key}", f"{_(KINDS[each.kind])}: {_short(each.words)}")
        for each in linkable.sources(session(), room.wave)
    ]


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST].rstrip()}…"
