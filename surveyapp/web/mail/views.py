"""What is written to whom: the texts, what was sent, and what is planned."""

from flask import Blueprint, current_app, render_template

from surveyapp import clock
from surveyapp.access import Permission
from surveyapp.web import study
from surveyapp.web.guard import needs

mail = Blueprint("mail", __name__, url_prefix="/evaluations/<slug>/mail")

_team = needs(Permission.MAIL_SEND, on=study.on_evaluation)


@mail.get("")
@_team
def index(slug: str) -> str:
    """Every purpose with its text, what was sent and what is planned."""
    evaluation = study.evaluation(slug)
    wave = study.latest_wave(evaluation)
    if wave is None:
        return render_template("evaluations/not_planned.html", evaluation=evaluation)
    return render_template(
        "mail/index.html",
        evaluation=evaluation,
        wave=wave,
        state=wave.state_at(clock.now()),
        sends_mail=current_app.config["SENDS_MAIL"],
    )
