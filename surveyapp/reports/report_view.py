"""Protected numbers as a report shows them: looked up, put into figures, in words of one language.

It takes what ``protect`` lets out and nothing else, so that no report can say more than the pages of its readers.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from surveyapp.analysis.counts import EVERYONE
from surveyapp.analysis.disclosure import SafeResults
from surveyapp.analysis.priorities import asked_importance
from surveyapp.questionnaires.edition import Edition
from surveyapp.questionnaires.kinds.scale import ScaleQuestion
from surveyapp.questionnaires.questionnaire import DONT_KNOW, NOT_APPLICABLE, Role, Scale
from surveyapp.questionnaires.text import Text, say
from surveyapp.reports.figures.specification import (
    Cell,
    Column,
    DivergingBars,
    DotPlot,
    DotRow,
    Dumbbell,
    Heatmap,
    HeatmapRow,
    Importance,
    Pair,
    Point,
    Response,
    ResponseRow,
    Statement,
)
from surveyapp.reports.gaps import Gap, Gaps
from surveyapp.reports.given import Answered
from surveyapp.reports.scores import ITEM, THEME, Scores

_WORDS: Final[dict[str, Text]] = {
    "organisation": {"nl": "Organisatie", "en": "Organisation"},
    "theme": {"nl": "Thema", "en": "Theme"},
    "statement": {"nl": "Stelling", "en": "Statement"},
    "role": {"nl": "Rol", "en": "Role"},
    "whole_theme": {"nl": "Het hele thema", "en": "The whole theme"},
    "heatmap": {"nl": "Scores per organisatie en thema", "en": "Scores per organisation and theme"},
    "answers": {"nl": "Antwoorden op de stellingen", "en": "Answers to the statements"},
    "response": {"nl": "Respons per organisatie", "en": "Response per organisation"},
    "response_role": {"nl": "Respons per rol", "en": "Response per role"},
    "beside": {"nl": "{first} en {second}", "en": "{first} and {second}"},
    "profile": {"nl": "{first} naast {second}", "en": "{first} beside {second}"},
    "importance": {"nl": "Belang en score per thema", "en": "Importance and score per theme"},
}


@dataclass(frozen=True)
class _Numbers:
    """The numbers of one publication, or of the part of it that one organisation may see."""

    results: SafeResults
    edition: Edition
    language: str
    region: str
    """What the region is called."""
    names: Mapping[str, str]
    """Code -> name of the organisations, in the order of the study."""

    @cached_property
    def scores(self) -> Scores:
        return Scores.published(self.results)

    @cached_property
    def answered(self) -> Answered:
        return Answered.published(self.results)

    @cached_property
    def titles(self) -> dict[str, str]:
        """Key -> words of themes."""
        return {
            each.theme: self.say(each.title) for each in self.edition.questionnaire.sections if each.theme is not None
        }

    @cached_property
    def highest(self) -> int:
        """The top of the widest scale that is scored."""
        questionnaire = self.edition.questionnaire
        used = {item.scale for theme in questionnaire.themes for item in questionnaire.scored_items(theme)}
        return max(len(scale.points) for scale in questionnaire.scales if scale.key in used)

    @cached_property
    def roles(self) -> tuple[Role, ...]:
        """The roles of which there is a number over the region."""
        questionnaire = self.edition.questionnaire
        return tuple(
            role
            for role in questionnaire.roles
            if any(self.scores.number("mean", THEME, theme, EVERYONE, role.key) for theme in questionnaire.themes)
        )

    @cached_property
    def gaps(self) -> dict[str, Gap]:
        """Key -> the difference between the first two of those roles."""
        if len(self.roles) < 2:
            return {}
        first, second = self.roles[:2]
        return Gaps.published(self.results).between(first.key, second.key)

    def say(self, text: Text) -> str:
        """The words in the language of the report."""
        return say(text, self.language)

    def word(self, key: str, **details: str) -> str:
        return self.say(_WORDS[key]).format(**details)

    @property
    def _shared(self) -> dict[str, object]:
        return {"language": self.language, "threshold": max(self.results.policy.threshold, 1)}


class _Themes(_Numbers):
    """In figures by theme."""

    def heatmap(self) -> Heatmap:
        """Organisations by theme, the region last."""
        themes = self.edition.questionnaire.themes
        places = [*self.names.items(), (EVERYONE, self.region)]
        rows = [
            HeatmapRow(
                label=name,
                cells=tuple(self.scores.cell(THEME, theme, code) for theme in themes),
                n=self.scores.people(themes, code),
            )
            for code, name in places
        ]
        return Heatmap.model_validate(
            {
                "title": self.word("heatmap"),
                "row_title": self.word("organisation"),
                "columns": tuple(
                    Column(code=str(number), label=self.titles[theme]) for number, theme in enumerate(themes, 1)
                ),
                "rows": tuple(rows[:-1]),
                "summary": rows[-1],
                "highest": self.highest,
                **self._shared,
            }
        )

    def profile(self, code: str, *, band: bool) -> DotPlot:
        """The themes of one organisation beside the region; ``band``: with the range of all organisations."""
        return DotPlot.model_validate(
            {
                "title": self.word("profile", first=self.names[code], second=self.region),
                "row_title": self.word("theme"),
                "own": self.names[code],
                "region": self.region,
                "rows": tuple(self._dots(theme, code, band=band) for theme in self.edition.questionnaire.themes),
                "highest": self.highest,
                **self._shared,
            }
        )

    def _dots(self, theme: str, code: str, *, band: bool) -> DotRow:
        found = (self.scores.number("mean", THEME, theme, each) for each in self.names) if band else ()
        means = [mean for mean in found if mean is not None]
        return DotRow(
            label=self.titles[theme],
            own=self.scores.cell(THEME, theme, code),
            region=self.scores.cell(THEME, theme, EVERYONE),
            band=(min(means), max(means)) if len(means) > 1 else None,
        )

    def bars(self, theme: str, organisation: str = EVERYONE) -> Iterator[DivergingBars]:
        """How the answers to the statements spread, a figure per scale, as far as it may be shown."""
        questionnaire = self.edition.questionnaire
        for scale in questionnaire.scales:
            asked = [item for item in questionnaire.scored_items(theme) if item.scale == scale.key]
            found = (self._statement(item, scale, organisation) for item in asked)
            statements = tuple(statement for statement in found if statement is not None)
            if statements:
                yield DivergingBars(
                    title=self.word("answers"),
                    language=self.language,
                    points=tuple(self.say(point.label) for point in scale.points),
                    statements=statements,
                )

    def _statement(self, item: ScaleQuestion, scale: Scale, organisation: str) -> Statement | None:
        given = self.answered.given(item.key, organisation, EVERYONE)
        if given is None:
            return None
        return Statement(
            label=self.say(item.text),
            counts=tuple(given.get(str(code), 0) for code in scale.codes),
            dont_know=given.get(DONT_KNOW) if scale.dont_know else None,
            not_applicable=given.get(NOT_APPLICABLE) if scale.not_applicable else None,
        )


class View(_Themes):
    """Everything that a report shows of them."""

    def dumbbell(self, theme: str = "") -> Dumbbell | None:
        """The first two roles on every theme, or on the statements of one that were put to both, over the region."""
        if len(self.roles) < 2:
            return None
        questionnaire, pair = self.edition.questionnaire, self.roles[:2]
        if theme:
            both = [each for each in questionnaire.scored_items(theme) if all(each.asked_of(one.key) for one in pair)]
            subjects = [(ITEM, each.key, self.say(each.text)) for each in both]
            subjects.insert(0, (THEME, theme, self.word("whole_theme")))
        else:
            asked = [
                each for each in questionnaire.themes if all(questionnaire.scored_items(each, one.key) for one in pair)
            ]
            subjects = [(THEME, each, self.titles[each]) for each in asked]
        first, second = (self.say(role.plural) for role in pair)
        return Dumbbell.model_validate(
            {
                "title": self.word("beside", first=first, second=second),
                "row_title": self.word("statement" if theme else "theme"),
                "first": first,
                "second": second,
                "pairs": tuple(self._pair(*subject, pair) for subject in subjects),
                "highest": self.highest,
                **self._shared,
            }
        )

    def _pair(self, level: str, key: str, label: str, pair: Sequence[Role]) -> Pair:
        first, second = (self.scores.cell(level, key, EVERYONE, role.key) for role in pair)
        known = key in self.gaps and first.value is not None and second.value is not None
        return Pair(label=label, first=first, second=second, gap=self.gaps[key].gap if known else None)

    def response(self, organisations: Mapping[str, str]) -> Response:
        """Who answered, per organisation, the region last."""
        rows = tuple(self._answered(name, code, EVERYONE) for code, name in organisations.items())
        return self._response(self.word("response"), self.word("organisation"), rows)

    def response_by_role(self) -> Response | None:
        rows = tuple(self._answered(self.say(role.plural), EVERYONE, role.key) for role in self.roles)
        return self._response(self.word("response_role"), self.word("role"), rows) if rows else None

    def _response(self, title: str, row_title: str, rows: tuple[ResponseRow, ...]) -> Response:
        whole = self._answered(self.region, EVERYONE, EVERYONE)
        return Response.model_validate(
            {"title": title, "row_title": row_title, "rows": rows, "summary": whole, **self._shared}
        )

    def _answered(self, label: str, organisation: str, role: str) -> ResponseRow:
        """Who answered anything, by the theme of which most is known."""
        places = [(THEME, theme, organisation, role) for theme in self.edition.questionnaire.themes]
        counts = ((self.scores.count("responded", *at), self.scores.count("invited", *at)) for at in places)
        known = [(responded, invited) for responded, invited in counts if responded is not None]
        if known:
            responded, invited = max(known, key=lambda each: each[0])
            return ResponseRow(label=label, responded=responded, invited=invited or None)
        hidden = {self.scores.hidden(*at) for at in places}
        why = "linked" if "linked" in hidden else "small" if "small" in hidden else "none"
        return ResponseRow.model_validate({"label": label, "hidden": why})

    def importance(self) -> Importance | None:
        """Every theme by its score and by how important people find it; None where that was not asked or is hidden."""
        questionnaire = self.edition.questionnaire
        asked = asked_importance(questionnaire)
        questions = [questionnaire.questions[key] for key in asked.values()]
        scales = [questionnaire.scale(each.scale) for each in questions if isinstance(each, ScaleQuestion)]
        points = tuple(
            Point(
                label=self.titles[theme],
                score=self.scores.cell(THEME, theme, EVERYONE),
                importance=self._importance(key),
                n=self.scores.count("n", THEME, theme, EVERYONE),
            )
            for theme, key in asked.items()
        )
        if not scales or not any(point.importance.value is not None for point in points):
            return None
        return Importance.model_validate(
            {
                "title": self.word("importance"),
                "row_title": self.word("theme"),
                "points": points,
                "highest": self.highest,
                "highest_importance": max(len(scale.points) for scale in scales),
                **self._shared,
            }
        )

    def _importance(self, question: str) -> Cell:
        mean = self.answered.measure("mean", question, EVERYONE, EVERYONE)
        return Cell.of(mean, "linked" if mean is None else None)
