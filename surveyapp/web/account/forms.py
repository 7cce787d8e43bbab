"""What people type to come in. WTForms validates; the templates render."""

from flask_babel import lazy_gettext as _l
from wtforms import Form, HiddenField, PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired, Length

from surveyapp.actions.users import LONGEST_PASSWORD, SHORTEST_PASSWORD


class SignInForm(Form):
    """An account and its password; ``next`` is where the visitor was going."""

    email = StringField(validators=[InputRequired(_l("Fill in your e-mail address.")), Length(max=254)])
    password = PasswordField(validators=[InputRequired(_l("Fill in your password."))])
    next = HiddenField()


class PasswordForm(Form):
    """A new password, twice."""

    password = PasswordField(
        validators=[
            InputRequired(_l("Choose a password.")),
            Length(
                SHORTEST_PASSWORD,
                LONGEST_PASSWORD,
                _l("Use at least %(min)d characters; a sentence of a few words is easy to remember."),
            ),
        ]
    )
    again = PasswordField(validators=[EqualTo("password", _l("The two passwords differ. Type the same one twice."))])
