"""From protected results to a report: chapters by theme, pages by organisation, what was found and what is advised.

It takes ``SafeResults`` and texts that were released, never results as the research team sees them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from surveyapp.analysis.counts import EVERYONE
from surveyapp.analysis.disclosure import SafeResults
from surveyapp.questionnaires.edition import Edition
from surveyapp.questionnaires.text import Text, say
from surveyapp.reports.figures.figure import Cell
from surveyapp.reports.references import filled, numbers_of
from surveyapp.reports.report import (
    REGION,
    Asked,
    AskedSection,
    Chapter,
    Coded,
    Difference,
    Hidden,
    Page,
    Provenance,
    Recommended,
    Remarked,
    Report,
    ReportedFinding,
    Said,
    StatementRow,
)
from surveyapp.reports.report_view import View
from surveyapp.reports.scores import ITEM, THEME

STAND_OUT: Final = 4
"""Statements of an organisation that are told on its page, above the region and below it."""
_REGION: Final[Text] = {"nl": "Regio", "en": "Region"}


@dataclass(frozen=True)
class Material:
    """What a report is made of besides numbers, as readers may see it."""

    kind: str
    audience: str
    study: Text
    client: str
    sender: str
    regime: str
    opened: date
    closed: date
    edition: Edition
    organisations: Mapping[str, str]
    """Code -> name, in the order of the study."""
    provenance: Provenance
    organisation: str = ""
    """The code of the one that it is about; empty about the region."""
    findings: tuple[ReportedFinding, ...] = ()
    recommendations: tuple[Recommended, ...] = ()
    said: Mapping[str, Sequence[Said]] = field(default_factory=dict)
    """By theme, what was released to be read."""
    coded: Mapping[str, Coded] = field(default_factory=dict)
    """By theme, how many people of the region wrote about what, as readers may know it."""
    remarks: tuple[Remarked, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    """What a researcher wrote, by section; with references to numbers."""


def report(results: SafeResults, material: Material, language: str) -> Report:
    """The report in this language. ``results`` are a publication, or of it what one organisation may see.

    Only findings about the region and about whom it is for are in it, and nothing refers to one that is not.
    """
    made = _Making(results, _referring_within(material), language).report()
    numbers = numbers_of(made)
    texts = {section: filled(text, numbers) for section, text in sorted(material.texts.items()) if text.strip()}
    return made.model_copy(update={"texts": texts})


def _referring_within(material: Material) -> Material:
    """Without numbers of findings and recommendations that this report does not tell."""
    own = material.organisation
    found, advised = (
        {each.number for each in those if not own or each.code in {"", own}}
        for those in (material.findings, material.recommendations)
    )
    findings = (
        each.model_copy(update={"recommendations": tuple(sorted(advised.intersection(each.recommendations)))})
        for each in material.findings
    )
    recommendations = (
        each.model_copy(update={"findings": tuple(sorted(found.intersection(each.findings)))})
        for each in material.recommendations
    )
    return replace(material, findings=tuple(findings), recommendations=tuple(recommendations))


class _Chapters:
    """The chapters of one report."""

    def __init__(self, results: SafeResults, material: Material, language: str) -> None:
        self._material = material
        self._language = language
        self._questionnaire = material.edition.questionnaire
        own = material.organisation
        self._shown = {own: material.organisations[own]} if own else dict(material.organisations)
        self._view = View(results, material.edition, language, say(_REGION, language), self._shown)

    def _chapters(self) -> Iterator[Chapter]:
        view = self._view
        for number, theme in enumerate(self._questionnaire.themes, 1):
            yield Chapter(
                key=theme,
                number=number,
                title=view.titles[theme],
                about=view.say(self._material.edition.framework.theme(theme).description),
                region=view.scores.cell(THEME, theme, EVERYONE),
                own=self._own(THEME, theme, self._material.organisation),
                n=view.scores.count("n", THEME, theme, EVERYONE),
                statements=tuple(self._statements(theme, number, self._material.organisation)),
                bars=tuple(view.bars(theme)),
                dumbbell=view.dumbbell(theme),
                gap=next(self._gap(theme), None),
                findings=tuple(self._findings(theme)),
                said=tuple(each for each in self._material.said.get(theme, ()) if self._may_stand(each.code)),
                coded=self._material.coded.get(theme),
            )

    def _findings(self, theme: str) -> Iterator[ReportedFinding]:
        """What is about the region, or about the organisation that the report is about."""
        about = {"", self._material.organisation}
        yield from (each for each in self._material.findings if each.theme == theme and each.code in about)

    def _may_stand(self, code: str) -> bool:
        """In the chapters of an organisation there is nothing with the name of another."""
        return not self._material.organisation or code in {"", self._material.organisation}

    def _own(self, level: str, key: str, own: str) -> Cell | None:
        return self._view.scores.cell(level, key, own) if own else None

    def _statements(self, theme: str, number: int, own: str) -> Iterator[StatementRow]:
        scores = self._view.scores
        for place, item in enumerate(self._questionnaire.scored_items(theme), 1):
            yield StatementRow(
                code=f"{number}.{place}",
                text=self._view.say(item.text),
                region=scores.cell(ITEM, item.key, EVERYONE),
                own=self._own(ITEM, item.key, own),
                n=scores.count("n", ITEM, item.key, EVERYONE),
                roles=tuple(
                    scores.cell(ITEM, item.key, EVERYONE, role.key) if item.asked_of(role.key) else None
                    for role in self._view.roles
                ),
            )

    def _gap(self, theme: str) -> Iterator[Difference]:
        found = self._view.gaps.get(theme)
        if found is not None:
            title = self._view.titles[theme]
            same = found.same_direction
            yield Difference(theme=title, gap=found.gap, organisations=found.organisations, same_direction=same)


class _Making(_Chapters):
    """The whole of it."""

    def report(self) -> Report:
        view, material, policy = self._view, self._material, self._view.results.policy
        origin = material.edition.framework.origin
        own = material.organisation
        pair = view.roles[:2]
        return Report.model_validate(
            {
                "kind": material.kind,
                "audience": material.audience,
                "language": self._language,
                "study": view.say(material.study),
                "client": material.client,
                "sender": material.sender,
                "region": view.region,
                "organisation": material.organisations[own] if own else "",
                "framework": view.say(material.edition.framework.title),
                "origin": ", ".join((origin.publisher, origin.title, origin.edition)),
                "wording": f"{view.say(origin.wording)}. {view.say(origin.explanation)}",
                "regime": material.regime,
                "threshold": policy.threshold,
                "distribution": policy.distribution,
                "highest": view.highest,
                "opened": material.opened,
                "closed": material.closed,
                "organisations": tuple(material.organisations.values()),
                "roles": tuple(view.say(role.plural) for role in view.roles),
                "response": view.response(self._shown),
                "response_by_role": view.response_by_role(),
                "heatmap": view.heatmap() if not own else None,
                "profile": view.profile(own, band=False) if own else None,
                "importance": view.importance(),
                "differences": view.dumbbell(),
                "gaps": tuple(gap for theme in self._questionnaire.themes for gap in self._gap(theme)),
                "pair": tuple(view.say(role.plural) for role in pair) if len(pair) > 1 else None,
                "chapters": tuple(self._chapters()),
                "pages": tuple(self._pages()),
                "general": material.recommendations,
                "questionnaire": tuple(self._asked()),
                "hidden": tuple(self._hidden()) if material.kind == REGION else (),
                "remarks": material.remarks,
                "provenance": material.provenance,
            }
        )

    def _pages(self) -> Iterator[Page]:
        """In the report of the region: one of every organisation with a score or a finding."""
        if self._material.organisation:
            return
        for code, name in self._shown.items():
            profile = self._view.profile(code, band=True)
            known = [(row.own.value, row.label) for row in profile.rows if row.own.value is not None]
            found = tuple(each for each in self._material.findings if each.code == code)
            if known or found:
                above, below = self._standing_out(code)
                answered = self._view.response({code: name}).rows[0]
                yield Page(
                    code=code,
                    name=name,
                    profile=profile,
                    invited=answered.invited,
                    responded=answered.responded,
                    above=above,
                    below=below,
                    highest=max(known)[1] if known else "",
                    lowest=min(known)[1] if known else "",
                    findings=found,
                    recommendations=tuple(each for each in self._material.recommendations if each.code == code),
                )

    def _standing_out(self, code: str) -> tuple[tuple[StatementRow, ...], tuple[StatementRow, ...]]:
        """The statements furthest above the region and furthest below it, by what is printed: one decimal."""
        rows = [
            row
            for number, theme in enumerate(self._questionnaire.themes, 1)
            for row in self._statements(theme, number, code)
        ]
        apart = {row.code: _apart(row) for row in rows}
        ranked = sorted(rows, key=lambda row: apart[row.code])
        below = tuple(row for row in ranked if apart[row.code] < 0)[:STAND_OUT]
        above = tuple(row for row in reversed(ranked) if apart[row.code] > 0)[:STAND_OUT]
        return above, below

    def _asked(self) -> Iterator[AskedSection]:
        roles = {role.key: self._view.say(role.plural) for role in self._questionnaire.roles}
        codes = {
            item.key: f"{number}.{place}"
            for number, theme in enumerate(self._questionnaire.themes, 1)
            for place, item in enumerate(self._questionnaire.scored_items(theme), 1)
        }
        for section in self._questionnaire.sections:
            yield AskedSection(
                title=self._view.say(section.title),
                questions=tuple(
                    Asked(
                        code=codes.get(question.key, ""),
                        text=self._view.say(question.text),
                        roles=_only(roles, [key for key in roles if question.asked_of(key)]),
                    )
                    for question in section.questions
                ),
            )

    def _hidden(self) -> Iterator[Hidden]:
        for theme in self._questionnaire.themes:
            cells = [self._view.scores.cell(THEME, theme, code) for code in self._shown]
            reasons = [cell.hidden for cell in cells]
            yield Hidden(
                theme=self._view.titles[theme],
                shown=reasons.count(None),
                small=reasons.count("small"),
                linked=reasons.count("linked"),
            )


def _apart(row: StatementRow) -> float:
    """How far the own score is above that of the region, as they are printed; 0 where one is not known."""
    if row.own is None or row.own.value is None or row.region.value is None:
        return 0.0
    return round(row.own.value, 1) - round(row.region.value, 1)


def _only(roles: Mapping[str, str], asked: Sequence[str]) -> tuple[str, ...]:
    """The roles that a question was put to, where that is not everybody."""
    return tuple(roles[key] for key in asked) if len(asked) < len(roles) else ()
