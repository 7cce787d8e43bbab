"""The Nu HTML checker as a small server of its own: what it finds wrong in a page, as sentences."""

import http.client
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from tests.journeys.servers import ROOT, free_port, running

JAR: Final = ROOT / "tests/tools/node_modules/vnu-jar/build/dist/vnu.jar"


@dataclass(frozen=True)
class Checker:
    """A running checker."""

    port: int

    def faults(self, html: str) -> list[str]:
        """Errors and warnings; what merely informs is left out."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            headers = {"Content-Type": "text/html; charset=utf-8", "User-Agent": "tests"}
            connection.request("POST", "/?out=json", html.encode("utf-8", "replace"), headers)
            found = json.loads(connection.getresponse().read())["messages"]
        finally:
            connection.close()
        return [
            f"line {message.get('lastLine')}: {message['message']}"
            for message in found
            if message["type"] == "error" or message.get("subType") == "warning"
        ]


@contextmanager
def checking(folder: Path) -> Iterator[Checker]:
    """The checker while the block lasts; without Java a reason to skip, in CI to fail."""
    java = shutil.which("java")
    if java is None or not JAR.exists():
        reason = "no Nu HTML checker: apt install default-jre-headless, and `make test` fetches the rest"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    port = free_port()
    command = [
        *(java, "-Xss1m", "-Xmx300m", "-Dnu.validator.servlet.bind-address=127.0.0.1"),
        *("-Dnu.validator.servlet.log4j-properties=", "-cp", str(JAR), "nu.validator.servlet.Main", str(port)),
    ]
    with running(command, {}, port=port, log=folder / "checker.log"):
        yield Checker(port)
