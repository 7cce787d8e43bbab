"""Whom to give which role."""

from flask_babel import lazy_gettext as _
from wtforms import Field, Form, RadioField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Optional, Regexp, ValidationError

from surveyapp.access import OF_ONE_ORGANISATION
from surveyapp.web.users.forms import ADDRESS


class InviteForm(Form):
    """An address, a name for who has no account yet, a role, and organisations where the role is for some."""

    email = StringField(
        validators=[
            InputRequired(_("Fill in an e-mail address.")),
            Regexp(ADDRESS, message=_("This cannot be an e-mail address.")),
        ]
    )
    name = StringField(validators=[Optional(), Regexp(r"[^\x00]{1,200}\Z", message=_("This cannot be a name."))])
    role = RadioField(validators=[InputRequired(_("Choose a role."))])
    organisations = SelectMultipleField()

    def validate_organisations(self, field: Field) -> None:
        """Told together with what else is wrong."""
        if self.role.data in OF_ONE_ORGANISATION and not field.data:
            raise ValidationError(_("Choose at least one organisation for this role."))
