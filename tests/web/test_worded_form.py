"""What the fields of forms complain about is said in the visitor's language."""

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import DateField, IntegerField, SelectField

from surveyapp.web.worded_form import WordedForm
from tests.web.staff import Stage


class _Odd(WordedForm):
    day = DateField()
    number = IntegerField()
    place = SelectField()
    wave = SelectField(coerce=int)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nl", ["Vul een datum in, zoals 31-12-2026.", "Vul een heel getal in.", "Kies er een uit de lijst."]),
        ("en", ["Fill in a date, such as 31-12-2026.", "Fill in a whole number.", "Choose one from the list."]),
    ],
)
def test_what_a_browser_would_not_send_is_refused_in_the_language_of_the_visitor(
    stage: Stage, language: str, said: list[str]
) -> None:
    with stage.app.test_request_context(f"/?language={language}"):
        form = _Odd(MultiDict({"day": "soon", "number": "many", "place": "there", "wave": "first"}))
        form.place.choices, form.wave.choices = [("here", "Here")], [(1, "One")]
        assert not form.validate()
        assert [form[name].errors[0] for name in ("day", "number", "place")] == said
        assert form.wave.errors[0] == said[-1]
