"""What people read when the database is busy or away, or somebody else was first. Nothing is half saved."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from werkzeug.test import TestResponse

from surveyapp.app import create_app
from surveyapp.config import Settings
from surveyapp.models import Evaluation, SignIn
from surveyapp.models.database import Database
from surveyapp.web.database import session
from tests.web.conftest import SECRET, Study, prepare
from tests.web.posting import post
from tests.web.respond.form import begin
from tests.web.staff import Stage, set_up

INSIDE = ("Traceback", "sqlite", "psycopg", "sqlalchemy", "OperationalError", "locked", ".py")


@pytest.fixture
def file(tmp_path: Path, migrated_file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database in a file, that nobody waits for long."""
    monkeypatch.setattr("surveyapp.models.database.PATIENCE", 50)
    path = tmp_path / "busy.db"
    shutil.copyfile(migrated_file, path)
    return path


@pytest.fixture
def on_file(file: Path) -> Iterator[Study]:
    """A study in that file, which people are asked to answer."""
    url = f"sqlite:///{file}"
    database, app = Database(url), create_app(Settings(database_url=url, secret_key=SECRET))
    prepare(database, "confidential")
    yield Study(app, database)
    database.dispose()
    app.extensions["surveyapp.database"].dispose()


@contextmanager
def busy(file: Path) -> Iterator[None]:
    """Somebody else writes, and goes on."""
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


def assert_tells_nothing_of_the_inside(answer: TestResponse) -> None:
    assert [words for words in INSIDE if words.lower() in answer.text.lower()] == []


def test_who_answers_while_sqlite_is_busy_hears_that_nothing_was_saved_and_can_send_it_again(
    on_file: Study, file: Path
) -> None:
    client, link = on_file.client(), on_file.invite()
    begin(client, link)
    before = on_file.rows()
    with busy(file):
        answer = client.post(f"{link}/g1", data={"g1_good": "Goed."})
        assert client.get(f"{link}/g1").status_code == 200, "who reads waits for nobody"
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert "is niet opgeslagen" in answer.text
    assert_tells_nothing_of_the_inside(answer)
    assert on_file.rows() == before
    assert client.post(f"{link}/g1", data={"g1_good": "Goed."}).status_code < 400
    assert on_file.stored() == {"g1_good": "Goed."}


def test_the_team_hears_the_same_on_every_form_of_the_account(file: Path) -> None:
    url = f"sqlite:///{file}"
    stage = Stage(create_app(Settings(database_url=url, secret_key=SECRET)), Database(url))
    set_up(stage)
    client = stage.client("anna")
    for address, fields in (
        ("/account/name", {"name": "Anna Anders"}),
        ("/account/sessions/end-others", {}),
        ("/sign-out", {}),
    ):
        proof = client.get("/account").text.partition('name="csrf_token" value="')[2].partition('"')[0]
        with busy(file):
            answer = client.post(address, data={"csrf_token": proof, **fields})
        assert (answer.status_code, "is niet opgeslagen" in answer.text) == (503, True), address
        assert_tells_nothing_of_the_inside(answer)
    assert "Anna Anders" not in client.get("/account").text
    stage.database.dispose()
    stage.app.extensions["surveyapp.database"].dispose()


def _raise(error: Exception) -> Callable[[], str]:
    def view() -> str:
        raise error

    return view


class Taken(Exception):
    """What a driver raises."""

    def __init__(self, sqlstate: str) -> None:
        super().__init__("secret")
        self.sqlstate = sqlstate


@pytest.mark.parametrize(
    ("fault", "status", "words"),
    [
        (OperationalError("SELECT secret", None, Taken("40P01")), 503, "Laad deze pagina over een minuut opnieuw"),
        (NoConnection("secret"), 503, "Laad deze pagina over een minuut opnieuw"),
        (IntegrityError("INSERT secret", None, Taken("23505")), 409, "op hetzelfde moment"),
        (IntegrityError("INSERT secret", None, Taken("23502")), 500, "ging bij ons iets mis"),
    ],
)
def test_what_the_database_could_not_do_is_a_page_without_its_inside(
    study: Study, fault: Exception, status: int, words: str
) -> None:
    study.app.view_functions["pages.privacy"] = _raise(fault)
    answer = study.client().get("/privacy")
    assert answer.status_code == status
    assert words in answer.text
    assert "secret" not in answer.text
    assert_tells_nothing_of_the_inside(answer)


def test_a_connection_that_was_lost_leaves_open_whether_something_was_saved(study: Study) -> None:
    lost = OperationalError("COMMIT", None, Taken("57P01"), connection_invalidated=True)
    client, link = study.client(), study.invite()
    study.app.view_functions["respond.save"] = lambda **_arguments: _raise(lost)()
    answer = client.post(f"{link}/g1")
    assert answer.status_code == 503
    assert "kijk of" in answer.text


def test_who_changes_what_was_removed_at_the_same_moment_hears_so(stage: Stage) -> None:
    """As where the session in which a passkey is added is ended from elsewhere."""
    set_up(stage)

    def view() -> str:
        row = session().query(SignIn).first()
        assert row is not None
        session().execute(delete(SignIn).execution_options(synchronize_session=False))
        row.second_factor = not row.second_factor
        session().commit()
        return ""

    stage.app.view_functions["account.rename"] = view
    answer = post(stage.client("anna"), "/account/name", page="/account", name="Anna")
    assert answer.status_code == 409
    assert "op hetzelfde moment" in answer.text
    assert stage.client("anna").get("/account").status_code == 200, "nothing was saved"


def test_what_no_column_can_hold_is_refused_as_what_it_is(stage: Stage, database: Database) -> None:
    if database.engine.dialect.name == "sqlite":
        pytest.skip("SQLite holds anything")
    set_up(stage)

    def view() -> str:
        session().execute(update(Evaluation).values(client="a\x00b"))
        session().commit()
        return ""

    stage.app.view_functions["account.rename"] = view
    answer = post(stage.client("anna"), "/account/name", page="/account", name="Anna")
    assert answer.status_code == 422
    assert_tells_nothing_of_the_inside(answer)


def test_a_page_that_tells_of_a_fault_waits_for_nobody_who_writes(on_file: Study, file: Path) -> None:
    link, seen = on_file.invite(), list[int]()

    def look() -> dict[str, str]:
        seen.append(session().scalar(text("SELECT count(*) FROM wave")) or 0)
        return {}

    on_file.app.context_processor(look)
    with busy(file):
        assert on_file.client().post(link).status_code == 503
    assert seen == [1]
