"""What results say of roles that answered through an open link: on every page and in every figure that holds them."""

from flask import Flask

from surveyapp.questionnaires.edition import Edition
from surveyapp.questionnaires.open_roles import open_in, unmarked
from surveyapp.web.language import said
from surveyapp.web.words import _


def add_open_roles(app: Flask) -> None:
    """Give templates the filter ``about_open_roles``, of an edition."""
    app.jinja_env.filters["about_open_roles"] = about_open_roles


def about_open_roles(edition: Edition) -> str:
    """For above the results: whose answers come from an open link and what that means; empty where nobody's do."""
    names = _names(edition)
    if not names:
        return ""
    return _(
        "Through an open link: %(roles)s. Whoever wanted could take part, so these answers do not stand for everybody "
        "in that role, and there is no response rate. Totals over all roles hold these answers too.",
        roles=names,
    )


def note(edition: Edition) -> str | None:
    """For under a figure that adds up several roles; None where no answers came through an open link."""
    names = _names(edition)
    return _("With answers through an open link: %(roles)s.", roles=names) if names else None


def _names(edition: Edition) -> str:
    return ", ".join(unmarked(said(role.plural)) for role in open_in(edition.questionnaire))
