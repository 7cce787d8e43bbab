"""What a letter says of who sees what: the promise, in every language and for every kind of organisation asked."""

from collections.abc import Iterable

from flask_babel import force_locale

from surveyapp.models import Wave
from surveyapp.questionnaires.text import locale_of
from surveyapp.reports.letter import ORGANISATION, Promised
from surveyapp.reports.own_copy import Audience
from surveyapp.web.paper.forms import Anywhere
from surveyapp.web.respond import promise
from surveyapp.web.respond.group import Group


def promises(wave: Wave, asked: Iterable[tuple[str, str]]) -> list[Promised]:
    """One promise for each language and kind of organisation, as the first page words it, with room for its name.

    In which group answers of an anonymous wave are kept is not in it: that differs from one to another, and the first
    page tells.
    """
    return [_promise(wave, language, kind) for language, kind in sorted(set(asked))]


def _promise(wave: Wave, language: str, kind: str) -> Promised:
    with force_locale(locale_of(language)):
        anywhere = Anywhere(wave.sender, wave.evaluation.client, ORGANISATION, wave.regime, wave.for_public, kind)
        told = promise.of(anywhere, Group(""))
    return Promised(
        language=language,
        organisation_kind=kind,
        summary=told.summary,
        audiences=tuple(Audience(who=who, what=what) for who, what in told.audiences),
    )
