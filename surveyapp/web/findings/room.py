"""What the views about findings and recommendations have in common."""

from dataclasses import dataclass

from flask import render_template

from surveyapp.access import Permission
from surveyapp.errors import NotAllowed, NotFound, SurveyError
from surveyapp.models import Evaluation, Membership, User, Wave
from surveyapp.web import study, visitor
from surveyapp.web.database import session
from surveyapp.web.findings.seen import Seen, seen
from surveyapp.web.findings.waves import chosen_wave
from surveyapp.web.guard import needs

writes = needs(Permission.FINDING_WRITE, on=study.on_evaluation)


@dataclass(frozen=True)
class Room:
    """The study, the wave that the page is about, and the numbers that findings may speak of."""

    evaluation: Evaluation
    wave: Wave
    seen: Seen

    def member(self, code: str) -> Membership | None:
        """The organisation with this code; None for the region."""
        return study.membership(self.evaluation.slug, code) if code else None


def wave_of(slug: str) -> Wave:
    """The wave that findings are about; raises ``NotFound`` while none was opened."""
    wave = chosen_wave(study.evaluation(slug))
    if wave is None:
        raise NotFound("wave", evaluation=slug)
    return wave


def room_of(slug: str) -> Room | None:
    """None while no wave was opened."""
    evaluation = study.evaluation(slug)
    wave = chosen_wave(evaluation)
    return None if wave is None else Room(evaluation, wave, seen(slug, wave))


def entered(slug: str) -> Room:
    """The same for what is there only with a wave; raises ``NotFound``."""
    return Room(study.evaluation(slug), wave_of(slug), seen(slug, wave_of(slug)))


def nothing_yet(slug: str) -> str:
    """The page while no wave was opened."""
    return render_template("results/nothing_yet.html", evaluation=study.evaluation(slug), name=None)


def whoever() -> User:
    """Who is signed in."""
    user = visitor.user()
    if user is None:
        raise NotAllowed("permission")
    return user


def undo(problem: SurveyError) -> None:
    """Forget what was half done; what is not there is a page of its own."""
    session().rollback()
    if isinstance(problem, NotFound) and problem.code != "support-target":
        raise problem
