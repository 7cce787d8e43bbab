"""What the team fills in about findings and recommendations. WTForms validates, the templates render."""

from collections.abc import Mapping, Sequence
from typing import Final

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, ValidationError

from surveyapp.actions.findings import LONGEST_REMARK, LONGEST_TEXT, NOT_ESTABLISHED
from surveyapp.actions.recommendations import LONGEST_ADDRESSEE
from surveyapp.analysis.counts import EVERYONE
from surveyapp.models import Finding, Recommendation
from surveyapp.web import words
from surveyapp.web.findings import wording
from surveyapp.web.findings.seen import Seen
from surveyapp.web.findings.supports import subject_title
from surveyapp.web.language import said
from surveyapp.web.worded_form import WordedForm

_TOO_LONG: Final = _("This is too long: use at most %(max)d characters.")
Choices = list[tuple[str, str]]


def stripped(value: str | None) -> str:
    """Without spaces around it and without what no database can keep."""
    return (value or "").replace("\x00", "").strip()


class FindingForm(WordedForm):
    """A finding; an empty organisation is the region, an empty role everybody."""

    version = HiddenField(default="1")
    theme = SelectField()
    organisation = SelectField()
    role = SelectField()
    fact = TextAreaField(
        filters=[stripped],
        validators=[DataRequired(_("Write what is the case.")), Length(max=LONGEST_TEXT, message=_TOO_LONG)],
    )
    judgement = SelectField(default=NOT_ESTABLISHED)
    judgement_reason = TextAreaField(filters=[stripped], validators=[Length(max=LONGEST_TEXT, message=_TOO_LONG)])

    def offer(self, seen: Seen) -> None:
        """Fill in what can be chosen."""
        self.theme.choices = themes(seen)
        self.organisation.choices = organisations(seen)
        self.role.choices = roles(seen)
        self.judgement.choices = _worded(wording.JUDGEMENTS)

    def choose(self, seen: Seen, asked: Mapping[str, str]) -> None:
        """What an address has chosen beforehand; anything unknown is left."""
        for field, choices in (
            (self.theme, themes(seen)),
            (self.organisation, organisations(seen)),
            (self.role, roles(seen)),
        ):
            if asked.get(field.name) in {value for value, _words in choices}:
                field.data = asked[field.name]

    def fill(self, finding: Finding) -> None:
        """What it says now."""
        self.version.data, self.theme.data, self.role.data = str(finding.version), finding.theme, finding.role
        self.organisation.data = finding.membership.organisation.code if finding.membership is not None else ""
        self.fact.data, self.judgement.data = finding.fact, finding.judgement
        self.judgement_reason.data = finding.judgement_reason

    def validate_judgement_reason(self, field: TextAreaField) -> None:
        """A judgement says why."""
        if self.judgement.data != NOT_ESTABLISHED and not field.data:
            raise ValidationError(_("Say why you judge so."))


class ScoreForm(WordedForm):
    """A score to rest on: a theme or statement, somewhere, of somebody."""

    subject = SelectField()
    organisation = SelectField()
    role = SelectField()
    stance = SelectField()
    remark = StringField(filters=[stripped], validators=[Length(max=LONGEST_REMARK, message=_TOO_LONG)])

    def offer(self, seen: Seen) -> None:
        """Fill in what can be chosen."""
        self.subject.choices = subjects(seen)
        self.organisation.choices = [(code or EVERYONE, name) for code, name in organisations(seen)]
        self.role.choices = [(key or EVERYONE, name) for key, name in roles(seen)]
        self.stance.choices = _worded(wording.STANCES)


class SourceForm(WordedForm):
    """Something else that is there: ``kind:key``, chosen from a list."""

    source = SelectField()
    stance = SelectField()
    remark = StringField(filters=[stripped], validators=[Length(max=LONGEST_REMARK, message=_TOO_LONG)])

    def offer(self, sources: Choices) -> None:
        """Fill in what can be chosen."""
        self.source.choices = sources
        self.stance.choices = _worded(wording.STANCES)


class DocumentForm(WordedForm):
    """A document that the study did not know yet."""

    title = StringField(
        filters=[stripped],
        validators=[DataRequired(_("Write the title of the document.")), Length(max=300, message=_TOO_LONG)],
    )
    place = StringField(filters=[stripped], validators=[Length(max=500, message=_TOO_LONG)])
    dated = StringField(filters=[stripped], validators=[Length(max=40, message=_TOO_LONG)])
    page = StringField(filters=[stripped], validators=[Length(max=LONGEST_REMARK, message=_TOO_LONG)])
    stance = SelectField()

    def offer(self) -> None:
        """Fill in what can be chosen."""
        self.stance.choices = _worded(wording.STANCES)


class RecommendationForm(WordedForm):
    """A recommendation, and the findings that it follows from."""

    version = HiddenField(default="1")
    measure = HiddenField(default="")
    text = TextAreaField(
        filters=[stripped],
        validators=[DataRequired(_("Write what should be done.")), Length(max=LONGEST_TEXT, message=_TOO_LONG)],
    )
    explanation = TextAreaField(filters=[stripped], validators=[Length(max=LONGEST_TEXT, message=_TOO_LONG)])
    addressee = StringField(
        filters=[stripped],
        validators=[DataRequired(_("Write who should do it.")), Length(max=LONGEST_ADDRESSEE, message=_TOO_LONG)],
    )
    organisation = SelectField()
    theme = SelectField()
    belongs_to = SelectField()
    timing = SelectField(default="next-round")
    effort = SelectField(default="medium")
    findings = SelectMultipleField()

    def offer(self, seen: Seen, findings: Sequence[Finding]) -> None:
        """Fill in what can be chosen."""
        self.organisation.choices = organisations(seen)
        self.theme.choices = [("", words._("No single theme")), *themes(seen)]
        self.belongs_to.choices = _worded(wording.BELONGINGS)
        self.timing.choices = _worded(wording.TIMINGS)
        self.effort.choices = _worded(wording.EFFORTS)
        self.findings.choices = [(str(each.id), f"{each.number}. {each.fact}") for each in findings]

    def fill(self, found: Recommendation) -> None:
        """What it says now."""
        self.version.data, self.text.data, self.explanation.data = str(found.version), found.text, found.explanation
        self.addressee.data, self.theme.data = found.addressee, found.theme
        self.organisation.data = found.membership.organisation.code if found.membership is not None else ""
        self.belongs_to.data, self.timing.data, self.effort.data = found.belongs_to, found.timing, found.effort
        self.measure.data = "" if found.measure is None else str(found.measure)
        self.findings.data = [str(each.id) for each in found.findings]


def themes(seen: Seen) -> Choices:
    """The themes of the questionnaire."""
    return [(key, subject_title(seen, "theme", key)) for key in seen.edition.questionnaire.themes]


def subjects(seen: Seen) -> Choices:
    """Every theme, and under it its statements."""
    asked = seen.edition.questionnaire
    found: Choices = []
    for key, title in themes(seen):
        found.append((f"theme:{key}", title))
        found += [(f"item:{item.key}", f"– {said(item.text)}") for item in asked.scored_items(key)]
    return found


def organisations(seen: Seen) -> Choices:
    """The region, and every organisation."""
    return [
        ("", words._("The region")),
        *((each.organisation.code, each.organisation.name) for each in seen.members),
    ]


def roles(seen: Seen) -> Choices:
    """Everybody, and every role."""
    return [("", words._("Everybody")), *((role.key, said(role.plural)) for role in seen.edition.questionnaire.roles)]


def _worded(choices: dict[str, str]) -> Choices:
    return [(key, words._(sentence)) for key, sentence in choices.items()]
