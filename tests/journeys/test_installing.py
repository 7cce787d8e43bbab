"""The installation page, done as it says: settings, services, TLS in front, the first owner, the first sign-in."""

import configparser
import http.client
import os
import re
import shlex
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.journeys.servers import ROOT, free_port, running

PAGE = (ROOT / "docs" / "install.md").read_text(encoding="utf-8")
HOST = "survey.example.nl"


def block(language: str, beginning: str) -> str:
    """The code block of the page that begins with these words."""
    found: list[str] = [
        text for kind, text in re.findall(r"```(\w+)\n(.*?)```", PAGE, flags=re.DOTALL) if kind == language
    ]
    return next(text for text in found if beginning in text)


@dataclass
class Machine:
    """A folder that stands for the server: the page's paths are inside it, its ports are free ones."""

    folder: Path
    web: int = field(default_factory=free_port)
    tls: int = field(default_factory=free_port)

    def own(self, text: str) -> str:
        """The page's text with this machine's paths and ports."""
        for path in ("/var/lib/surveyapp", "/etc/surveyapp.key", "/etc/ssl"):
            text = text.replace(path, f"{self.folder}{path}")
        text = text.replace("/opt/surveyapp", str(ROOT)).replace(":8000", f":{self.web}")
        return text.replace("--port 8000", f"--port {self.web}").replace("443 ssl", f"127.0.0.1:{self.tls} ssl")

    @property
    def environment(self) -> dict[str, str]:
        lines = self.own(block("ini", "# environment")).splitlines()
        return dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))

    def unit(self, description: str) -> dict[str, str]:
        parser = configparser.ConfigParser(interpolation=None)
        parser.optionxform = str  # type: ignore[assignment,method-assign]
        parser.read_string(self.own(block("ini", description)))
        return dict(parser["Service"])


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    made = Machine(tmp_path)
    for part in ("var/lib/surveyapp", "etc/ssl/certs", "etc/ssl/private"):
        (tmp_path / part).mkdir(parents=True)
    commands = [line for line in made.own(block("sh", "# key")).splitlines() if not line.startswith(("#", "chown"))]
    subprocess.run(["sh", "-euc", "\n".join(commands)], check=True)
    return made


def certificate(machine: Machine) -> None:
    """What an owner brings: here one that we sign ourselves."""
    subject = ["-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}"]
    key = machine.folder / f"etc/ssl/private/{HOST}.key"
    chain = machine.folder / f"etc/ssl/certs/{HOST}.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    subprocess.run([*command, *subject, "-keyout", str(key), "-out", str(chain)], check=True, capture_output=True)


@pytest.fixture
def proxy() -> str:
    found = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if found is None:
        reason = "no nginx on this machine: apt install nginx-light"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@pytest.fixture
def installed(machine: Machine, proxy: str) -> Iterator[Machine]:
    """The services of the page, and nginx with the page's configuration in front."""
    certificate(machine)
    web, worker = machine.unit("surveyapp, pages"), machine.unit("surveyapp, worker")
    environment = machine.environment
    subprocess.run(shlex.split(web["ExecStartPre"]), env={**os.environ, **environment}, check=True, capture_output=True)
    logs = machine.folder
    configuration = machine.folder / "nginx.conf"
    configuration.write_text(
        f"daemon off; pid {logs}/nginx.pid; error_log {logs}/error.log; events {{}}\n"
        f"http {{ access_log {logs}/access.log; client_body_temp_path {logs}/body; proxy_temp_path {logs}/proxy;\n"
        f"fastcgi_temp_path {logs}/fastcgi; uwsgi_temp_path {logs}/uwsgi; scgi_temp_path {logs}/scgi;\n"
        + machine.own(block("nginx", "server_name"))
        + "}\n",
        encoding="utf-8",
    )
    nginx = [proxy, "-c", str(configuration), "-p", str(logs), "-e", f"{logs}/error.log"]
    with (
        running(shlex.split(web["ExecStart"]), environment, port=machine.web, log=logs / "web.log"),
        running(shlex.split(worker["ExecStart"]), environment, port=None, log=logs / "worker.log"),
        running(nginx, {}, port=machine.tls, log=logs / "nginx.log"),
    ):
        yield machine


class Browser:
    """Follows links over TLS to this machine, knows the server by its certificate, and keeps its cookies."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self._trust = ssl.create_default_context(cafile=machine.folder / f"etc/ssl/certs/{HOST}.pem")
        self.cookies: dict[str, str] = {}
        self.given: list[str] = []

    def open(self, path: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Status, body and where it leads to."""
        connection = _ToLoopback(HOST, self._machine.tls, self._trust)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request("GET" if form is None else "POST", path, urlencode(form or {}), headers)
        answer = connection.getresponse()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            self.given.append(cookie)
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        body = answer.read().decode()
        connection.close()
        return answer.status, body, answer.headers.get("Location", "")


class _ToLoopback(http.client.HTTPSConnection):
    """A connection to a host name that is answered on this machine."""

    def __init__(self, host: str, port: int, trust: ssl.SSLContext) -> None:
        super().__init__(host, port, context=trust, timeout=30)
        self._trust = trust

    def connect(self) -> None:
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        self.sock = self._trust.wrap_socket(plain, server_hostname=self.host)


def token_in(body: str) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', body)
    assert found is not None
    return found.group(1)


def test_the_page_leads_to_a_server_on_which_the_first_owner_signs_in(installed: Machine) -> None:
    command = [str(ROOT / ".venv/bin/surveyapp"), *shlex.split(block("sh", "# owner").splitlines()[1])[1:]]
    printed = subprocess.run(
        command, env={**os.environ, **installed.environment}, check=True, capture_output=True, text=True
    ).stdout.strip()
    assert printed.startswith(f"https://{HOST}/password/")
    browser = Browser(installed)
    address = printed.removeprefix(f"https://{HOST}")
    status, body, _ = browser.open(address)
    assert status == 200
    secret = "een zin van een paar woorden"
    status, _, leads = browser.open(address, {"csrf_token": token_in(body), "password": secret, "again": secret})
    assert (status, leads) == (302, "/evaluations")
    status, body, _ = browser.open("/evaluations")
    assert status == 200
    signed_in = [cookie for cookie in browser.given if cookie.startswith("__Host-sign-in=")]
    assert signed_in
    assert all("Secure" in cookie and "HttpOnly" in cookie for cookie in signed_in)
    assert browser.open(address)[0] == 404, "the link works once"


def test_tokens_of_invitations_and_links_stay_out_of_every_log(installed: Machine) -> None:
    browser = Browser(installed)
    token = "AAAAAAAAAAAAAAAAAAAAAA"
    status, _, _ = browser.open(f"/r/{token}")
    assert status == 404
    for log in installed.folder.glob("*.log"):
        assert token not in log.read_text(errors="replace"), log.name


def test_the_server_is_ready_after_starting(installed: Machine) -> None:
    assert Browser(installed).open("/readyz")[:2] == (200, "ready\n")
