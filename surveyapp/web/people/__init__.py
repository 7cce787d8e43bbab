"""The people of a wave: the list, letting in a whole file, and everything that is done to one of them."""

from surveyapp.web.people import importing, links, listing, persons
from surveyapp.web.people.room import people

__all__ = ["importing", "links", "listing", "people", "persons"]
