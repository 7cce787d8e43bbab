"""Who answers, through which door, in which wave, and how far they are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from flask import g, redirect, url_for
from werkzeug.wrappers import Response

from surveyapp import clock
from surveyapp.actions.responses import WEB
from surveyapp.errors import NotFound, WrongState
from surveyapp.models.wave import ANONYMOUS
from surveyapp.queries import delegations, editions, invitations
from surveyapp.queries.delegations import Delegated
from surveyapp.queries.invitations import Invited
from surveyapp.queries.responses import Begun
from surveyapp.questionnaires.condition import Standing
from surveyapp.questionnaires.edition import Edition
from surveyapp.questionnaires.path import Path, Step, path, possible
from surveyapp.questionnaires.questionnaire import Questionnaire
from surveyapp.questionnaires.text import Text
from surveyapp.reports.filled import Filling
from surveyapp.web import language
from surveyapp.web.database import reading


@dataclass(frozen=True)
class Door:
    """Through which door somebody answers: how its pages are addressed, and what may be seen behind it.

    ``room`` is the blueprint. The respondent's own door is ``respond``; a colleague has one for a single section, and
    a researcher one for what came on paper or by telephone.
    """

    room: str
    arguments: Mapping[str, Any] = field(default_factory=dict)
    only: str | None = None
    """The one section that may be seen."""
    delegation_id: int | None = None
    """Through whose hands the answers come, when a colleague gives them."""
    sign: str = ""
    """What stands on top of every page behind this door, as HTML; it may name a person."""

    def address(self, page: str, **values: Any) -> str:  # noqa: ANN401
        """Where a page behind this door is."""
        return url_for(f"{self.room}.{page}", **self.arguments, **values)


class Visit:
    """One request of somebody who answers."""

    def __init__(self, door: Door, invited: Invited, edition: Edition) -> None:
        self.door = door
        self.invited = invited
        self.edition = edition

    @property
    def questionnaire(self) -> Questionnaire:
        """As it is put to this respondent."""
        return self.edition.questionnaire

    @property
    def standing(self) -> Standing:
        return self.invited.standing

    @property
    def response(self) -> Begun | None:
        return self.invited.response

    @property
    def submitted(self) -> bool:
        return self.invited.sent

    @property
    def may_change_mind(self) -> bool:
        """Whether what was sent can be changed, withdrawn and read back: the anonymous regime cannot find it."""
        return self.invited.regime != ANONYMOUS

    @property
    def may_pass_on(self) -> bool:
        """Whether a section can be passed to a colleague; the same for everybody with this way in and regime."""
        return self.door.room == "respond" and self.may_change_mind and self.invited.open_link_id is None

    @property
    def may_answer_on_paper(self) -> bool:
        """Whether a form on paper can be entered for this respondent: known by name, and nothing begun here."""
        return self.may_pass_on and self.response is None

    @cached_property
    def passed_on(self) -> tuple[Delegated, ...]:
        """The sections that were passed to colleagues, what was taken back among them."""
        if self.response is None or not self.invited.delegated or not self.may_pass_on:
            return ()
        return delegations.of(reading(), self.response)

    @cached_property
    def contributed(self) -> dict[str, str]:
        """Key of an answer -> the name of the colleague who gave it."""
        names = {delegated.id: delegated.name for delegated in self.passed_on}
        if not names or self.response is None:
            return {}
        given = delegations.given(reading(), self.response)
        return {key: names[number] for key, number in given.items() if number in names}

    def colleague(self, section: str) -> Delegated | None:
        """Who has this section now."""
        return next((found for found in self.passed_on if found.lasts and found.section == section), None)

    @property
    def answers(self) -> dict[str, str]:
        """What was answered when this request began."""
        return self.invited.answers

    @cached_property
    def path(self) -> Path:
        """What is shown, given what was answered."""
        return self.way(self.answers)

    def way(self, answers: Mapping[str, str]) -> Path:
        """What is shown, given these answers."""
        if not self.questionnaire.conditional:
            return self.possible
        return path(self.questionnaire, self.standing, answers)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The pages of questions, in order, as far as this door shows them."""
        return tuple(step for step in self.path.steps if self.door.only in {None, step.section.key})

    @cached_property
    def possible(self) -> Path:
        """All that may be shown, whatever is answered."""
        name = (self.invited.edition_digest, self.standing)
        if name not in _POSSIBLE:
            if len(_POSSIBLE) >= _MOST:
                _POSSIBLE.clear()
            _POSSIBLE[name] = possible(self.questionnaire, self.standing)
        return _POSSIBLE[name]

    def words(self, text: Text) -> str:
        """Words of the questionnaire in the language of the page, with the names in them filled in."""
        return self.filling(text)

    @property
    def filling(self) -> Filling:
        """The names that stand in the questionnaire's words, in the language of the page."""
        spoken = language.current()
        return Filling(spoken, self.invited.organisation, self.role_name)

    @property
    def role_name(self) -> str:
        """As the questionnaire calls it, in the language of the page."""
        return language.said(self.questionnaire.role(self.invited.role).title)

    def page_of(self, section: str) -> Step:
        """Everything that the page of this section may show; NotFound where it is not behind this door."""
        for step in self.possible.steps:
            if step.section.key == section and self.door.only in {None, section}:
                return step
        raise NotFound("section")

    def address(self, page: str, **values: Any) -> str:  # noqa: ANN401
        """Where a page behind this door is."""
        return self.door.address(page, **values)

    def to(self, page: str, **values: Any) -> Response:  # noqa: ANN401
        """Go there."""
        return redirect(self.address(page, **values), 303)


ENTRY: Final = "entry"
"""The room in which researchers enter what came through other channels."""
_POSSIBLE: Final[dict[tuple[str, Standing], Path]] = {}
_MOST: Final = 1_000
"""Ways kept per process."""


def find(token: str) -> Visit:
    """Whose link this is. Raises NotFound, the same for a link that never existed and one that was revoked."""
    reading().rollback()  # what was found before is looked up anew
    invited = invitations.by_token(reading(), token)
    if invited is None:
        raise NotFound("invitation")
    return enter(Door("respond", {"token": token}), invited)


def find_open(token: str) -> Visit:
    """Whose link this is, while answers can be given: raises WrongState when not yet, no more, or sent already."""
    visit = find(token)
    must_be_open(visit)
    return visit


def enter(door: Door, invited: Invited) -> Visit:
    """Begin the visit of somebody who was found to be allowed through this door."""
    if invited.language is not None:
        language.prefer(invited.language)
    edition = editions.by_digest(reading(), invited.edition_digest, invited.kept_as)
    language.limit_to(edition.questionnaire.languages)
    visit = Visit(door, invited, edition)
    g.visit = visit
    return visit


def must_be_open(visit: Visit) -> None:
    """Raise WrongState unless answers can be given, through this door."""
    if visit.submitted:
        raise WrongState("already-submitted")
    if visit.invited.channel not in {None, WEB} and visit.door.room != ENTRY:
        raise WrongState("being-entered")
    must_be_in_time(visit)


def must_be_in_time(visit: Visit) -> None:
    """Raise WrongState unless the wave is open, whatever was sent."""
    state = visit.invited.state_at(clock.now())
    if state != "open":
        raise WrongState("wave-closed" if state == "closed" else "wave-not-open")


def is_open(visit: Visit) -> bool:
    """Whether the wave is open."""
    return visit.invited.state_at(clock.now()) == "open"
