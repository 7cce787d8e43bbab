"""What mail servers send back: which of our mails did not arrive, and the status code of why."""

import mailbox
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_binary_file, policy
from email.message import EmailMessage, Message
from pathlib import Path
from typing import Final

from surveyapp.errors import InvalidContent

_MESSAGE_ID: Final = re.compile(r"<[^<>\s]{1,190}>")
_STATUS: Final = re.compile(r"\b([245])\.\d{1,3}\.\d{1,3}\b")
_MBOX: Final = b"From "
LONGEST: Final = 100_000_000
"""Bytes of a file that is read."""


@dataclass(frozen=True)
class Bounce:
    """One of our mails that came back; no address and no words of a server."""

    message_id: str
    """As in its header, with its brackets."""
    status: str
    """Such as ``5.1.1``; empty where none was told."""


def read(file: Path) -> Iterator[Bounce]:
    """The delivery failures in a mailbox (mbox) or in a single message; reports of delay and of success are none.

    Raises ``InvalidContent`` (``mailbox-too-large``).
    """
    if file.stat().st_size > LONGEST:
        raise InvalidContent("mailbox-too-large", file=file.name, megabytes=LONGEST // 1_000_000)
    with file.open("rb") as opened:
        beginning = opened.read(len(_MBOX))
        opened.seek(0)
        if beginning != _MBOX:
            yield from of_message(message_from_binary_file(opened, policy=policy.default))
            return
    box = mailbox.mbox(file, create=False)
    try:
        for message in box:
            yield from of_message(message)
    finally:
        box.close()


def of_message(message: Message) -> Iterator[Bounce]:
    """The failures that a report tells of (RFC 3464): its delivery status, and the message that it returns."""
    parts = list(message.walk())
    failed = [status for part in parts for status in _failures(part)]
    returned = next((found for part in parts if (found := _returned(part))), "")
    if failed and returned:
        yield Bounce(returned, failed[0])


def _failures(part: Message) -> list[str]:
    """The status of each recipient that it failed for."""
    if part.get_content_type() != "message/delivery-status":
        return []
    blocks = part.get_payload()
    found = []
    for block in blocks if isinstance(blocks, list) else []:
        if isinstance(block, Message) and str(block.get("Action", "")).strip().lower() == "failed":
            status = _STATUS.search(str(block.get("Status", "")))
            found.append(status.group() if status else "")
    return found


def _returned(part: Message) -> str:
    """The Message-ID of the message, or of the headers, that came back."""
    kind = part.get_content_type()
    if kind == "message/rfc822":
        inner = part.get_payload()
        own = inner[0] if isinstance(inner, list) and inner else None
        found = str(own.get("Message-ID", "")) if isinstance(own, Message) else ""
    elif kind in {"text/rfc822-headers", "message/rfc822-headers"}:
        found = _message_id_in(part)
    else:
        return ""
    match = _MESSAGE_ID.search(found)
    return match.group() if match else ""


def _message_id_in(part: Message) -> str:
    written = part.get_content() if isinstance(part, EmailMessage) else part.get_payload(decode=True)
    text = written.decode("utf-8", "replace") if isinstance(written, bytes) else str(written)
    found = re.search(r"(?im)^message-id:\s*(.*(?:\r?\n[ \t].*)*)", text)
    return found.group(1) if found else ""
