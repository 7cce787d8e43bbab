"""A real mail server for tests: on loopback, with TLS of an authority of its own and accounts, keeping what it gets."""

import datetime as dt
import ipaddress
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Final

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from surveyapp import clock
from surveyapp.config import Smtp
from tests.journeys.servers import free_port

SENDER: Final = "onderzoek@bureau.example"
USER: Final = "surveyapp"
PASSWORD: Final = "the mail server's own password"
HOST: Final = "127.0.0.1"
Answer = Callable[[str], str | None]
"""Makes of a recipient the server's answer, such as ``450 later``; None to take it."""


@dataclass(frozen=True)
class Received:
    """A message that the server has said that it has."""

    sender: str
    to: str
    message: EmailMessage

    @property
    def text(self) -> str:
        """The plain text."""
        return self._part("plain")

    @property
    def html(self) -> str:
        """The HTML."""
        return self._part("html")

    def _part(self, subtype: str) -> str:
        part = self.message.get_body((subtype,))
        assert isinstance(part, EmailMessage)
        content = part.get_content()
        assert isinstance(content, str)
        return content.replace("\r\n", "\n")


@dataclass
class MailServer:
    """The server while it runs: where it is, what it got, and what it answers."""

    port: int
    security: str
    ca_file: Path
    received: list[Received] = field(default_factory=list)
    at_recipient: Answer = lambda _to: None
    """What it answers to a recipient."""
    at_message: Answer = lambda _to: None
    """What it answers to a message, before it keeps it."""
    after_keeping: Callable[[str], None] = lambda _to: None
    """What happens between keeping a message and saying so."""

    @property
    def settings(self) -> Smtp:
        """How an installation is told of this server."""
        return Smtp(
            host=HOST,
            port=self.port,
            sender=SENDER,
            security=self.security,
            user=USER,
            password=PASSWORD,
            ca_file=self.ca_file,
        )

    @property
    def environment(self) -> dict[str, str]:
        """The same for a program of its own."""
        return {
            "SURVEYAPP_SMTP_HOST": HOST,
            "SURVEYAPP_SMTP_PORT": str(self.port),
            "SURVEYAPP_SMTP_SECURITY": self.security,
            "SURVEYAPP_SMTP_USER": USER,
            "SURVEYAPP_SMTP_PASSWORD": PASSWORD,
            "SURVEYAPP_SMTP_CA_FILE": str(self.ca_file),
            "SURVEYAPP_MAIL_FROM": SENDER,
        }

    def recipients(self) -> list[str]:
        """To whom it got mail, in the order in which it came."""
        return [one.to for one in self.received]

    # What aiosmtpd calls.

    async def handle_RCPT(  # noqa: N802 - as aiosmtpd has it
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        answer = self.at_recipient(address)
        if answer is not None:
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        to = str(envelope.rcpt_tos[0])
        answer = self.at_message(to)
        if answer is not None:
            return answer
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.received.append(Received(str(envelope.mail_from), to, message))
        self.after_keeping(to)
        return "250 OK"


@contextmanager
def running(folder: Path, *, security: str = "starttls") -> Iterator[MailServer]:
    """The server while the block lasts; its certificates are kept in the folder."""
    ca_file, tls = _certificates(folder)
    server = MailServer(free_port(), security, ca_file)
    upgraded = security == "starttls"
    controller = Controller(
        server,
        hostname=HOST,
        port=server.port,
        ssl_context=tls if security == "tls" else None,
        tls_context=tls if upgraded else None,
        require_starttls=upgraded,
        authenticator=_authenticated,
        auth_required=upgraded,
        auth_require_tls=upgraded,
    )
    controller.start()
    try:
        yield server
    finally:
        controller.stop()


def away() -> Smtp:
    """A server that does not answer."""
    return Smtp(host=HOST, port=free_port(), sender=SENDER, security="none")


def _authenticated(_server: SMTP, _session: Session, _envelope: Envelope, _way: str, given: object) -> AuthResult:
    right = isinstance(given, LoginPassword) and (given.login, given.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=right)


def _certificates(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """The file of an authority, and a server's own certificate that it signed."""
    authority, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root, name = _name("An authority in a test"), _name(HOST)
    issued = _certificate(root, root, authority, authority, authority=True)
    leaf = _certificate(name, root, key, authority, authority=False)
    ca_file, chain = folder / "authority.pem", folder / "server.pem"
    ca_file.write_bytes(issued.public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    chain.write_bytes(private + leaf.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain)
    return ca_file, context


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _certificate(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    signed_by: ec.EllipticCurvePrivateKey,
    *,
    authority: bool,
) -> x509.Certificate:
    day = dt.timedelta(days=1)
    building = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(clock.now() - day)
        .not_valid_after(clock.now() + day)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=0 if authority else None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signed_by.public_key()), critical=False)
    )
    if authority:
        usage = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
        building = building.add_extension(usage, critical=True)
    else:
        names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(HOST))])
        building = building.add_extension(names, critical=False).add_extension(
            x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False
        )
    return building.sign(signed_by, hashes.SHA256())
