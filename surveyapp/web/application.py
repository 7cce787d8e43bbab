"""The pages put together: every room, on one skeleton."""

from flask import Flask
from flask_wtf.csrf import CSRFProtect

from surveyapp.config import Settings
from surveyapp.models.database import Database
from surveyapp.web import masking
from surveyapp.web.account import account
from surveyapp.web.assets import add_assets
from surveyapp.web.colleague.views import colleague
from surveyapp.web.cookies import FormCookies
from surveyapp.web.copy.views import copy
from surveyapp.web.database import connect
from surveyapp.web.entry.views import entry
from surveyapp.web.errors import add_error_pages
from surveyapp.web.evaluations import evaluations, open_links
from surveyapp.web.formats import add_formats
from surveyapp.web.guard import refuse_undeclared, refuse_unreadable
from surveyapp.web.headers import add_headers
from surveyapp.web.house_style import add_house_style, house_style
from surveyapp.web.interviews import interviews
from surveyapp.web.language import add_languages
from surveyapp.web.open_link.views import open_link
from surveyapp.web.open_roles import add_open_roles
from surveyapp.web.pages import pages
from surveyapp.web.paper.views import paper
from surveyapp.web.posted import Request
from surveyapp.web.publication import publication
from surveyapp.web.renderings import pictures
from surveyapp.web.respond.views import respond
from surveyapp.web.results import results
from surveyapp.web.study import add_navigation

ROOMS = (
    *(pages, house_style, account, evaluations, open_links, respond, open_link, colleague, copy),
    *(results, interviews, publication, pictures, paper, entry),
)
PROVEN_BY_THEIR_ADDRESS = (respond, open_link, colleague, copy)
"""The address of each of their pages holds a secret, so that no other site can post to it; they read no cookie.

An open link is known to many: its form carries a signed time instead, and is refused when it comes from elsewhere."""
LARGEST_FORM = 4 * 1024 * 1024


def build(settings: Settings) -> Flask:
    """The web application of an installation."""
    app = Flask("surveyapp", template_folder="web/templates", static_folder="web/static")
    app.request_class = Request
    app.config.update(
        SECRET_KEY=settings.secret_key,
        BASE_URL=settings.base_url,
        CONTACT=settings.contact,
        MAX_CONTENT_LENGTH=LARGEST_FORM,
        MAX_FORM_MEMORY_SIZE=LARGEST_FORM,
        SESSION_COOKIE_NAME="__Host-form" if settings.secure_cookies else "form",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_SSL_STRICT=False,  # it wants a referrer, and our pages send none
    )
    app.session_interface = FormCookies()
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    masking.mask_tokens()
    connect(app, Database(settings.database_url))
    add_languages(app, settings.content)
    add_formats(app)
    add_open_roles(app)
    add_navigation(app)
    add_assets(app)
    add_house_style(app, settings.content)
    add_headers(app, secure=settings.secure_cookies)
    add_error_pages(app)
    refuse_unreadable(app)
    for room in ROOMS:
        app.register_blueprint(room)
    protection = CSRFProtect(app)
    for room in PROVEN_BY_THEIR_ADDRESS:
        protection.exempt(room)
    refuse_undeclared(app)
    return app
