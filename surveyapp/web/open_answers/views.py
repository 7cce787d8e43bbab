"""What people wrote, by question, to read and to search: for the research team, and interviewers of their own
organisations."""

from typing import Any

from flask import Blueprint, render_template, request, url_for

from surveyapp.analysis.searching.terms import LONGEST, parse
from surveyapp.models import Evaluation, Membership, Wave
from surveyapp.queries import editions, evaluations
from surveyapp.questionnaires.edition import Edition
from surveyapp.web import study
from surveyapp.web.anonymous import must_not_be_anonymous, show_publication_instead
from surveyapp.web.database import session
from surveyapp.web.guard import needs
from surveyapp.web.open_answers import reading
from surveyapp.web.open_answers.arranged import Field, Found, arranged
from surveyapp.web.open_answers.filters import ANSWER, Filters

open_answers = Blueprint("open_answers", __name__)
show_publication_instead(open_answers)


@open_answers.get("/evaluations/<slug>/open-answers")
@needs(*reading.READING, on=reading.somewhere)
def index(slug: str) -> str | tuple[str, int]:
    """One page of the answers that meet the search and the choices in the address."""
    evaluation = study.evaluation(slug)
    waves = evaluations.asked_waves(session(), evaluation)
    if not waves:
        return render_template("results/nothing_yet.html", evaluation=evaluation, name=None)
    asked = request.args.get("wave", type=int)
    wave = next((each for each in waves if each.number == asked), waves[0])
    must_not_be_anonymous(wave)
    edition, members = editions.of(session(), wave), reading.readable(evaluation)
    form = Filters(request.args)
    form.offer(edition, members, [each.number for each in waves])
    if not form.validate():
        return _rendered(evaluation, form, None), 422
    return _rendered(evaluation, form, _found(wave, edition, members, form), too_many=reading.MOST)


def _found(wave: Wave, edition: Edition, members: list[Membership], form: Filters) -> Found | None:
    """None where so much was written that something is to be chosen first."""
    asked = edition.questionnaire
    chosen = [member for member in members if form.organisation.data in {"", member.organisation.code}]
    written = reading.read(wave, form.questions(asked), chosen)
    if written is None:
        return None
    return arranged(
        asked,
        [answer for answer in written if form.lets_through(answer)],
        parse(form.q.data or ""),
        page=request.args.get("page", 1, type=int),
        names={member.organisation.code: member.organisation.name for member in members},
    )


def _rendered(evaluation: Evaluation, form: Filters, found: Found | None, *, too_many: int = 0) -> str:
    chosen = {} if form.errors else form.chosen

    def at(**changed: Any) -> str:  # noqa: ANN401 - as url_for has it
        """The address of this page with other choices; None takes one away, and every choice begins at page 1."""
        return url_for("open_answers.index", slug=evaluation.slug, **{**chosen, **changed})

    def about(field: Field, **changed: Any) -> str:  # noqa: ANN401 - as url_for has it
        """The address of what was written in one field."""
        return at(theme=None, question=field.key, part=field.part or ANSWER, **changed)

    return render_template(
        "open_answers/index.html",
        evaluation=evaluation,
        form=form,
        search=parse(form.q.data or ""),
        found=found,
        too_many=too_many,
        chosen=chosen,
        longest=LONGEST,
        at=at,
        about=about,
    )
