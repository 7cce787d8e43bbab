"""What was published of a wave: protected, frozen, numbered, for eyes outside the research team."""

import hashlib
import json
from collections.abc import Sequence
from typing import cast

from babel.lists import format_list
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp.analysis.disclosure import SafeResults
from surveyapp.analysis.merging import Group, Kind
from surveyapp.errors import NotFound
from surveyapp.models import Evaluation, Membership, Merger, Organisation, Publication, Wave
from surveyapp.models.publication import LEAD, ORGANISATIONS, ROLES
from surveyapp.queries import editions, evaluations
from surveyapp.questionnaires.edition import Edition
from surveyapp.questionnaires.together import together

_TOGETHER = {"nl": "{places} samen", "en": "{places} together"}


def of(session: Session, wave: Wave, audience: str = LEAD, number: int | None = None) -> Publication | None:
    """The newest publication of this wave for an audience, or the one with this number; None where there is none."""
    found = select(Publication).where(Publication.wave_id == wave.id, Publication.audience == audience)
    newest = found.order_by(Publication.number.desc()).limit(1)
    return session.scalar(newest if number is None else found.where(Publication.number == number))


def history(session: Session, wave: Wave) -> Sequence[Publication]:
    """Everything that was released of this wave, to whomever, in the order in which it was."""
    released = select(Publication).where(Publication.wave_id == wave.id).order_by(Publication.id)
    return session.scalars(released).all()


def made_for(session: Session, approval: int, audience: str) -> Publication | None:
    """What was published for this audience as this approved request asked."""
    asked = (Publication.approval_id == approval, Publication.audience == audience)
    return session.scalar(select(Publication).where(*asked))


def published_waves(session: Session, evaluation: Evaluation, audience: str = LEAD) -> Sequence[Wave]:
    """The waves of which something was published for this audience, the newest first."""
    published = select(Publication.wave_id).where(Publication.audience == audience)
    found = select(Wave).where(Wave.evaluation_id == evaluation.id, Wave.id.in_(published))
    return session.scalars(found.order_by(Wave.number.desc())).all()


def published_wave(
    session: Session, evaluation: Evaluation, number: int | None = None, audience: str = LEAD
) -> Wave | None:
    """The wave with this number, else the latest of which something was published for this audience.

    None where nothing was published yet; ``NotFound`` (``publication``) for a number of which nothing was.
    """
    waves = published_waves(session, evaluation, audience)
    for wave in waves:
        if number in {None, wave.number}:
            return wave
    if number is not None:
        raise NotFound("publication", wave=number)
    return None


def safe_results(publication: Publication) -> SafeResults:
    """The protected results as they were frozen."""
    return SafeResults.from_document(publication.document)


def numbers_digest(publication: Publication, own: str = "") -> str:
    """SHA-256 of what it shows, for readers; with ``own`` of what the organisation with this code sees of it.

    Never of more than its readers see: whoever knows the rest can try out which numbers or answers fit.
    """
    shown = safe_results(publication).select(own).to_document() if own else publication.document
    return hashlib.sha256(json.dumps(shown, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def groups(publication: Publication) -> tuple[Group, ...]:
    """What was put together in it."""
    return tuple(
        Group(_kind(one["kind"]), tuple(map(str, cast("list[str]", one["members"])))) for one in publication.merged
    )


def to_be_merged(session: Session, wave: Wave) -> tuple[Group, ...]:
    """What publications of this wave put together."""
    found = session.scalars(select(Merger).where(Merger.wave_id == wave.id).order_by(Merger.id))
    return tuple(Group(_kind(one.kind), tuple(one.members)) for one in found)


def edition(session: Session, publication: Publication) -> Edition:
    """What was asked, with one role for those that this publication puts together."""
    asked = editions.of(session, publication.wave)
    roles = [group.members for group in groups(publication) if group.kind == ROLES]
    if not roles:
        return asked
    return asked.model_copy(update={"questionnaire": together(asked.questionnaire, roles)})


def members(session: Session, publication: Publication, language: str) -> list[Membership]:
    """The organisations as this publication shows them, in the order of the study.

    Those that it puts together are one organisation that is in no table: ``GM0141__GM0147``, "Almelo en Borne samen".
    """
    found = evaluations.memberships(session, publication.wave.evaluation)
    for group in groups(publication):
        if group.kind == ORGANISATIONS:
            found = _with_one_for(found, group, language)
    return found


def shown_as(publication: Publication, code: str) -> str:
    """The code under which this publication shows an organisation: its own, or that of its group."""
    for group in groups(publication):
        if group.kind == ORGANISATIONS and code in group.members:
            return group.key
    return code


def together_name(names: Sequence[str], language: str) -> str:
    """``Almelo en Borne samen``; in a language of the interface."""
    return _TOGETHER[language].format(places=format_list(names, locale=language))


def _with_one_for(found: Sequence[Membership], group: Group, language: str) -> list[Membership]:
    inside = [member for member in found if member.organisation.code in group.members]
    name = together_name([member.organisation.name for member in inside], language)
    organisation = Organisation(code=group.key, name=name, kind=inside[0].organisation.kind)
    merged = Membership(organisation=organisation, position=inside[0].position)
    return [
        merged if member is inside[0] else member for member in found if member is inside[0] or member not in inside
    ]


def _kind(kind: object) -> Kind:
    return "roles" if kind == ROLES else "organisations"
