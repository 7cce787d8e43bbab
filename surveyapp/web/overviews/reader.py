"""Who looks at results: what they see, and where their pages are."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

import pandas as pd
from flask import request, url_for

from surveyapp.analysis.counts import EVERYONE
from surveyapp.analysis.disclosure import Policy
from surveyapp.errors import NotFound
from surveyapp.models import Evaluation, Membership, Wave
from surveyapp.questionnaires.edition import Edition
from surveyapp.questionnaires.questionnaire import Questionnaire, Role
from surveyapp.reports.figures.figure import Figure
from surveyapp.reports.gaps import Gaps
from surveyapp.reports.scores import THEME, Scores
from surveyapp.web.figures import Sight, theme_title
from surveyapp.web.overviews.compared import Compared
from surveyapp.web.overviews.release import Release
from surveyapp.web.renderings import Audience, Placed, place

CHOSEN: Final = ("wave", "number")
"""What addresses say of which publication is read."""


def _nothing_before() -> Compared | None:
    return None


def _not_told() -> pd.DataFrame | None:
    return None


@dataclass(frozen=True)
class Reader:
    """Somebody before the results of one wave; without ``policy`` these are unprotected, for the research team."""

    evaluation: Evaluation
    wave: Wave
    members: tuple[Membership, ...]
    """The organisations whose numbers the reader may look at, in the order of the study."""
    sight: Sight
    gaps: Gaps
    room: str
    """The blueprint that the reader's pages are in."""
    audience: Audience
    place_of: Mapping[str, str]
    """What stands in the address of every page: the study, and the organisation for who sees one only."""
    compare: Callable[[], Compared | None] = _nothing_before
    """Gives the wave before beside this one, as far as both may be seen."""
    estimates: Mapping[tuple[str, str], tuple[float, float]] = field(default_factory=dict)
    """For the team: theme and organisation -> its mean drawn towards the region, and how likely it lies below that."""
    dependability: Callable[[], pd.DataFrame | None] = _not_told
    """For the team: gives how far each theme can be relied on (``DEPENDABILITY_COLUMNS``)."""
    policy: Policy | None = None
    release: Release | None = None

    @property
    def is_team(self) -> bool:
        return self.policy is None

    @property
    def layout(self) -> str:
        """The template around the reader's pages."""
        return "public/layout.html" if self.room == "public" else "staff.html"

    @property
    def edition(self) -> Edition:
        return self.sight.edition

    @property
    def questionnaire(self) -> Questionnaire:
        return self.edition.questionnaire

    @property
    def scores(self) -> Scores:
        return self.sight.scores

    @property
    def threshold(self) -> int:
        """The smallest number of people that a number may speak of; 0 where nothing is held back."""
        return 0 if self.policy is None else self.policy.threshold

    def address(self, page: str, **values: str | None) -> str:
        """Where a page of this reader is; the wave and the publication that were asked for stay chosen."""
        chosen = {name: value for name, value in values.items() if value is not None}
        for name in CHOSEN:
            if name in request.args:
                chosen.setdefault(name, request.args[name])
        values_of: dict[str, Any] = {**self.place_of, **chosen}
        return url_for(f"{self.room}.{page}", **values_of)

    def placed(self, figures: Sequence[Figure]) -> list[Placed]:
        """The figures, for a template; what was never drawn is asked for."""
        return place(self.audience, figures)

    @cached_property
    def themes(self) -> list[tuple[str, str, str]]:
        """Key, title and address of every theme's page."""
        return [
            (key, theme_title(self.edition, key), self.address("theme", theme=key)) for key in self.questionnaire.themes
        ]

    def must_have_theme(self, theme: str) -> None:
        """Raise ``NotFound`` for a theme that the questionnaire does not have."""
        if theme not in self.questionnaire.themes:
            raise NotFound("theme", theme=theme)

    @cached_property
    def roles(self) -> tuple[Role, ...]:
        """The roles of which there is a number of any single organisation."""
        return self._with_numbers([member.organisation.code for member in self.members])

    @cached_property
    def regional_roles(self) -> tuple[Role, ...]:
        """The roles of which there is a number over the region."""
        return self._with_numbers([EVERYONE])

    def roles_in(self, organisation: str) -> tuple[Role, ...]:
        """The roles of which there is a number of this organisation."""
        return self._with_numbers([organisation])

    def _with_numbers(self, organisations: Sequence[str]) -> tuple[Role, ...]:
        return tuple(
            role
            for role in self.questionnaire.roles
            if any(
                self.scores.number("mean", THEME, theme, organisation, role.key) is not None
                for theme in self.questionnaire.themes
                for organisation in organisations
            )
        )

    def organisation_address(self, member: Membership) -> str | None:
        """Where the page of an organisation is; None for one that the reader may not look at."""
        if member not in self.members:
            return None
        return self._organisation_page(member)

    def _organisation_page(self, member: Membership) -> str:
        code = member.organisation.code
        if self.room == "own":
            kept: dict[str, Any] = {name: request.args[name] for name in CHOSEN if name in request.args}
            return url_for("publication.organisation", slug=self.evaluation.slug, code=self.place_of["code"], **kept)
        return self.address("organisation", code=code)
