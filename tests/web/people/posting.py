"""Forms and files of the pages of people, sent as a browser does."""

import re
from html import unescape

from werkzeug.test import TestResponse

from tests.web.staff import Stage
from tests.web.test_evaluations import form_token

PATH = "/evaluations/samen/people"
TITLES = "naam;e-mail;organisatie;rol;taal\n"


def post(stage: Stage, path: str, who: str = "anna", **data: str) -> TestResponse:
    """Send a form."""
    client = stage.client(who)
    token = form_token(client.get("/evaluations/samen").get_data(as_text=True))
    return client.post(f"{PATH}{path}", data={"csrf_token": token, **data}, query_string={"language": "en"})


def upload(stage: Stage, content: bytes | str, name: str = "lijst.csv", who: str = "anna") -> TestResponse:
    """Send a file."""
    client = stage.client(who)
    token = form_token(client.get("/evaluations/samen").get_data(as_text=True))
    sent = content.encode() if isinstance(content, str) else content
    parts = (("csrf_token", "", token.encode()), ("file", f'; filename="{name}"', sent))
    body = b"".join(
        f'--limit\r\nContent-Disposition: form-data; name="{field}"{more}\r\n\r\n'.encode() + value + b"\r\n"
        for field, more, value in parts
    )
    return client.post(
        f"{PATH}/import",
        data=body + b"--limit--\r\n",
        content_type="multipart/form-data; boundary=limit",
        query_string={"language": "en"},
    )


def at(answer: TestResponse) -> str:
    """Where a form leads to, without what is behind the question mark, below the pages of people."""
    assert answer.status_code == 303, answer.text
    return str(answer.location).partition("?")[0].removeprefix(PATH)


def page(stage: Stage, path: str = "", who: str = "anna", **asked: str) -> str:
    """A page in English, as it is read."""
    answer = stage.client(who).get(f"{PATH}{path}", query_string={"language": "en", **asked})
    assert answer.status_code == 200, answer.text
    return unescape(answer.text)


def names(shown: str) -> list[str]:
    """Who is on a page of the list, in order."""
    return re.findall(r'<tr id="person-\d+"><th scope="row"><a [^>]*>([^<]*)</a>', shown)


def number_of(stage: Stage, name: str) -> int:
    """The number in the address of somebody's page."""
    found = re.search(rf'<tr id="person-(\d+)"><th scope="row"><a [^>]*>{name}</a>', page(stage, words=name))
    assert found is not None, name
    return int(found[1])
