"""What somebody wants to see of the log, as its form says."""

import re
from datetime import date, datetime, time, timedelta
from typing import Final

from sqlalchemy.orm import Session
from wtforms import DateField, Field, Form, SelectField, StringField
from wtforms.validators import Optional, ValidationError

from surveyapp.clock import AMSTERDAM
from surveyapp.queries import events
from surveyapp.queries.events import Wanted
from surveyapp.web.log import sentences
from surveyapp.web.worded_form import WordedForm
from surveyapp.web.words import _

ALL = ""
INSTALLATION = "0"
_SUBJECT: Final = re.compile(r"[a-z_]{1,40}:[0-9A-Za-z/_-]{1,40}")


def _in_this_age(_form: Form, field: Field) -> None:
    """No clock of ours knows days so far away."""
    if field.data is not None and not 1900 < field.data.year < 3000:
        raise ValidationError(_("Fill in a day of our time."))


def _like_a_subject(_form: Form, field: Field) -> None:
    if not _SUBJECT.fullmatch(field.data or ""):
        raise ValidationError(_("Write it like wave:3, as the log does."))


class Filters(WordedForm):
    """Every field may stay empty; it stands in the address, so that a view of the log can be kept."""

    since = DateField(validators=[Optional(), _in_this_age])
    until = DateField(validators=[Optional(), _in_this_age])
    act = SelectField(default=ALL)
    actor = SelectField(default=ALL)
    subject = StringField(validators=[Optional(), _like_a_subject])

    def offer(self, session: Session, evaluation_id: int | None) -> None:
        """Let choose from what occurs in the log."""
        acts = [(verb, sentences.title(verb)) for verb in events.verbs(session, evaluation_id)]
        self.act.choices = [(ALL, _("Everything")), *sorted(acts, key=lambda act: act[1])]
        people = [(str(number), sentences.somebody(name)) for number, name in events.actors(session, evaluation_id)]
        self.actor.choices = [(ALL, _("Everybody")), (INSTALLATION, sentences.installation()), *people]

    def wanted(self, evaluation_id: int | None) -> Wanted:
        """The same as a question to the log."""
        return Wanted(
            evaluation_id=evaluation_id,
            since=_beginning(self.since.data),
            until=_beginning(self.until.data + timedelta(days=1)) if self.until.data else None,
            verb=str(self.act.data or ""),
            actor_id=int(self.actor.data) if self.actor.data else None,
            subject=str(self.subject.data or ""),
        )

    @property
    def chosen(self) -> dict[str, str]:
        """Name -> value of every field that is filled in, for an address."""
        values = {"since": self.since.data, "until": self.until.data, "act": self.act.data, "actor": self.actor.data}
        return {name: str(value) for name, value in {**values, "subject": self.subject.data}.items() if value}


def _beginning(day: date | None) -> datetime | None:
    """The first moment of a day in Amsterdam."""
    return datetime.combine(day, time(), tzinfo=AMSTERDAM) if day is not None else None
