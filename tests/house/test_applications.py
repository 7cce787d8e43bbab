"""What applications share does not let one of them speak for another."""

from jinja2 import DictLoader, Environment
from werkzeug.routing import BaseConverter, Map, Rule

from tests.applications import Templates


class Quiet(BaseConverter):
    """Writes what it is given."""


class Loud(BaseConverter):
    """Writes it in capitals."""

    def to_url(self, value: str) -> str:
        return value.upper()


def test_the_same_address_is_written_by_the_converter_of_its_own_application() -> None:
    written = []
    for converter in (Quiet, Loud, Quiet):
        rules = Map([Rule("/<said:word>/<said:other>", endpoint="here")], converters={"said": converter})
        written.append(rules.bind("localhost").build("here", {"word": "ja", "other": "nee", "more": "1"}))
    assert written == ["/ja/nee?more=1", "/JA/NEE?more=1", "/ja/nee?more=1"]


def test_an_address_with_a_value_of_its_own_does_not_take_that_of_another() -> None:
    written = []
    for word in ("ja", "nee"):
        rules = Map([Rule("/<word>", defaults={"word": word}, endpoint="here")])
        written.append(rules.bind("localhost").build("here", {"word": word}))
    assert written == ["/ja", "/nee"]


def test_a_template_of_the_same_name_that_says_something_else_is_compiled_anew() -> None:
    kept = Templates()
    said = []
    for words in ("Dag {{ name }}", "Hallo {{ name }}", "Dag {{ name }}"):
        pages = Environment(loader=DictLoader({"page": words}), bytecode_cache=kept, autoescape=True)
        said.append(pages.get_template("page").render(name="<Anna>"))
    assert said == ["Dag &lt;Anna&gt;", "Hallo &lt;Anna&gt;", "Dag &lt;Anna&gt;"]
