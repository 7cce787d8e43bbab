"""Who will see what: the promise of the wave's regime, as it is told before the first question and kept word for word.

The gates of publication and results keep it; a test holds the numbers in it to theirs.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from flask_babel import format_decimal

from surveyapp.queries.open_links import NEIGHBOURHOOD
from surveyapp.web.respond.group import Group
from surveyapp.web.words import _

LEAST_FOR_ORGANISATIONS: Final = 5
LEAST_FOR_PUBLIC: Final = 10


@dataclass(frozen=True)
class Promise:
    """The promise in the language of the page."""

    summary: str
    audiences: tuple[tuple[str, str], ...]
    """Everybody who gets to see something, and what."""
    besides: tuple[str, ...]
    """What is true of the answers whoever looks."""

    @property
    def text(self) -> str:
        """Word for word, a line for each sentence of the page."""
        return "\n".join((self.summary, *(f"{who}: {what}" for who, what in self.audiences), *self.besides))

    @property
    def digest(self) -> str:
        """SHA-256 of the text, hexadecimal: whether two pages promised the same."""
        return hashlib.sha256(self.text.encode()).hexdigest()


class Asked(Protocol):
    """By whom, for whom and on behalf of what somebody is asked: one respondent, or a role on paper."""

    @property
    def sender(self) -> str: ...
    @property
    def client(self) -> str: ...
    @property
    def organisation(self) -> str: ...
    @property
    def organisation_kind(self) -> str:
        """Empty where it is not known."""

    @property
    def regime(self) -> str: ...
    @property
    def for_public(self) -> bool:
        """Whether results may be published for everybody."""


def of(invited: Asked, group: Group) -> Promise:
    """What is promised to this respondent, whose answers are kept in this group."""
    names = {"sender": invited.sender, "client": invited.client, "organisation": invited.organisation}
    place = _NEIGHBOURHOOD if invited.organisation_kind == NEIGHBOURHOOD else _ORGANISATION
    summary, sees, besides = _REGIMES[invited.regime](names, group, place)
    who = (
        _("The research team (%(sender)s)", **names),
        _("The project lead and contact persons of %(client)s", **names),
        place.own(names),
        _("Everybody else"),
    )
    seen = sees if invited.for_public else (*sees[:-1], _("Nothing."))
    return Promise(summary, tuple(zip(who, seen, strict=True)), besides)


_Names = dict[str, str]


@dataclass(frozen=True)
class _Place:
    """What for whom somebody answers is called in their own sentences: nobody lives in an organisation."""

    own: Callable[[_Names], str]
    on_behalf: Callable[[], str]
    same_but_own: Callable[[], str]
    kept: Callable[[_Names], str]


_ORGANISATION: Final = _Place(
    own=lambda names: _("Your own organisation (%(organisation)s)", **names),
    on_behalf=lambda: _(
        "You answer on behalf of your organisation. Results are shown per organisation and role."
    ),
    same_but_own=lambda: _("After closing: the same, but only the results of your own organisation."),
    kept=lambda names: _("With your answers we keep your organisation and role (%(organisation)s, %(role)s). No name, "
                         "no address and no time.", **names),
)  # fmt: skip
_NEIGHBOURHOOD: Final = _Place(
    own=lambda names: _("Your own neighbourhood (%(organisation)s)", **names),
    on_behalf=lambda: _("You answer for your neighbourhood. Results are shown per neighbourhood and role."),
    same_but_own=lambda: _("After closing: the same, but only the results of your own neighbourhood."),
    kept=lambda names: _("With your answers we keep your neighbourhood and role (%(organisation)s, %(role)s). No "
                         "name, no address and no time.", **names),
)  # fmt: skip

_Told = tuple[str, tuple[str, str, str, str], tuple[str, ...]]


def _attributable(names: _Names, _group: Group, place: _Place) -> _Told:
    return (
        place.on_behalf(),
        (
            _("All answers per organisation and role, also the open answers, to prepare interviews. Your name is not "
              "shown with them, but who is the only one in a role can be recognised."),
            _("After closing: the results per organisation and role, however few people answered. No open answers."),
            _("After closing: the results of %(organisation)s per role, however few people answered. No open answers.",
              **names),
            _("Results per organisation and role, if the client makes them public. No open answers."),
        ),
        (_only_what_is_sent(),),
    )  # fmt: skip


def _confidential(_names: _Names, _group: Group, place: _Place) -> _Told:
    least, public = LEAST_FOR_ORGANISATIONS, LEAST_FOR_PUBLIC
    return (
        _("Your answers are confidential. Your name is never shown with an answer."),
        (
            _("The answers per organisation and role, also the open answers, to prepare interviews. Your name is not "
              "shown with them, but in a small group the team may recognise whose answers they are."),
            _("After closing: the results of an organisation as a whole, not per role, and only if at least %(least)s "
              "people answered and no single person's answer can be derived. No open answers.", least=least),
            place.same_but_own(),
            _("Only results of at least %(public)s people together, if they are made public. No open answers.",
              public=public),
        ),
        (_only_what_is_sent(),),
    )  # fmt: skip


def _anonymous(names: _Names, group: Group, place: _Place) -> _Told:
    least, public = LEAST_FOR_ORGANISATIONS, LEAST_FOR_PUBLIC
    return (
        _("Your answers are anonymous. Once they have been sent nobody can find out which answers are yours, not even "
          "the research team."),
        (
            _("After closing: the results of an organisation as a whole, not per role, and only if at least %(least)s "
              "people answered and no single person's answer can be derived. No open answers.", least=least),
            _("After closing: the same."),
            place.same_but_own(),
            _("Only results of at least %(public)s people together, if they are made public. No open answers.",
              public=public),
        ),
        (
            _kept_in(names, group, place),
            _("Until you send, your answers are kept with your link, so that you can stop and go on. Nobody reads "
              "them. Sending deletes that connection. That you took part is kept; what you answered is not with it."),
            _("After sending you cannot change, withdraw or read back your answers: nobody knows any more which they "
              "are."),
            _("Do not write names in open answers, nor anything by which people know you: your own words can give you "
              "away."),
        ),
    )  # fmt: skip


def _kept_in(names: _Names, group: Group, place: _Place) -> str:
    told = {"organisation": names["organisation"], "role": group.title}
    if group.invited is None:
        return place.kept(told)
    return _("With your answers we keep only the group in which you answered: %(organisation)s, %(role)s. %(invited)s "
             "people were invited in it, of whom maybe only a few answer. No name, no address and no time.",
             invited=format_decimal(group.invited), **told)  # fmt: skip


def _only_what_is_sent() -> str:
    return _("Only answers that you send count. As long as you have not sent them, nobody reads them.")


_REGIMES: Final = {"attributable": _attributable, "confidential": _confidential, "anonymous": _anonymous}
