"""Who walks: the research team, the project lead, or a reader of one organisation."""

from surveyapp.access import Permission, Scope, may
from surveyapp.models import Evaluation, Wave
from surveyapp.models.publication import LEAD
from surveyapp.queries import publications
from surveyapp.queries.thread import Walker
from surveyapp.web import study, visitor
from surveyapp.web.database import session


def on_any(slug: str, **_others: object) -> Scope:
    """The scope for who may walk anywhere in the study: all of it, or the visitor's own organisation."""
    return study.on_any_organisation(Permission.PUBLICATION_READ_OWN)(slug)


def walker(evaluation: Evaluation, wave: Wave) -> Walker:
    """The visitor, with what they may see of this wave."""
    user = visitor.user()
    if may(user, Permission.FINDING_WRITE, Scope(evaluation.id)):
        return Walker(session(), wave, team=True)
    if may(user, Permission.PUBLICATION_READ, Scope(evaluation.id)):
        return Walker(session(), wave)
    own = study.own_memberships(evaluation)
    publication = publications.of(session(), wave, LEAD)
    code = own[0].organisation.code if own else ""
    shown = code if publication is None else publications.shown_as(publication, code)
    return Walker(session(), wave, organisation=shown)
