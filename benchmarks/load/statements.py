"""How often a page asks the database."""

from collections import defaultdict
from random import Random
from typing import Any, Final

from sqlalchemy import event

from benchmarks.load.respondents import Respondent, fill, read_form
from surveyapp.app import create_app
from surveyapp.config import Settings
from surveyapp.models.database import Database

_OTHERS: Final = {"": "first page", "check-answers": "look back", "thank-you": "thanks"}


def statements(database: Database, secret_key: str, person: Respondent) -> dict[str, list[int]]:
    """SQL statements of each request of one questionnaire, by kind; counted inside, the beginning of a transaction too.

    Not over loopback: this is a second application on the same database.
    """
    app = create_app(Settings(str(database.engine.url), secret_key))
    client, seen = app.test_client(), list[str]()
    mine: Database = app.extensions["surveyapp.database"]

    def note(_connection: Any, _cursor: Any, statement: str, *_others: Any) -> None:  # noqa: ANN401
        seen.append(statement)

    for engine in mine.engines:
        event.listen(engine, "before_cursor_execute", note)
        event.listen(engine, "begin", lambda _connection: seen.append("BEGIN"))
    found: dict[str, list[int]] = defaultdict(list)

    def ask(method: str, address: str, form: dict[str, str] | None = None) -> tuple[str, str]:
        seen.clear()
        answer = client.open(address, method=method, data=form)
        page = address.removeprefix(person.start).partition("?")[0].strip("/")
        found[f"{method} {_OTHERS.get(page, 'questions')}"].append(len(seen))
        return ask("GET", answer.headers["Location"]) if answer.status_code == 303 else (address, answer.text)

    dice = Random(person.seed)  # noqa: S311
    address, text = ask("GET", person.start)
    while (form := read_form(text)) is not None:
        address, text = ask("POST", address, form.fixed | fill(form, dice))
    mine.dispose()
    return found
