"""What every page stands on; an application is this skeleton with rooms in it."""

from collections.abc import Sequence
from typing import Final

from flask import Blueprint, Flask
from flask_wtf.csrf import CSRFProtect

from surveyapp.access import can_come_of_group
from surveyapp.config import IdentityProvider, MissingSetting, Settings
from surveyapp.models.database import Database
from surveyapp.web import installation, masking
from surveyapp.web.assets import add_assets
from surveyapp.web.cookies import FormCookies
from surveyapp.web.database import connect
from surveyapp.web.errors import add_error_pages
from surveyapp.web.faults import add_fault_pages
from surveyapp.web.formats import add_formats
from surveyapp.web.guard import refuse_undeclared, refuse_unreadable
from surveyapp.web.headers import add_headers, refuse_other_hosts
from surveyapp.web.house_style import add_house_style
from surveyapp.web.language import add_languages
from surveyapp.web.posted import Request

LARGEST_FORM: Final = 4 * 1024 * 1024


def assemble(
    settings: Settings, database: Database, *, rooms: Sequence[Blueprint], open_to: Sequence[Blueprint]
) -> Flask:
    """An application with these rooms, of which those in ``open_to`` take forms without a token of the visitor."""
    app = Flask("surveyapp", template_folder="web/templates", static_folder="web/static")
    app.request_class = Request
    app.config.update(
        SECRET_KEY=settings.secret_key,
        BASE_URL=settings.base_url,
        CONTACT=settings.contact,
        CONTENT=settings.content,
        SENDS_MAIL=settings.smtp is not None,
        SECOND_FACTOR=settings.second_factor,
        MAX_CONTENT_LENGTH=LARGEST_FORM,
        MAX_FORM_MEMORY_SIZE=LARGEST_FORM,
        SESSION_COOKIE_NAME="__Host-form" if settings.secure_cookies else "form",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_SSL_STRICT=False,  # it wants a referrer, and our pages send none
    )
    refuse_unknown_rights(settings.identity_provider)
    installation.keep(app, settings)
    app.session_interface = FormCookies()
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    masking.mask_tokens()
    connect(app, database)
    add_languages(app, settings.content)
    add_formats(app)
    add_assets(app)
    add_house_style(app, settings.content)
    refuse_other_hosts(app, settings.base_url)
    add_headers(app, secure=settings.secure_cookies)
    add_error_pages(app)
    add_fault_pages(app)
    refuse_unreadable(app)
    for room in rooms:
        app.register_blueprint(room)
    protection = CSRFProtect(app)
    for room in open_to:
        protection.exempt(room)
    refuse_undeclared(app)
    return app


def refuse_unknown_rights(provider: IdentityProvider | None) -> None:
    """Refuse to start with a group that gives a right which there is not; raises ``MissingSetting``."""
    for group, (role, slug) in (provider.groups if provider is not None else {}).items():
        if not can_come_of_group(role, slug):
            raise MissingSetting(
                f"SURVEYAPP_OIDC_GROUPS gives the group {group!r} the right {role!r}: write group=owner, or"
                " group=role@evaluation with researcher, project_lead or auditor"
            )
