"""The pages on which the team sets how long data are kept, and answers somebody who asks for theirs."""

import json
from collections.abc import Sequence
from typing import Any, Final

from flask import Blueprint, render_template, request, url_for
from flask import Response as Answer
from werkzeug.utils import redirect
from werkzeug.wrappers import Response
from wtforms import Form

from surveyapp import clock
from surveyapp.access import Permission
from surveyapp.actions import privacy as verbs
from surveyapp.actions import retention
from surveyapp.actions.privacy import DATES, Erased
from surveyapp.errors import InvalidContent, NotFound
from surveyapp.models import Delegation, Evaluation, Invitee, Participant, Reviewer
from surveyapp.queries import editions, personal_data
from surveyapp.queries import evaluations as evaluation_queries
from surveyapp.queries.personal_data import SHORTEST_SEARCH, UNLINKED, UNSENT, Held, Person
from surveyapp.questionnaires.questionnaire import Questionnaire
from surveyapp.web import study, visitor
from surveyapp.web.database import database, session
from surveyapp.web.guard import needs
from surveyapp.web.privacy import wording
from surveyapp.web.privacy.forms import CorrectionForm, ErasureForm, SearchForm, SettingsForm
from surveyapp.web.told import tell
from surveyapp.web.words import _, ngettext

privacy = Blueprint("privacy", __name__, url_prefix="/evaluations/<slug>/privacy")

_team = needs(Permission.PERSONAL_DATA_MANAGE, on=study.on_evaluation)
Page = str | tuple[str, int] | Response
_KINDS: Final = {
    "invitees": personal_data.by_invitee,
    "colleagues": personal_data.by_delegation,
    "participants": personal_data.by_participant,
    "readers": personal_data.by_reader,
}


@privacy.get("")
@_team
def index(slug: str) -> Page:
    """What was decided for this study, what that will erase, and a search for who asks."""
    evaluation = study.evaluation(slug)
    return _index(evaluation, SettingsForm.of(evaluation))


@privacy.post("")
@_team
def configure(slug: str) -> Page:
    """Decide on the ground, the contact and the days."""
    evaluation = study.evaluation(slug)
    form = SettingsForm(request.form)
    form.offer()
    if not form.validate():
        return _index(evaluation, form), 422
    try:
        verbs.configure(
            session(),
            evaluation=evaluation,
            ground=str(form.ground.data),
            privacy_contact=str(form.privacy_contact.data or ""),
            until={name: form[name].data for name in DATES},
            by=visitor.user(),
        )
    except InvalidContent as problem:
        _complain(form, problem)
        return _index(evaluation, form), 422
    session().commit()
    tell(_("The privacy settings have been saved."))
    return redirect(url_for("privacy.index", slug=slug), 303)


@privacy.post("/people")
@_team
def look_for(slug: str) -> Page:
    """Who was meant. It is posted, so that no name comes to stand in an address; nothing changes, so it is answered at
    once. With one person found it goes on to them."""
    evaluation = study.evaluation(slug)
    form = SearchForm(request.form)
    words = str(form.words.data or "")
    if len(words) < SHORTEST_SEARCH:
        form.validate()
        form.words.errors = [_("Fill in at least %(number)s characters.", number=SHORTEST_SEARCH)]
        return _found(evaluation, form, []), 422
    people = verbs.look_for(session(), evaluation=evaluation, words=words, by=visitor.user())
    session().commit()
    if len(people) == 1:
        return redirect(_address("person", slug, people[0]), 303)
    return _found(evaluation, form, people)


@privacy.get("/<any(invitees, colleagues, participants, readers):kind>/<int:number>")
@_team
def person(slug: str, kind: str, number: int) -> Page:
    """What is known of somebody, without answers; correcting and erasing."""
    evaluation = study.evaluation(slug)
    found = _person(evaluation, kind, number)
    return _shown(evaluation, found)


@privacy.get("/<any(invitees, colleagues, participants, readers):kind>/<int:number>/overview")
@_team
def overview(slug: str, kind: str, number: int) -> str:
    """Everything, for the person who asked; opening it is in the log."""
    evaluation = study.evaluation(slug)
    found = _person(evaluation, kind, number)
    held = _opened(evaluation, kind, number)
    return render_template(
        "privacy/overview.html",
        evaluation=evaluation,
        person=found,
        tables=wording.readable(held, _asked(found)),
        unsent=UNSENT in held.notes,
        unlinked=UNLINKED in held.notes,
        back=_address("person", slug, found),
        file=_address("file", slug, found),
    )


@privacy.get("/<any(invitees, colleagues, participants, readers):kind>/<int:number>/overview.json")
@_team
def file(slug: str, kind: str, number: int) -> Answer:
    """The same for another program to read."""
    held = _opened(study.evaluation(slug), kind, number)
    answer = Answer(json.dumps(held.to_document(), ensure_ascii=False, indent=2), mimetype="application/json")
    answer.headers.set("Content-Disposition", "attachment", filename="personal-data.json")
    return answer


@privacy.post("/<any(invitees, colleagues, participants, readers):kind>/<int:number>/correct")
@_team
def correct(slug: str, kind: str, number: int) -> Page:
    """Change how somebody is called and reached."""
    evaluation = study.evaluation(slug)
    found = _person(evaluation, kind, number)
    form = CorrectionForm(request.form)
    form.offer(found)
    if not form.validate():
        return _shown(evaluation, found, correction=form), 422
    values = {name: str(form[name].data or "") for name in ("name", "email", "reason")}
    spoken = str(form.spoken.data) if found.invitees else ""
    try:
        verbs.correct(session(), person=found, language=spoken, by=visitor.user(), **values)
    except InvalidContent as problem:
        _complain(form, problem)
        return _shown(evaluation, found, correction=form), 422
    session().commit()
    tell(_("The data have been corrected."))
    return redirect(url_for("privacy.person", slug=slug, kind=kind, number=number), 303)


@privacy.post("/<any(invitees, colleagues, participants, readers):kind>/<int:number>/erase")
@_team
def erase(slug: str, kind: str, number: int) -> Page:
    """Take away everything that is held about somebody."""
    evaluation = study.evaluation(slug)
    found = _person(evaluation, kind, number)
    form = ErasureForm(request.form)
    if not form.validate():
        return _shown(evaluation, found, erasure=form), 422
    try:
        erased = verbs.erase(session(), person=found, reason=str(form.why.data or ""), by=visitor.user())
    except InvalidContent as problem:
        _complain(form, problem)
        return _shown(evaluation, found, erasure=form), 422
    session().commit()
    for sentence in _told(erased):
        tell(sentence)
    return redirect(url_for("privacy.index", slug=slug), 303)


def _told(erased: Erased) -> list[str]:
    sentences = [_("Everything that was held about this person has been erased.")]
    if erased.counted:
        sentences.append(
            ngettext(
                "One answer was taken out of the totals; they have changed.",
                "%(num)s answers were taken out of the totals; they have changed.",
                erased.counted,
            )
        )
    if erased.published:
        sentences.append(_("What was published before stays as it is, so it may differ from the totals now."))
    if erased.unlinked:
        sentences.append(
            _("Answers that this person sent anonymously cannot be found by anybody. They stay in the totals.")
        )
    return sentences


def _index(evaluation: Evaluation, form: SettingsForm) -> str:
    form.offer()
    today = clock.local(clock.now()).date()
    opened = evaluation_queries.opened(session(), evaluation)
    return render_template(
        "privacy/index.html",
        evaluation=evaluation,
        form=form,
        search=SearchForm(),
        foreseen=[(one, one.until < today) for one in retention.foreseen(session(), evaluation=evaluation)],
        public=url_for("privacy_of_study.of_study", slug=evaluation.slug) if opened is not None else None,
    )


def _found(evaluation: Evaluation, form: SearchForm, people: list[Person]) -> str:
    found = [(each, _address("person", evaluation.slug, each)) for each in people]
    return render_template("privacy/found.html", evaluation=evaluation, search=form, people=found)


def _shown(
    evaluation: Evaluation,
    found: Person,
    *,
    correction: CorrectionForm | None = None,
    erasure: ErasureForm | None = None,
) -> str:
    form = correction or CorrectionForm.of(found)
    if correction is None:
        form.offer(found)
    return render_template(
        "privacy/person.html",
        evaluation=evaluation,
        person=found,
        seats=[wording.seat(session(), seat) for seat in found.invitees],
        correction=form,
        erasure=erasure or ErasureForm(),
        overview=_address("overview", evaluation.slug, found),
        correcting=_address("correct", evaluation.slug, found),
        erasing=_address("erase", evaluation.slug, found),
    )


def _person(evaluation: Evaluation, kind: str, number: int) -> Person:
    found = _KINDS[kind](session(), evaluation, number)
    if found is None:
        raise NotFound("person")
    return found


def _asked(found: Person) -> list[Questionnaire]:
    """What this person was asked, in every wave."""
    return [editions.of(session(), wave).questionnaire for wave in found.waves]


def _opened(evaluation: Evaluation, kind: str, number: int) -> Held:
    """Read and logged in a transaction of its own, as the page itself changes nothing."""
    with database().session() as writing:
        found = _KINDS[kind](writing, writing.get_one(Evaluation, evaluation.id), number)
        if found is None:
            raise NotFound("person")
        held = verbs.access(writing, person=found, by=visitor.user())
        writing.commit()
    return held


def _address(view: str, slug: str, person: Person) -> str:
    stands: dict[str, Sequence[Invitee | Delegation | Participant | Reviewer]] = {
        "invitees": person.invitees,
        "colleagues": person.delegations,
        "participants": person.participants,
        "readers": person.readers,
    }
    kind, number = next((kind, rows[-1].id) for kind, rows in stands.items() if rows)
    return url_for(f"privacy.{view}", slug=slug, kind=kind, number=number)


def _complain(form: Form, problem: InvalidContent) -> None:
    """The problem at the field that it is about."""
    about = str(problem.details.get("field", next(iter(form)).name))
    field: Any = form[about if about in form else "why"]
    field.errors = [*field.errors, wording.fault(problem)]
