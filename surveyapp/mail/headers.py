"""Headers written so that they read back as what they were.

The library's own way of folding puts spaces into long names of other letters, drops them from subjects, and writes a
long web address in encoded words, which nobody follows. Its older ``Header`` encodes words without a fault.
"""

from email.header import Header
from email.headerregistry import BaseHeader, HeaderRegistry, UniqueAddressHeader, UnstructuredHeader
from email.policy import SMTP, Policy
from email.utils import quote
from typing import Final

from surveyapp.mail.placeholders import one_line


def words(text: str) -> str:
    """What people wrote, as it can stand in a header: on one line, and nothing in it that reads as encoded words."""
    return one_line(text).replace("=?", "= ?")


class _AsWritten(UnstructuredHeader, BaseHeader):
    """An address of the web, whole."""

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


class _Words(UnstructuredHeader, BaseHeader):
    """A subject."""

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {_encoded(str(self), policy, first=len(self.name) + 2)}{policy.linesep}"


class _People(UniqueAddressHeader, BaseHeader):  # type: ignore[misc]  # as the registry itself combines them
    """Names and their addresses."""

    def fold(self, *, policy: Policy) -> str:
        written = (
            f"{_name(address.display_name, policy)}<{address.addr_spec}>" if address.display_name else address.addr_spec
            for address in self.addresses
        )
        return f"{self.name}: {', '.join(written)}{policy.linesep}"


def _name(name: str, policy: Policy) -> str:
    if name.isascii():
        return f'"{quote(name)}" '
    return _encoded(name, policy, first=len("Reply-To: ")) + policy.linesep + " "


def _encoded(words: str, policy: Policy, *, first: int) -> str:
    charset = "us-ascii" if words.isascii() else "utf-8"
    header = Header(words, charset, maxlinelen=policy.max_line_length or 78, header_name="x" * max(first - 2, 0))
    return header.encode(linesep=policy.linesep)


_REGISTRY: Final = HeaderRegistry()
for _header, _kind in (
    ("list-unsubscribe", _AsWritten),
    ("subject", _Words),
    ("from", _People),
    ("to", _People),
    ("reply-to", _People),
):
    _REGISTRY.map_to_type(_header, _kind)
POLICY: Final = SMTP.clone(header_factory=_REGISTRY)
"""How our messages are written."""
