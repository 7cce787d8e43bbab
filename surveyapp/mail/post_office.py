"""Handing messages to a server, over a connection that is checked and used again, and saying exactly what came of it.

What came of it is one of four: it was taken over (no error), it will never be (``Refused``), it may be later
(``TryLater``), or nothing is known (``Unknown``), as when the connection breaks after the last byte. ``ServerAway``
says nothing about the message: nobody answered, or who answered takes no mail from us at all.
"""

import smtplib
import ssl
import time
from contextlib import suppress
from email.message import EmailMessage
from typing import Final

from surveyapp.config import Smtp

PATIENCE: Final = 20.0
"""Seconds for a connection, and for each answer."""
QUIET: Final = 30.0
"""Seconds in which a server that was away is left alone."""
IDLE: Final = 5.0
"""Seconds after which a connection that nobody uses is closed."""
ACCEPTED: Final = 250
SHUTTING_DOWN: Final = 421


class Undelivered(Exception):
    """A message that was not taken over, as far as is known. ``problem`` is a code and what it was about: no address,
    and nothing of what the server said, which may repeat one."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


class ServerAway(Undelivered):
    """No message can be handed over now."""


class TryLater(Undelivered):
    """Not this message, and not now."""


class Refused(Undelivered):
    """Not this message, ever."""


class Unknown(Undelivered):
    """It was handed over, and the connection broke before the server said that it has it."""


class PostOffice:
    """One server, over one connection at a time. Not to be shared between threads."""

    def __init__(self, settings: Smtp | None, *, patience: float = PATIENCE) -> None:
        self._settings = settings
        self._patience = patience
        self._server: smtplib.SMTP | None = None
        self._used = self._away_until = 0.0

    def open(self) -> None:
        """Be connected and known to the server; raises ``ServerAway``, at once where it was away a moment ago."""
        if self._settings is None:
            raise ServerAway("no-mail-server")
        if self._server is not None:
            with suppress(OSError, smtplib.SMTPException):
                if self._server.noop()[0] == ACCEPTED:
                    return
            self.close()
        if time.monotonic() < self._away_until:
            raise ServerAway("server-away")
        try:
            self._server = self._connected(self._settings)
        except (OSError, smtplib.SMTPException) as problem:
            raise self._away(_why(problem)) from None

    def deliver(self, message: EmailMessage, *, to: str) -> None:
        """Hand the message over for this address; raises ``Undelivered``, one of the four. Opens where it is closed."""
        if self._server is None:
            self.open()
        server, settings = self._server, self._settings
        if server is None or settings is None:
            raise ServerAway("no-mail-server")
        self._used = time.monotonic()
        try:
            code = server.mail(settings.sender)[0]
            if code != ACCEPTED:
                raise self._away(f"sender-refused {code}")
            self._must_take(server.rcpt(to)[0], "recipient", taken={ACCEPTED, 251})
        except (smtplib.SMTPException, OSError):
            self.close()
            raise TryLater("connection-lost") from None
        try:
            self._must_take(server.data(message.as_bytes())[0], "message", taken={ACCEPTED})
        except smtplib.SMTPDataError as problem:
            self._must_take(problem.smtp_code, "message", taken=set())
        except (smtplib.SMTPException, OSError):
            self.close()
            raise Unknown("connection-lost") from None

    def rest(self) -> None:
        """Close a connection that was not used for a while; call it now and then."""
        if self._server is not None and time.monotonic() - self._used > IDLE:
            self.close()

    def close(self) -> None:
        """End the connection, politely where that is possible."""
        server, self._server = self._server, None
        if server is not None:
            with suppress(OSError, smtplib.SMTPException):
                server.quit()
            server.close()

    def _connected(self, settings: Smtp) -> smtplib.SMTP:
        trusted = ssl.create_default_context(cafile=settings.ca_file)
        name = settings.sender.rpartition("@")[2]
        server: smtplib.SMTP
        if settings.security == "tls":
            server = smtplib.SMTP_SSL(
                settings.host, settings.port, local_hostname=name, timeout=self._patience, context=trusted
            )
        else:
            server = smtplib.SMTP(settings.host, settings.port, local_hostname=name, timeout=self._patience)
        try:
            if settings.security == "starttls":
                server.starttls(context=trusted)
            if settings.user:
                server.login(settings.user, settings.password)
            else:
                server.ehlo_or_helo_if_needed()
        except (OSError, smtplib.SMTPException):
            server.close()
            raise
        self._used = time.monotonic()
        return server

    def _must_take(self, code: int, what: str, *, taken: set[int]) -> None:
        if code in taken:
            return
        if code == SHUTTING_DOWN:
            raise self._away(f"server-refuses {code}")
        if not 400 <= code < 600:
            self.close()
            raise Unknown("answer-not-understood")
        with suppress(OSError, smtplib.SMTPException):
            if self._server is not None:
                self._server.rset()
        if code < 500:
            raise TryLater(f"{what}-postponed {code}")
        raise Refused(f"{what}-refused {code}")

    def _away(self, problem: str) -> ServerAway:
        self.close()
        self._away_until = time.monotonic() + QUIET
        return ServerAway(problem)


def _why(problem: Exception) -> str:
    """Why no connection came about, without what the server said."""
    if isinstance(problem, smtplib.SMTPAuthenticationError):
        return f"sign-in-refused {problem.smtp_code}"
    if isinstance(problem, smtplib.SMTPResponseException):
        return f"server-refuses {problem.smtp_code}"
    if isinstance(problem, ssl.SSLCertVerificationError):
        return "certificate-not-trusted"
    if isinstance(problem, ssl.SSLError):
        return "not-encrypted"
    return "not-supported" if isinstance(problem, smtplib.SMTPNotSupportedError) else "server-away"
