"""The pages put together: every room, on one skeleton."""

from typing import Final

from flask import Flask

from surveyapp.config import Settings
from surveyapp.models.database import Database
from surveyapp.web import respondents, skeleton
from surveyapp.web.account import account
from surveyapp.web.approvals import APPROVALS
from surveyapp.web.entry.views import entry
from surveyapp.web.evaluations import evaluations, open_links
from surveyapp.web.excluding import excluding
from surveyapp.web.findings import findings, recommendations
from surveyapp.web.interviews import interviews
from surveyapp.web.jobs import jobs
from surveyapp.web.log.views import log
from surveyapp.web.mail import MAIL
from surveyapp.web.monitor import count_links, monitor
from surveyapp.web.open_answers import open_answers
from surveyapp.web.open_roles import add_open_roles
from surveyapp.web.overviews.opening import add_overviews
from surveyapp.web.paper.of_roles import paper_forms
from surveyapp.web.people import people
from surveyapp.web.privacy.views import privacy
from surveyapp.web.publication import own, public, publication
from surveyapp.web.region_map import add_region_map
from surveyapp.web.releases import releases
from surveyapp.web.renderings import pictures
from surveyapp.web.reports import reports
from surveyapp.web.results import results
from surveyapp.web.reviews import reviews
from surveyapp.web.set_up import set_up
from surveyapp.web.staff import staff
from surveyapp.web.study import add_navigation
from surveyapp.web.themes import themes
from surveyapp.web.thread import thread
from surveyapp.web.told import add_telling
from surveyapp.web.users import users

OF_THE_TEAM: Final = (
    account,
    evaluations,
    set_up,
    open_links,
    results,
    open_answers,
    interviews,
    themes,
    findings,
    recommendations,
    thread,
    reviews,
    publication,
    reports,
    own,
    public,
    releases,
    pictures,
    paper_forms,
    entry,
    people,
    log,
    privacy,
    *APPROVALS,
    staff,
    users,
    *MAIL,
    monitor,
    count_links,
    excluding,
    jobs,
)


def build(settings: Settings, database: Database | None = None) -> Flask:
    """The web application of an installation, on this database, or else on one that it opens itself."""
    app = skeleton.assemble(
        settings,
        database or Database(settings.database_url),
        rooms=(*respondents.ROOMS, *OF_THE_TEAM),
        open_to=respondents.PROVEN_BY_THEIR_ADDRESS,
    )
    add_open_roles(app)
    add_navigation(app)
    add_overviews(app)
    add_region_map(app, settings.content)
    add_telling(app)
    return app
