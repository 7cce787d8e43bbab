"""The room of the interviews, in which the modules beside this one have their views."""

from flask import Blueprint

from surveyapp.web.anonymous import show_publication_instead

interviews = Blueprint("interviews", __name__)
show_publication_instead(interviews)
