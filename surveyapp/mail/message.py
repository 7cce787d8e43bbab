"""A mail as it is handed to a server: headers, plain text and HTML, made of words and of what is filled in."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Final
from urllib.parse import quote

from surveyapp.errors import InvalidContent
from surveyapp.mail import headers, html_part
from surveyapp.mail.placeholders import fill, one_line
from surveyapp.mail.words import MailWords

_IN_ADDRESSES: Final = ":/?#[]@!$&'()*+,;=%~"
_NEVER: Final = frozenset(' "<>(),:;@[]\\')
"""What stands in no part of an address that we write to."""


@dataclass(frozen=True)
class Mailbox:
    """Somebody, or some office, and their address."""

    name: str
    address: str


@dataclass(frozen=True)
class Envelope:
    """From whom to whom a mail goes, for what and in which language."""

    purpose: str
    language: str
    sender: Mailbox
    to: Mailbox
    heading: str
    """What stands above the text in its HTML, such as the title of the study."""
    reply_to: Mailbox | None = None
    opt_out: str | None = None
    """Where no more mail can be asked for."""


@dataclass(frozen=True)
class Letter:
    """Everything that a message is made of."""

    words: MailWords
    envelope: Envelope
    values: Mapping[str, str]
    """Place -> what is filled in."""


@dataclass(frozen=True)
class Rendered:
    """What the reader sees, in both forms."""

    subject: str
    text: str
    html: str


def render(letter: Letter) -> Rendered:
    """The words with everything filled in; paragraphs of which nothing is left are left out."""
    words, envelope, values = letter.words, letter.envelope, letter.values
    subject = one_line(fill(words.subject, values))
    page = html_part.page(
        words.body,
        values,
        purpose=envelope.purpose,
        language=envelope.language,
        subject=subject,
        heading=envelope.heading,
    )
    return Rendered(subject, _plain(words.body, values), page)


def compose(letter: Letter, *, message_id: str, at: datetime) -> EmailMessage:
    """The message itself. Raises ``InvalidContent`` (``unusable-email``) for an address that no mail can go to.

    Names and subject are one line of printable characters, so that nothing in them begins another header.
    """
    envelope, rendered = letter.envelope, render(letter)
    message = EmailMessage(policy=headers.POLICY)
    message["From"] = _address(envelope.sender)
    message["To"] = _address(envelope.to)
    if envelope.reply_to is not None:
        message["Reply-To"] = _address(envelope.reply_to)
    message["Subject"] = headers.words(rendered.subject)
    message["Date"] = format_datetime(at)
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"
    if envelope.opt_out is not None:
        message["List-Unsubscribe"] = f"<{quote(envelope.opt_out, safe=_IN_ADDRESSES)}>"
        if envelope.opt_out.startswith("https:"):
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(rendered.text, cte="quoted-printable")
    message.add_alternative(rendered.html, subtype="html", cte="quoted-printable")
    message["Content-Language"] = one_line(envelope.language)  # after the content, which begins with clearing these
    return message


def new_message_id(sender: str) -> str:
    """A random name for a message, under the domain of the sender's address. It says nothing about the mail."""
    return f"<{secrets.token_hex(16)}@{_domain(sender)}>"


def deliverable(address: str) -> str:
    """The address as a server takes it: a domain of other letters is written in ASCII.

    Raises ``InvalidContent`` (``unusable-email``).
    """
    local, _, domain = address.strip().rpartition("@")
    written = f"{local}@{_domain(address.strip())}"
    if not local or not domain or not written.isascii() or not written.isprintable() or set(local) & _NEVER:
        raise InvalidContent("unusable-email")
    return written


def _address(mailbox: Mailbox) -> Address:
    try:
        return Address(display_name=headers.words(mailbox.name), addr_spec=deliverable(mailbox.address))
    except (ValueError, IndexError) as problem:
        raise InvalidContent("unusable-email") from problem


def _domain(address: str) -> str:
    try:
        domain = address.rpartition("@")[2].encode("idna").decode("ascii")
    except UnicodeError:
        raise InvalidContent("unusable-email") from None
    if not domain or set(domain) & _NEVER:
        raise InvalidContent("unusable-email")
    return domain


def _plain(body: str, values: Mapping[str, str]) -> str:
    filled = []
    for paragraph in html_part.paragraphs(body):
        lines = [fill(one_line(line), values) for line in paragraph]
        if len(lines) == 1:
            lines = [lines[0].removeprefix(html_part.HEADING)]
        filled.append("\n".join(lines))
    return "\n\n".join(part for part in filled if part.strip()) + "\n"
