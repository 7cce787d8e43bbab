"""What the figures of the pages show: a frozen specification per question that a reader has."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from surveyapp.analysis.counts import EVERYONE, Counts
from surveyapp.analysis.distributions import distribution
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
from surveyapp.web.gaps import Gap
from surveyapp.web.language import current, said
from surveyapp.web.open_roles import note
from surveyapp.web.scores import ITEM, THEME, Scores
from surveyapp.web.words import _


@dataclass(frozen=True)
class Sight:
    """What can be seen of a study by whom looks: its scores, under a threshold (1 where nothing is held back)."""

    edition: Edition
    scores: Scores
    threshold: int = 1


def theme_title(edition: Edition, theme: str) -> str:
    """The name of a theme, as the questionnaire calls it."""
    sections = edition.questionnaire.sections
    return next(said(section.title) for section in sections if section.theme == theme)


def heatmap(
    sight: Sight, members: Sequence[Membership], title: str, *, role: str = EVERYONE, column: str | None = None
) -> Heatmap:
    """Organisations by theme, the region last."""
    themes = sight.edition.questionnaire.themes
    scale = _widest_scale(sight.edition, themes)
    return Heatmap(
        title=title,
        language=current(),
        threshold=max(sight.threshold, 1),
        note=note(sight.edition) if role == EVERYONE else None,
        row_title=_("Organisation"),
        columns=tuple(
            Column(code=str(number), label=theme_title(sight.edition, theme)) for number, theme in enumerate(themes, 1)
        ),
        rows=tuple(
            _heat(sight, themes, member.organisation.name, member.organisation.code, role, column) for member in members
        ),
        summary=_heat(sight, themes, _("Region"), EVERYONE, role, column),
        highest=len(scale.points),
        lowest_label=said(scale.points[0].label),
        highest_label=said(scale.points[-1].label),
    )


def _heat(
    sight: Sight, themes: tuple[str, ...], label: str, organisation: str, role: str, column: str | None
) -> HeatmapRow:
    cells = tuple(sight.scores.cell(THEME, theme, organisation, role, column=column) for theme in themes)
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
        highest=len(_widest_scale(sight.edition, themes).points),
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
        highest=len(_widest_scale(sight.edition, (theme,)).points),
    )


def _pair(scores: Scores, level: str, key: str, label: str, roles: tuple[Role, Role], gaps: dict[str, Gap]) -> Pair:
    first, second = (scores.cell(level, key, EVERYONE, role.key) for role in roles)
    n_first, n_second = (scores.count("n", level, key, EVERYONE, role.key) for role in roles)
    gap = gaps[key].gap if key in gaps and first.value is not None and second.value is not None else None
    return Pair(label=label, first=first, second=second, gap=gap, n_first=n_first, n_second=n_second)


def bars(edition: Edition, counts: Counts, theme: str, role: str = EVERYONE) -> Iterator[DivergingBars]:
    """How the answers to the statements of a theme spread over the region: a figure per scale. For the team only."""
    questionnaire = edition.questionnaire
    items = questionnaire.scored_items(theme, None if role == EVERYONE else role)
    for scale in questionnaire.scales:
        statements = tuple(_statement(edition, counts, item, role) for item in items if item.scale == scale.key)
        if statements:
            yield DivergingBars(
                title=_("Answers to the statements"),
                language=current(),
                note=note(edition) if role == EVERYONE else None,
                points=tuple(said(point.label) for point in scale.points),
                statements=statements,
            )


def _statement(edition: Edition, counts: Counts, item: ScaleQuestion, role: str) -> Statement:
    frame = distribution(counts, edition.questionnaire, item.key)
    here = frame[(frame["organisation"] == EVERYONE) & (frame["role"] == role)]
    given = {str(answer): int(count) for answer, count in zip(here["answer"], here["count"], strict=True)}
    scale = edition.questionnaire.scale(item.scale)
    return Statement(
        label=said(item.text),
        counts=tuple(given.get(str(code), 0) for code in scale.codes),
        dont_know=given.get(DONT_KNOW) if scale.dont_know else None,
        not_applicable=given.get(NOT_APPLICABLE) if scale.not_applicable else None,
    )


def _widest_scale(edition: Edition, themes: Sequence[str]) -> Scale:
    """The scale with the most points among the scored questions of these themes."""
    questionnaire = edition.questionnaire
    used = {item.scale for theme in themes for item in questionnaire.scored_items(theme)}
    return max((scale for scale in questionnaire.scales if scale.key in used), key=lambda scale: len(scale.points))
