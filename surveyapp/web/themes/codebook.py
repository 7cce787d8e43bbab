"""The codebook: its codes, each with a page to change it, and as a file."""

from flask import Response, redirect, render_template, request, url_for
from wtforms import IntegerField, SelectField, StringField, TextAreaField

from surveyapp.actions import codebook as verbs
from surveyapp.actions.codebook import FaultyFile
from surveyapp.analysis.coding.book import Entry, Problem, written
from surveyapp.errors import NotFound, SurveyError
from surveyapp.models import Code, Evaluation
from surveyapp.queries import coding, editions
from surveyapp.web import study
from surveyapp.web.database import session
from surveyapp.web.errors import STATUS
from surveyapp.web.posted import takes_files
from surveyapp.web.themes.room import Page, codes_texts, refusal, themes, themes_of, whoever
from surveyapp.web.told import tell
from surveyapp.web.worded_form import WordedForm
from surveyapp.web.words import _


def _plain(value: str | None) -> str:
    return (value or "").replace("\x00", "").strip()


class CodeForm(WordedForm):
    """A code; ``version`` is the one that was looked at."""

    key = StringField(filters=[_plain])
    title = StringField(filters=[_plain])
    definition = TextAreaField(filters=[_plain])
    not_for = TextAreaField(filters=[_plain])
    example = TextAreaField(filters=[_plain])
    parent = SelectField(default="")
    theme = SelectField(default="")
    version = IntegerField(default=1)

    def offer(self, codes: list[Code], titles: dict[str, str], but: Code | None = None) -> None:
        """Let choose what it stands below, and its theme."""
        others = [(code.key, code.title) for code in codes if but is None or code.id != but.id]
        self.parent.choices = [("", _("Below no other code")), *others]
        self.theme.choices = [("", _("Of no theme")), *titles.items()]

    @property
    def entry(self) -> Entry:
        """The code as it is filled in."""
        values = {name: str(value or "") for name, value in self.data.items() if name != "version"}
        return Entry(**values)


def _themes(evaluation: Evaluation) -> dict[str, str]:
    wave = study.asked_wave(evaluation) or study.latest_wave(evaluation)
    return themes_of(editions.of(session(), wave)) if wave is not None else {}


@themes.get("/codebook")
@codes_texts
def book(slug: str) -> str:
    """All codes, those that are offered no more at the end."""
    return _book(study.evaluation(slug), CodeForm())


@themes.post("/codebook")
@codes_texts
def add(slug: str) -> Page:
    """Add a code."""
    evaluation = study.evaluation(slug)
    titles, form = _themes(evaluation), CodeForm(request.form)
    form.offer(coding.codes(session(), evaluation), titles)
    if not form.validate():
        return _book(evaluation, form), 422
    try:
        verbs.add(session(), evaluation=evaluation, entry=form.entry, themes=titles, by=whoever())
    except SurveyError as problem:
        session().rollback()
        form.form_errors.append(refusal(problem.code, **problem.details))
        return _book(evaluation, form), STATUS[type(problem)]
    session().commit()
    tell(_("The code was added."))
    return redirect(url_for("themes.book", slug=slug), 303)


@themes.get("/codebook.csv")
@codes_texts
def download(slug: str) -> Response:
    """The codebook as a file."""
    evaluation = study.evaluation(slug)
    text = written(coding.entry(code) for code in coding.codes(session(), evaluation))
    disposition = {"Content-Disposition": 'attachment; filename="codebook.csv"'}
    return Response("\ufeff" + text, mimetype="text/csv", headers=disposition)


@themes.post("/codebook/file")
@takes_files
@codes_texts
def upload(slug: str) -> Page:
    """Let in the codes of a file, or say everything that is wrong with it."""
    evaluation, sent = study.evaluation(slug), request.files.get("file")
    content = sent.read() if sent is not None else b""
    if not content:
        return _book(evaluation, CodeForm(), [Problem(0, "file-missing")]), 422
    try:
        added, changed = verbs.let_in(
            session(), evaluation=evaluation, content=content, themes=_themes(evaluation), by=whoever()
        )
    except FaultyFile as refused:
        session().rollback()
        return _book(evaluation, CodeForm(), refused.problems), 422
    session().commit()
    tell(_("Codes added: %(added)s. Codes changed: %(changed)s.", added=added, changed=changed))
    return redirect(url_for("themes.book", slug=slug), 303)


@themes.get("/codebook/<int:number>")
@codes_texts
def entry(slug: str, number: int) -> str:
    """One code, to change."""
    evaluation = study.evaluation(slug)
    code = coding.code(session(), evaluation, number)
    form = CodeForm(data={**vars(coding.entry(code)), "version": code.version})
    return _entry(evaluation, code, form)


@themes.post("/codebook/<int:number>")
@codes_texts
def change(slug: str, number: int) -> Page:
    """Keep what was changed."""
    evaluation = study.evaluation(slug)
    code, titles, form = coding.code(session(), evaluation, number), _themes(evaluation), CodeForm(request.form)
    form.offer(coding.codes(session(), evaluation), titles, code)
    if not form.validate():
        return _entry(evaluation, code, form), 422
    try:
        verbs.change(
            session(), code=code, entry=form.entry, version=form.version.data or 0, themes=titles, by=whoever()
        )
    except SurveyError as problem:
        return _refused(evaluation, number, form, problem)
    session().commit()
    tell(_("The code was changed."))
    return redirect(url_for("themes.book", slug=slug), 303)


@themes.post("/codebook/<int:number>/fate")
@codes_texts
def decide_fate(slug: str, number: int) -> Page:
    """Offer a code no more, offer it again, or merge it into another."""
    evaluation = study.evaluation(slug)
    code = coding.code(session(), evaluation, number)
    try:
        if request.form.get("into"):
            into = next((one for one in coding.codes(session(), evaluation) if one.key == request.form["into"]), code)
            verbs.merge(session(), code=code, into=into, by=whoever())
        elif "back" in request.form:
            verbs.bring_back(session(), code=code, by=whoever())
        else:
            verbs.retire(session(), code=code, by=whoever())
    except SurveyError as problem:
        form = CodeForm(data={**vars(coding.entry(code)), "version": code.version})
        return _refused(evaluation, number, form, problem)
    session().commit()
    tell(_("The codebook was changed."))
    return redirect(url_for("themes.book", slug=slug), 303)


def _refused(evaluation: Evaluation, number: int, form: CodeForm, problem: SurveyError) -> Page:
    if isinstance(problem, NotFound):
        raise problem
    session().rollback()
    form.form_errors.append(refusal(problem.code, **problem.details))
    code = coding.code(session(), evaluation, number)
    return _entry(evaluation, code, form), STATUS[type(problem)]


def _book(evaluation: Evaluation, form: CodeForm, problems: list[Problem] | None = None) -> str:
    every = coding.codes(session(), evaluation, retired=True)
    codes = [code for code in every if code.retired_at is None]
    titles = _themes(evaluation)
    form.offer(codes, titles)
    return render_template(
        "themes/codebook.html",
        evaluation=evaluation,
        codes=codes,
        retired=[code for code in every if code.retired_at is not None],
        form=form,
        themes=titles,
        problems=[(one.line, refusal(one.code, value=one.value)) for one in problems or []],
    )


def _entry(evaluation: Evaluation, code: Code, form: CodeForm) -> str:
    codes = coding.codes(session(), evaluation)
    form.offer(codes, _themes(evaluation), code)
    others = [each for each in codes if each.id != code.id]
    return render_template("themes/code.html", evaluation=evaluation, code=code, form=form, others=others)
