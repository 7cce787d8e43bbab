"""What was published of a study, and what one organisation may see of it. Nothing here knows unprotected results."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from flask import request, url_for

from surveyapp.access import Scope
from surveyapp.analysis.disclosure import SafeResults
from surveyapp.errors import NotFound
from surveyapp.models import Evaluation, Membership, Publication, Wave
from surveyapp.models.publication import LEAD, ORGANISATIONS, PUBLIC
from surveyapp.queries import publications, wave_changes
from surveyapp.questionnaires.edition import Edition
from surveyapp.questionnaires.merging import JOINT
from surveyapp.reports.gaps import Gaps
from surveyapp.reports.given import Answered
from surveyapp.reports.scores import Scores
from surveyapp.web import language, study
from surveyapp.web.database import session
from surveyapp.web.figures import Sight
from surveyapp.web.overviews.compared import Compared
from surveyapp.web.overviews.reader import Reader
from surveyapp.web.overviews.release import Choice, Release
from surveyapp.web.renderings import Audience
from surveyapp.web.words import _

_ROOMS: Final = {LEAD: "publication", PUBLIC: "public"}
_MOST_DIGITS: Final = 6


@dataclass(frozen=True)
class Published:
    """The safe results of one publication, or a selection of them."""

    publication: Publication
    edition: Edition
    members: tuple[Membership, ...]
    """The organisations as it shows them: those that it puts together are one."""
    results: SafeResults
    release: Release

    @property
    def evaluation(self) -> Evaluation:
        return self.wave.evaluation

    @property
    def wave(self) -> Wave:
        return self.publication.wave

    @cached_property
    def scores(self) -> Scores:
        return Scores.published(self.results)

    @property
    def sight(self) -> Sight:
        return Sight(self.edition, self.scores, Answered.published(self.results), self.threshold)

    @property
    def reader(self) -> Reader:
        """Whoever may see all of the publication: the project lead, or everybody."""
        audience = self.publication.audience
        return self._reader(_ROOMS[audience], Audience(self.evaluation, audience), {"slug": self.evaluation.slug})

    def reader_of(self, member: Membership) -> Reader:
        """Whoever may see what one organisation may; ``self`` is its part of the publication."""
        place_of = {"slug": self.evaluation.slug, "code": member.organisation.code}
        return self._reader("own", Audience(self.evaluation, "organisation", member), place_of)

    def _reader(self, room: str, audience: Audience, place_of: dict[str, str]) -> Reader:
        return Reader(
            self.evaluation,
            self.wave,
            self.members,
            self.sight,
            Gaps.published(self.results),
            room=room,
            audience=audience,
            place_of=place_of,
            compare=self.compared,
            policy=self.results.policy,
            release=self.release,
        )

    def compared(self) -> Compared | None:
        """This publication beside the one before of the same audience, by their printed numbers."""
        before = wave_changes.publication_before(session(), self.publication)
        frame = wave_changes.in_print(session(), self.publication)
        return Compared.of(before.wave if before is not None else None, self.wave, frame)

    @property
    def threshold(self) -> int:
        """The smallest number of people a number may speak of; 0 where nothing is held back."""
        return self.results.policy.threshold

    def of(self, member: Membership) -> "Published":
        """What this organisation may see: its own numbers, or those of its group, and those of the region."""
        shown = self.shown_as(member.organisation.code)
        return replace(self, members=(shown,), results=self.results.select(shown.organisation.code))

    def shown_as(self, code: str) -> Membership:
        """The organisation with this code, or the group that it is in; raises ``NotFound``."""
        shown = publications.shown_as(self.publication, code)
        for member in self.members:
            if member.organisation.code == shown:
                return member
        raise NotFound("organisation", organisation=code)


def published(slug: str, audience: str = LEAD) -> Published | None:
    """The publication that the address asks for (``?wave=1&number=2``), else the newest of the latest wave of which
    there is one; None while there is none. Raises ``NotFound`` where there is no such one."""
    evaluation = study.evaluation(slug)
    wave = publications.published_wave(session(), evaluation, _asked("wave"), audience)
    if wave is None:
        return None
    found = publications.of(session(), wave, audience, _asked("number"))
    if found is None:
        raise NotFound("publication", wave=wave.number)
    members = publications.members(session(), found, language.current())
    return Published(
        found,
        publications.edition(session(), found),
        tuple(members),
        publications.safe_results(found),
        _release(found, members),
    )


def member_of(slug: str, code: str) -> Membership:
    """The organisation with this code; of a group, which is in no table, its first. Raises ``NotFound``."""
    found = published(slug) if JOINT in code else None
    for group in publications.groups(found.publication) if found is not None else ():
        if (group.kind, group.key) == (ORGANISATIONS, code):
            return study.membership(slug, group.members[0])
    return study.membership(slug, code)


def on_place(slug: str, code: str, **_others: object) -> Scope:
    """The scope of a page about an organisation; a group of them is for who may see all of the study."""
    return Scope(study.evaluation(slug).id) if JOINT in code else study.on_organisation(slug, code)


def _asked(name: str) -> int | None:
    """A number in the address; None where it has none."""
    written = request.args.get(name)
    if written is None:
        return None
    if not (written.isascii() and written.isdecimal() and len(written) <= _MOST_DIGITS):
        raise NotFound("publication", wave=written)
    return int(written)


def _release(found: Publication, members: list[Membership]) -> Release:
    audience, wave = found.audience, found.wave
    waves = publications.published_waves(session(), wave.evaluation, audience)
    numbers = [each for each in publications.history(session(), wave) if each.audience == audience]
    later = next((each.published_at for each in numbers if each.number > found.number), None)
    groups = {group.key for group in publications.groups(found)}
    asked = publications.edition(session(), found).questionnaire
    names = {member.organisation.code: member.organisation.name for member in members}
    names |= {role.key: language.said(role.plural) for role in asked.roles}
    return Release(
        wave.number,
        found.number,
        found.reason,
        found.published_at,
        later,
        tuple(names[key] for key in names if key in groups),
        _choices((_wave(each.number), {"wave": each.number}, each is wave) for each in waves),
        _choices(
            (_number(each.number), {"wave": wave.number, "number": each.number}, each is found) for each in numbers
        ),
    )


def _choices(others: Iterable[tuple[str, dict[str, int], bool]]) -> tuple[Choice, ...]:
    """Links to the same page of other publications; none where there is one only."""
    here, page = dict(request.view_args or {}), str(request.endpoint)
    found = tuple((title, url_for(page, **{**here, **asked}), chosen) for title, asked, chosen in others)
    return found if len(found) > 1 else ()


def _wave(number: int) -> str:
    return _("Wave %(number)s", number=number)


def _number(number: int) -> str:
    return _("the first") if number == 1 else _("correction %(number)s", number=number - 1)
