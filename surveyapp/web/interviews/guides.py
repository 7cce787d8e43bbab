"""The guide and the interviewee's paper of one place, by its agenda or else by what the machine proposes."""

from surveyapp.queries import guides
from surveyapp.reports.beforehand import Beforehand
from surveyapp.reports.interview_guide import InterviewGuide
from surveyapp.web.database import session
from surveyapp.web.interviews.prepared import Prepared
from surveyapp.web.unprotected import open_answers


def guide(found: Prepared) -> InterviewGuide:
    """For the research team; that the open answers in it are read is logged."""
    member = found.place.member
    written = open_answers(found.found, member) if member is not None else []
    return guides.guide(session(), found.known, written)


def without_words(found: Prepared) -> InterviewGuide:
    """The same without what people wrote, of which reading is logged."""
    return guides.guide(session(), found.known, [])


def paper(found: Prepared) -> Beforehand:
    """For the interviewee: with the numbers that were published, and nothing that the team knows beyond them."""
    return guides.paper(session(), found.known)
