"""Filling in a form as a browser does: with the proof that its page carries."""

import re

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

_PROOF = re.compile(r'name="csrf_token" value="([^"]+)"')


def post(client: FlaskClient, address: str, *, page: str | None = None, **fields: object) -> TestResponse:
    """Post these fields to ``address``, with the proof of ``page``, or of the address itself."""
    shown = client.get(page or address, follow_redirects=True).get_data(as_text=True)
    proof = _PROOF.search(shown)
    assert proof is not None, (page or address, shown[:500])
    return client.post(address, data={"csrf_token": proof[1], **fields})
