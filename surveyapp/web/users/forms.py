"""Whom an owner makes an owner too."""

from flask_babel import lazy_gettext as _
from wtforms import Form, StringField
from wtforms.validators import InputRequired, Optional, Regexp

ADDRESS = r"\s*[^@\s\x00]{1,64}@[^@\s\x00]{1,190}\s*\Z"


class OwnerForm(Form):
    """An address, and a name for who has no account yet."""

    email = StringField(
        validators=[
            InputRequired(_("Fill in an e-mail address.")),
            Regexp(ADDRESS, message=_("This cannot be an e-mail address.")),
        ]
    )
    name = StringField(validators=[Optional(), Regexp(r"[^\x00]{1,200}\Z", message=_("This cannot be a name."))])
