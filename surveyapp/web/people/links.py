"""The link of one person: shown, ended, given anew."""

from flask import current_app, render_template

from surveyapp.actions import invitations as verbs
from surveyapp.errors import NotFound
from surveyapp.queries import people as queries
from surveyapp.web import study, visitor
from surveyapp.web.database import database, session
from surveyapp.web.people.room import NUMBER, Page, invitation, people, secret_key, team, to_person
from surveyapp.web.people.room import person as found_person
from surveyapp.web.told import tell
from surveyapp.web.words import _


@people.get(f"/{NUMBER}/link")
@team
def link(slug: str, number: int) -> str:
    """The address with which this person answers. That it was looked at is logged at once."""
    wave, found = found_person(slug, number)
    with database().session() as writing:
        row = queries.invitation(writing, wave, number)
        if row is None:
            raise NotFound("invitation")
        token = verbs.show_link(writing, invitation=row, secret_key=secret_key(), by=visitor.user())
        writing.commit()
    address = f"{current_app.config['BASE_URL']}/r/{token}"
    return render_template("people/link.html", evaluation=study.evaluation(slug), person=found, address=address)


@people.post(f"/{NUMBER}/revoke")
@team
def revoke(slug: str, number: int) -> Page:
    """End this person's link."""
    verbs.revoke(session(), invitation=invitation(slug, number), by=visitor.user())
    session().commit()
    tell(_("The link has ended."))
    return to_person(slug, number)


@people.post(f"/{NUMBER}/reissue")
@team
def reissue(slug: str, number: int) -> Page:
    """Give this person another link."""
    verbs.reissue(session(), invitation=invitation(slug, number), secret_key=secret_key(), by=visitor.user())
    session().commit()
    tell(_("There is a new link, and the old one has ended. The next mail or letter to this person has the new link."))
    return to_person(slug, number)
