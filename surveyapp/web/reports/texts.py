"""Writing in a report: its sections, and each with what the machine says there beside what a researcher writes."""

from dataclasses import dataclass, replace
from typing import Final, Self

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import lazy_gettext
from markupsafe import Markup
from werkzeug.wrappers import Response
from wtforms import HiddenField, TextAreaField
from wtforms.validators import Length

from surveyapp.access import Permission
from surveyapp.actions import report_texts as verbs
from surveyapp.errors import NotFound, SurveyError
from surveyapp.models import Evaluation, Membership, Wave
from surveyapp.models.publication import LEAD
from surveyapp.queries import evaluations, publications
from surveyapp.queries import report_texts as queries
from surveyapp.queries import reports as gathering
from surveyapp.queries.report_texts import Section
from surveyapp.reports import html
from surveyapp.reports.document import Block, Document, FigureReference, Heading
from surveyapp.reports.markdown import own_words
from surveyapp.reports.references import filled, numbers_of
from surveyapp.reports.report import Report
from surveyapp.web import study
from surveyapp.web.database import session
from surveyapp.web.errors import STATUS
from surveyapp.web.findings.room import whoever
from surveyapp.web.guard import needs
from surveyapp.web.renderings import Audience, place
from surveyapp.web.reports import text_wording as wording
from surveyapp.web.reports.views import LANGUAGES, asked_language, published
from surveyapp.web.told import tell, warn
from surveyapp.web.worded_form import WordedForm
from surveyapp.web.words import _

Page = str | tuple[str, int] | Response
_REGION: Final = f"/texts/<any({', '.join(LANGUAGES)}):language>/<section>"
_MEMBER: Final = f"/texts/organisations/<code>/<any({', '.join(LANGUAGES)}):language>/<section>"
_writes = needs(Permission.REPORT_WRITE, on=study.on_evaluation)


class TextForm(WordedForm):
    """What somebody writes in a section, in Markdown."""

    version = HiddenField(default="0")
    text = TextAreaField(
        filters=[lambda value: (value or "").replace("\x00", "").replace("\r\n", "\n").strip()],
        validators=[
            Length(max=verbs.LONGEST, message=lazy_gettext("This is too long: use at most %(max)d characters."))
        ],
    )

    def complain(self, sentence: str) -> None:
        """Say at the text what is wrong with it."""
        self.text.errors = [*self.text.errors, sentence]


@dataclass(frozen=True)
class Desk:
    """One section of one report, with what was written in it."""

    evaluation: Evaluation
    wave: Wave
    member: Membership | None
    report: Report
    section: Section

    @classmethod
    def at(cls, slug: str, language: str, section: str, code: str) -> Self:
        """Raises ``NotFound`` for a section that this report does not have, and while nothing was published."""
        evaluation = study.evaluation(slug)
        wave = published(evaluation)
        member = study.membership(slug, code) if code else None
        report = _report(wave, member, language)
        for each in queries.sections(session(), wave, member, report).sections:
            if each.place.name == section:
                return cls(evaluation, wave, member, report, each)
        raise NotFound("report-section", section=section)

    def address(self, page: str) -> str:
        """Of a page or verb of this section."""
        return _address(page, self.evaluation, self.member, self.report.language, self.section.place.name)

    def version(self) -> int:
        """Of what is written now, also where it was cleared; 0 where nobody ever wrote."""
        place = self.section.place.name
        found = queries.of_section(session(), self.wave, self.member, place, self.report.language)
        return found.version if found is not None else 0

    def around(self) -> tuple[Markup, Markup]:
        """What the machine says before and after the text; a worker draws the figures, or did before."""
        before, after = self.section.place.before, self.section.place.after
        found = self._parts((*before, *after))
        return Markup("\n").join(found[: len(before)]), Markup("\n").join(found[len(before) :])

    def own(self, written: str) -> Markup:
        """How what somebody writes reads, with the numbers of now."""
        return Markup("\n").join(self._parts(own_words(filled(written, numbers_of(self.report)))))

    def _parts(self, blocks: tuple[Block, ...]) -> list[Markup]:
        """As they read under a heading of this page."""
        audience = Audience(self.evaluation, _audience(self.member), self.member)
        figures = [block.picture for block in blocks if isinstance(block, FigureReference)]
        placed = {
            figure.digest: found.narrow.address for figure, found in zip(figures, place(audience, figures), strict=True)
        }
        beneath = tuple(
            replace(block, level=max(3, block.level - 1)) if isinstance(block, Heading) else block for block in blocks
        )
        return html.parts(Document("", self.report.language, beneath), lambda figure: placed[figure.digest])


def add_texts(reports: Blueprint) -> None:
    """Give the room of reports the pages on which one writes in them."""

    @reports.get("/texts")
    @_writes
    def texts(slug: str) -> str:
        """The sections of one report: ``organisation`` and ``language`` in the address say which."""
        return _texts(slug)

    @reports.get(_REGION)
    @reports.get(_MEMBER)
    @_writes
    def text(slug: str, language: str, section: str, code: str = "") -> str:
        """What is written in a section, beside what the machine says there."""
        desk = Desk.at(slug, language, section, code)
        found = desk.section.text
        return _page(desk, TextForm(text=found.text if found is not None else "", version=str(desk.version())))

    @reports.post(_REGION)
    @reports.post(_MEMBER)
    @_writes
    def save_text(slug: str, language: str, section: str, code: str = "") -> Page:
        """Keep it, unless somebody else wrote there since."""
        return _save(Desk.at(slug, language, section, code), TextForm(request.form))

    @reports.post(f"{_REGION}/preview")
    @reports.post(f"{_MEMBER}/preview")
    @_writes
    def preview_text(slug: str, language: str, section: str, code: str = "") -> str:
        """The page with what was typed in it, or only how that reads, for who is typing; nothing is kept."""
        desk, form = Desk.at(slug, language, section, code), TextForm(request.form)
        form.validate()
        _complain_of_references(desk, form)
        if request.args.get("part") == "own":
            return render_template(
                "reports/own.html", own=desk.own(str(form.text.data or "")), problems=form.text.errors
            )
        return _page(desk, form)

    @reports.post(f"{_REGION}/read-over")
    @reports.post(f"{_MEMBER}/read-over")
    @_writes
    def read_over(slug: str, language: str, section: str, code: str = "") -> Response:
        """Accept the numbers that changed."""
        return _read_over(Desk.at(slug, language, section, code))

    @reports.post(f"{_REGION}/clear")
    @reports.post(f"{_MEMBER}/clear")
    @_writes
    def clear_text(slug: str, language: str, section: str, code: str = "") -> Response:
        """Throw away what was written, also in a section that the report does not have any more."""
        return _clear(slug, language, section, code)


def _texts(slug: str) -> str:
    evaluation = study.evaluation(slug)
    wave = publications.published_wave(session(), evaluation)
    members = evaluations.memberships(session(), evaluation)
    if wave is None:
        return render_template("reports/texts.html", evaluation=evaluation, wave=None)
    code = request.args.get("organisation", "")
    member = study.membership(slug, code) if code else None
    report = _report(wave, member, asked_language())
    return render_template(
        "reports/texts.html",
        evaluation=evaluation,
        wave=wave,
        members=members,
        member=member,
        report=report,
        languages=LANGUAGES,
        found=queries.sections(session(), wave, member, report),
        counted=queries.counted(session(), wave),
        address=lambda page, section: _address(page, evaluation, member, report.language, section),
    )


def _save(desk: Desk, form: TextForm) -> Page:
    if not form.validate():
        return _page(desk, form), 422
    try:
        verbs.write(
            session(),
            wave=desk.wave,
            report=desk.report,
            member=desk.member,
            section=desk.section.place.name,
            text=str(form.text.data),
            version=_number(form.version.data),
            by=whoever(),
        )
    except SurveyError as problem:
        session().rollback()
        form.complain(wording.refusal(problem))
        return _page(desk, form), STATUS[type(problem)]
    session().commit()
    tell(_("Your text is kept."))
    return redirect(desk.address("text"), 303)


def _read_over(desk: Desk) -> Response:
    if desk.section.text is None:
        raise NotFound("report-text")
    try:
        verbs.read_over(
            session(),
            wave=desk.wave,
            text=desk.section.text,
            report=desk.report,
            version=_number(request.form.get("version")),
            publication=_number(request.form.get("publication")),
            by=whoever(),
        )
    except SurveyError as problem:
        session().rollback()
        warn(_("The text or the numbers changed after you opened this page. Read it over again."))
        if problem.code != "changed-meanwhile":
            raise
    else:
        session().commit()
        tell(_("The text is read over: its numbers are those of now."))
    return redirect(desk.address("text"), 303)


def _clear(slug: str, language: str, section: str, code: str) -> Response:
    evaluation = study.evaluation(slug)
    wave, member = published(evaluation), study.membership(slug, code) if code else None
    found = queries.of_section(session(), wave, member, section, language)
    if found is None:
        raise NotFound("report-text")
    try:
        verbs.clear(session(), wave=wave, text=found, version=_number(request.form.get("version")), by=whoever())
    except SurveyError:
        session().rollback()
        warn(_("Somebody else changed this text after you opened it, so it was not thrown away."))
        return redirect(_address("text", evaluation, member, language, section), 303)
    session().commit()
    tell(_("The text was thrown away."))
    return redirect(url_for("reports.texts", slug=slug, organisation=code or None, language=language), 303)


def _page(desk: Desk, form: TextForm) -> str:
    before, after = desk.around()
    latest = desk.section.text
    return render_template(
        "reports/text.html",
        evaluation=desk.evaluation,
        desk=desk,
        form=form,
        before=before,
        own=desk.own(str(form.text.data or "")),
        after=after,
        changed=[(wording.called(desk.report, each), *pair) for each, pair in desk.section.changed.items()],
        groups=wording.offers(desk.report),
        latest=latest if _number(form.version.data) != desk.version() else None,
        version=desk.version(),
    )


def _complain_of_references(desk: Desk, form: TextForm) -> None:
    strange = queries.strange(str(form.text.data), desk.report, desk.section.text)
    if strange:
        form.complain(wording.unknown(strange))


def _report(wave: Wave, member: Membership | None, language: str) -> Report:
    return gathering.of(session(), wave, audience=_audience(member), language=language, member=member)


def _audience(member: Membership | None) -> str:
    return LEAD if member is None else "organisation"


def _address(page: str, evaluation: Evaluation, member: Membership | None, language: str, section: str) -> str:
    """``code`` is only in the address of what is about an organisation."""
    code = member.organisation.code if member is not None else None
    return url_for(f"reports.{page}", slug=evaluation.slug, language=language, section=section, code=code)


def _number(asked: str | None) -> int:
    return int(asked) if asked and asked.isdecimal() and len(asked) < 10 else -1
