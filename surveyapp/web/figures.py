"""What the figures of the pages show: a frozen specification per question that a reader has."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from surveyapp.analysis.counts import EVERYONE
from surveyapp.models import Membership
from surveyapp.questionnaires.edition import Edition
from surveyapp.questionnaires.questionnaire import DONT_KNOW, NOT_APPLICABLE, Role, Scale, ScaleQuestion
from surveyapp.reports.figures.specification import (
    Column,
    DivergingBars,
    DotPlot,
    DotRow,
    Dumbbell,
    Heatmap,
    HeatmapRow,
    Pair,
    Statement,
)
from surveyapp.reports.gaps import Gap
from surveyapp.reports.given import Answered, Given
from surveyapp.reports.scores import ITEM, THEME, Scores
from surveyapp.web.language import current, said
from surveyapp.web.open_roles import note
from surveyapp.web.words import _


@dataclass(frozen=True)
class Sight:
    """What can be seen of a study by whom looks: its scores, under a threshold (1 where nothing is held back)."""

    edition: Edition
    scores: Scores
    answered: Answered | None = None
    threshold: int = 1


def theme_title(edition: Edition, theme: str) -> str:
    """The name of a theme, as the questionnaire calls it."""
    sections = edition.questionnaire.sections
    return next(said(section.title) for section in sections if section.theme == theme)


@dataclass(frozen=True)
class Subject:
    """A theme or statement that has a column; ``code`` is its number, ``title`` its words."""

    level: str
    key: str
    code: str
    title: str


def heatmap(
    sight: Sight,
    members: Sequence[Membership],
    title: str,
    *,
    subjects: Sequence[Subject],
    role: str = EVERYONE,
    column: str | None = None,
) -> Heatmap:
    """Organisations by theme, or by statement under its number; the region last."""
    keys = [subject.key for subject in subjects]
    themes = tuple(dict.fromkeys(sight.edition.questionnaire.theme_of.get(key, key) for key in keys))
    scale = widest_scale(sight.edition, themes)
    rows = [(member.organisation.name, member.organisation.code) for member in members]
    return Heatmap(
        title=title,
        language=current(),
        threshold=max(sight.threshold, 1),
        note=note(sight.edition) if role == EVERYONE else None,
        row_title=_("Organisation"),
        columns=tuple(
            Column(code=subject.code, label=subject.title if subject.level == THEME else subject.code)
            for subject in subjects
        ),
        rows=tuple(_heat(sight, subjects, themes, *row, role, column) for row in rows),
        summary=_heat(sight, subjects, themes, _("Region"), EVERYONE, role, column),
        highest=len(scale.points),
        lowest_label=said(scale.points[0].label),
        highest_label=said(scale.points[-1].label),
    )


def _heat(
    sight: Sight,
    subjects: Sequence[Subject],
    themes: tuple[str, ...],
    label: str,
    organisation: str,
    role: str,
    column: str | None,
) -> HeatmapRow:
    cells = tuple(
        sight.scores.cell(subject.level, subject.key, organisation, role, column=column) for subject in subjects
    )
    return HeatmapRow(label=label, cells=cells, n=sight.scores.people(themes, organisation, role))


def profile(sight: Sight, member: Membership, *, band: Sequence[str] = ()) -> DotPlot:
    """The themes of one organisation beside the region; ``band``: of which organisations the range is shown."""
    themes = sight.edition.questionnaire.themes
    return DotPlot(
        title=_("%(name)s beside the region", name=member.organisation.name),
        language=current(),
        threshold=max(sight.threshold, 1),
        note=note(sight.edition),
        row_title=_("Theme"),
        own=member.organisation.name,
        region=_("Region"),
        rows=tuple(_beside(sight, theme, member.organisation.code, band) for theme in themes),
        highest=len(widest_scale(sight.edition, themes).points),
    )


def _beside(sight: Sight, theme: str, organisation: str, band: Sequence[str]) -> DotRow:
    found = (sight.scores.number("mean", THEME, theme, code) for code in band)
    means = [mean for mean in found if mean is not None]
    return DotRow(
        label=theme_title(sight.edition, theme),
        own=sight.scores.cell(THEME, theme, organisation),
        region=sight.scores.cell(THEME, theme, EVERYONE),
        band=(min(means), max(means)) if means else None,
    )


def dumbbell(sight: Sight, theme: str, roles: tuple[Role, Role], gaps: dict[str, Gap]) -> Dumbbell:
    """The statements that both roles were asked, and the theme itself on top, over the region."""
    first, second = roles
    items = sight.edition.questionnaire.scored_items(theme)
    both = [item for item in items if item.asked_of(first.key) and item.asked_of(second.key)]
    subjects = [(THEME, theme, _("The whole theme")), *((ITEM, item.key, said(item.text)) for item in both)]
    return Dumbbell(
        title=_("%(first)s and %(second)s", first=said(first.plural), second=said(second.plural)),
        language=current(),
        threshold=max(sight.threshold, 1),
        row_title=_("Statement"),
        first=said(first.plural),
        second=said(second.plural),
        pairs=tuple(_pair(sight.scores, *subject, roles, gaps) for subject in subjects),
        highest=len(widest_scale(sight.edition, (theme,)).points),
    )


def _pair(scores: Scores, level: str, key: str, label: str, roles: tuple[Role, Role], gaps: dict[str, Gap]) -> Pair:
    first, second = (scores.cell(level, key, EVERYONE, role.key) for role in roles)
    n_first, n_second = (scores.count("n", level, key, EVERYONE, role.key) for role in roles)
    gap = gaps[key].gap if key in gaps and first.value is not None and second.value is not None else None
    return Pair(label=label, first=first, second=second, gap=gap, n_first=n_first, n_second=n_second)


def role_gaps(sight: Sight, roles: tuple[Role, Role], gaps: dict[str, Gap], theme: str = "") -> Dumbbell:
    """Every theme, or the statements of one, that both roles were asked, over the region."""
    if theme:
        return dumbbell(sight, theme, roles, gaps)
    first, second = roles
    themes = sight.edition.questionnaire.themes
    both = [each for each in themes if all(sight.edition.questionnaire.scored_items(each, role.key) for role in roles)]
    return Dumbbell(
        title=_("%(first)s and %(second)s", first=said(first.plural), second=said(second.plural)),
        language=current(),
        threshold=max(sight.threshold, 1),
        row_title=_("Theme"),
        first=said(first.plural),
        second=said(second.plural),
        pairs=tuple(_pair(sight.scores, THEME, each, theme_title(sight.edition, each), roles, gaps) for each in both),
        highest=len(widest_scale(sight.edition, themes).points),
    )


def beside(sight: Sight, first: Membership, second: Membership) -> DotPlot:
    """The themes of one organisation beside another."""
    themes = sight.edition.questionnaire.themes
    names = first.organisation.name, second.organisation.name
    return DotPlot(
        title=_("%(first)s and %(second)s", first=names[0], second=names[1]),
        language=current(),
        threshold=max(sight.threshold, 1),
        note=note(sight.edition),
        row_title=_("Theme"),
        own=names[0],
        region=names[1],
        rows=tuple(
            DotRow(
                label=theme_title(sight.edition, theme),
                own=sight.scores.cell(THEME, theme, first.organisation.code),
                region=sight.scores.cell(THEME, theme, second.organisation.code),
            )
            for theme in themes
        ),
        highest=len(widest_scale(sight.edition, themes).points),
    )


def bars(sight: Sight, theme: str, organisation: str, role: str = EVERYONE) -> Iterator[DivergingBars]:
    """How the answers to the statements of a theme spread: a figure per scale, of the statements that may be shown."""
    questionnaire = sight.edition.questionnaire
    items = questionnaire.scored_items(theme, None if role == EVERYONE else role)
    for scale in questionnaire.scales:
        asked = [item for item in items if item.scale == scale.key]
        found = ((item, _given(sight, item.key, organisation, role)) for item in asked)
        statements = tuple(_statement(said(item.text), scale, given) for item, given in found if given is not None)
        if statements:
            yield _spread(sight, scale, statements, role, _("Answers to the statements"))


def answers_by_role(sight: Sight, question: str, organisation: str, roles: Sequence[Role]) -> DivergingBars | None:
    """How the answers to one statement spread, of everybody and of each role; None where that may not be shown."""
    item = sight.edition.questionnaire.questions[question]
    if not isinstance(item, ScaleQuestion):
        return None
    scale = sight.edition.questionnaire.scale(item.scale)
    groups = [(_("Everybody"), EVERYONE), *((said(role.plural), role.key) for role in roles)]
    found = ((label, _given(sight, question, organisation, role)) for label, role in groups)
    statements = tuple(_statement(label, scale, given) for label, given in found if given is not None)
    if not statements:
        return None
    return _spread(sight, scale, statements, EVERYONE, _("Answers to this statement"))


def answers_to_one(sight: Sight, question: str, organisation: str, role: str) -> DivergingBars | None:
    """How the answers to one question on a scale spread in one place; None where that may not be shown."""
    item = sight.edition.questionnaire.questions[question]
    given = _given(sight, question, organisation, role)
    if given is None or not isinstance(item, ScaleQuestion):
        return None
    scale = sight.edition.questionnaire.scale(item.scale)
    label = _("Everybody") if role == EVERYONE else said(sight.edition.questionnaire.role(role).plural)
    return _spread(sight, scale, (_statement(label, scale, given),), role, said(item.text))


def _spread(sight: Sight, scale: Scale, statements: tuple[Statement, ...], role: str, title: str) -> DivergingBars:
    return DivergingBars(
        title=title,
        language=current(),
        note=note(sight.edition) if role == EVERYONE else None,
        points=tuple(said(point.label) for point in scale.points),
        statements=statements,
    )


def _given(sight: Sight, question: str, organisation: str, role: str) -> Given | None:
    return sight.answered.given(question, organisation, role) if sight.answered is not None else None


def _statement(label: str, scale: Scale, given: Given) -> Statement:
    return Statement(
        label=label,
        counts=tuple(given.get(str(code), 0) for code in scale.codes),
        dont_know=given.get(DONT_KNOW) if scale.dont_know else None,
        not_applicable=given.get(NOT_APPLICABLE) if scale.not_applicable else None,
    )


def widest_scale(edition: Edition, themes: Sequence[str]) -> Scale:
    """The scale with the most points among the scored questions of these themes."""
    questionnaire = edition.questionnaire
    used = {item.scale for theme in themes for item in questionnaire.scored_items(theme)}
    return max((scale for scale in questionnaire.scales if scale.key in used), key=lambda scale: len(scale.points))


def most_points(edition: Edition, themes: Sequence[str]) -> int:
    """The steps of that scale."""
    return len(widest_scale(edition, themes).points)
