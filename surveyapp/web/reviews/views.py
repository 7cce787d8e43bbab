"""Rounds of hearing both sides: beginning one, its readers with their links, and deciding on every remark."""

from typing import Final

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from surveyapp import clock
from surveyapp.access import Permission
from surveyapp.actions import reviews as verbs
from surveyapp.errors import NotFound, SurveyError
from surveyapp.models import Review
from surveyapp.queries import evaluations, review_mails
from surveyapp.queries import reviews as queries
from surveyapp.web import study
from surveyapp.web.database import session
from surveyapp.web.errors import STATUS, sentence
from surveyapp.web.findings.room import nothing_yet, wave_of, whoever
from surveyapp.web.guard import needs
from surveyapp.web.language import current
from surveyapp.web.mail.words import state as state_of_mail
from surveyapp.web.review.views import DECISIONS, GIVEN, KINDS
from surveyapp.web.reviews.drafting import paragraphs
from surveyapp.web.reviews.forms import DeadlineForm, DecisionForm, ReaderForm, RoundForm
from surveyapp.web.reviews.printable import to_print
from surveyapp.web.told import tell, warn
from surveyapp.web.words import N_, _

reviews = Blueprint("reviews", __name__, url_prefix="/evaluations/<slug>/reviews")

Page = str | tuple[str, int] | Response
manages = needs(Permission.REVIEW_MANAGE, on=study.on_evaluation)
_REFUSALS: Final = {
    "nothing-to-read": N_("Nothing about this is in the report yet, so there is nothing to read."),
    "deadline-past": N_("The last day lies in the past."),
    "facts-first": N_("First let a round about the facts be read and closed; conclusions follow after it."),
    "remarks-undecided": N_("Decide on every remark first."),
    "review-closed": N_("This round is closed."),
    "has-remarked": N_("This reader has reacted, and stays on the list."),
    "review-past": N_("The deadline has passed. Move it first; then readers can be mailed."),
    "not-later": N_("The new last day must lie after the one that people were told."),
}


@reviews.get("")
@manages
def index(slug: str) -> str:
    """Every round, the latest first, and a form for the next."""
    evaluation = study.evaluation(slug)
    return nothing_yet(slug) if study.asked_wave(evaluation) is None else _index(slug, RoundForm())


@reviews.post("")
@manages
def begin(slug: str) -> Page:
    """Freeze what is in the report now, and let it be read."""
    wave, form = wave_of(slug), RoundForm(request.form)
    form.offer(evaluations.memberships(session(), wave.evaluation))
    if not form.validate() or form.deadline.data is None:
        return _index(slug, form), 422
    code = str(form.organisation.data)
    member = study.membership(slug, code) if code else None
    try:
        review = verbs.begin(
            session(),
            wave=wave,
            kind=str(form.kind.data),
            title=str(form.title.data),
            paragraphs=paragraphs(wave, str(form.kind.data), member),
            deadline=clock.end_of(form.deadline.data),
            membership=member,
            language=current(),
            by=whoever(),
        )
    except SurveyError as problem:
        session().rollback()
        form.form_errors.append(_refusal(problem))
        return _index(slug, form), STATUS[type(problem)]
    session().commit()
    tell(_("The text is frozen. Now add who reads it."))
    return redirect(url_for("reviews.one", slug=slug, review=review.id), 303)


@reviews.get("/<int:review>")
@manages
def one(slug: str, review: int) -> str:
    """The text with every remark, and the readers."""
    return _one(slug, review_of(slug, review), ReaderForm())


@reviews.post("/<int:review>/readers")
@manages
def add_reader(slug: str, review: int) -> Page:
    """Let somebody read it."""
    found, form = review_of(slug, review), ReaderForm(request.form)
    form.offer(evaluations.memberships(session(), found.wave.evaluation))
    if not form.validate():
        return _one(slug, found, form), 422
    code = str(form.organisation.data)
    member = study.membership(slug, code) if code else None
    try:
        reader = verbs.add_reader(
            session(),
            review=found,
            name=str(form.name.data),
            email=str(form.email.data or ""),
            membership=member,
            secret_key=str(current_app.config["SECRET_KEY"]),
            by=whoever(),
        )
    except SurveyError as problem:
        session().rollback()
        form.form_errors.append(_refusal(problem))
        return _one(slug, review_of(slug, review), form), STATUS[type(problem)]
    session().commit()
    tell(_("%(name)s can read this text. Now hand over the link.", name=reader.name))
    return back(slug, review)


@reviews.post("/<int:review>/readers/<int:reader>/link")
@manages
def link(slug: str, review: int, reader: int) -> str:
    """The link of a reader, to copy; that it was looked at is logged."""
    return _link(slug, review, reader, anew=False)


@reviews.post("/<int:review>/readers/<int:reader>/new-link")
@manages
def reissue(slug: str, review: int, reader: int) -> str:
    """Another link; the old one has ended."""
    return _link(slug, review, reader, anew=True)


@reviews.post("/<int:review>/readers/<int:reader>/remove")
@manages
def remove_reader(slug: str, review: int, reader: int) -> Response:
    """Take somebody off the list."""
    found = queries.reader_by_id(session(), review_of(slug, review), reader)
    try:
        verbs.remove_reader(session(), reader=found, by=whoever())
    except SurveyError as problem:
        return warned(slug, review, problem)
    session().commit()
    return back(slug, review)


@reviews.post("/<int:review>/deadline")
@manages
def extend(slug: str, review: int) -> Response:
    """Give readers longer."""
    found, form = review_of(slug, review), DeadlineForm(request.form)
    if not form.validate() or form.deadline.data is None:
        warn(" ".join(str(words) for words in form.deadline.errors))
        return back(slug, review)
    try:
        verbs.extend(session(), review=found, deadline=clock.end_of(form.deadline.data), by=whoever())
    except SurveyError as problem:
        return warned(slug, review, problem)
    session().commit()
    return back(slug, review)


@reviews.post("/<int:review>/remarks/<int:remark>")
@manages
def dispose(slug: str, review: int, remark: int) -> Response:
    """Decide on a remark."""
    found, form = queries.remark_by_id(session(), review_of(slug, review), remark), DecisionForm(request.form)
    if not form.validate():
        warn(" ".join(str(words) for words in [*form.disposition.errors, *form.printed.errors, *form.answer.errors]))
        return back(slug, review, f"remark-{remark}")
    try:
        verbs.dispose(
            session(),
            remark=found,
            disposition=str(form.disposition.data),
            answer=str(form.answer.data),
            printed=form.printed.data or "",
            by=whoever(),
        )
    except SurveyError as problem:
        return warned(slug, review, problem)
    session().commit()
    return back(slug, review, f"remark-{remark}")


@reviews.post("/<int:review>/close")
@manages
def close(slug: str, review: int) -> Response:
    """End the round: readers see what was done with their remarks."""
    try:
        verbs.close(session(), review=review_of(slug, review), by=whoever())
    except SurveyError as problem:
        return warned(slug, review, problem)
    session().commit()
    tell(_("This round is closed. Readers see with their link what was done with their remarks."))
    return back(slug, review)


def review_of(slug: str, number: int) -> Review:
    """The round with this number of this study; raises ``NotFound``."""
    return queries.by_id(session(), study.evaluation(slug), number)


def _refusal(problem: SurveyError) -> str:
    worded = _REFUSALS.get(problem.code)
    return _(worded) if worded is not None else sentence(problem)


def warned(slug: str, review: int, problem: SurveyError) -> Response:
    """Back to the round, told why it was not done."""
    session().rollback()
    if isinstance(problem, NotFound):
        raise problem
    warn(_refusal(problem))
    return back(slug, review)


def back(slug: str, review: int, anchor: str | None = None) -> Response:
    """To the page of the round."""
    return redirect(url_for("reviews.one", slug=slug, review=review, _anchor=anchor), 303)


def _link(slug: str, review: int, reader: int, *, anew: bool) -> str:
    found = queries.reader_by_id(session(), review_of(slug, review), reader)
    verb = verbs.reissue if anew else verbs.show_link
    token = verb(session(), reader=found, secret_key=str(current_app.config["SECRET_KEY"]), by=whoever())
    session().commit()
    address = f"{current_app.config['BASE_URL']}/review/{token}"
    return render_template(
        "reviews/link.html", evaluation=study.evaluation(slug), review=found.review, reader=found, link=address
    )


def _index(slug: str, form: RoundForm) -> str:
    wave = wave_of(slug)
    form.offer(evaluations.memberships(session(), wave.evaluation))
    rounds = queries.of_evaluation(session(), wave.evaluation)
    return render_template(
        "reviews/index.html",
        evaluation=wave.evaluation,
        form=form,
        wave=wave,
        rounds=[(each, queries.state(each, clock.now()), queries.lines_of(each)) for each in rounds],
        verdicts=GIVEN,
    )


def _one(slug: str, found: Review, form: ReaderForm) -> str:
    form.offer(evaluations.memberships(session(), found.wave.evaluation))
    remarks: dict[str, list[object]] = {each["key"]: [] for each in found.paragraphs}
    for reader in found.readers:
        for remark in reader.remarks:
            remarks[remark.paragraph].append(remark)
    return render_template(
        "reviews/one.html",
        evaluation=study.evaluation(slug),
        review=found,
        state=queries.state(found, clock.now()),
        remarks=remarks,
        to_print=to_print(found),
        now_reads=queries.now_reads(session(), found),
        form=form,
        kinds=KINDS,
        verdicts=GIVEN,
        decisions=DECISIONS,
        mails=review_mails.of_readers(session(), found),
        to_mail={
            "link": len(review_mails.recipients(session(), found, review_mails.LINK, clock.now())),
            "reminder": len(review_mails.recipients(session(), found, review_mails.REMINDER, clock.now())),
        },
        mail_state=state_of_mail,
        sends_mail=current_app.config["SENDS_MAIL"],
    )
