"""The HTML of a mail, of the same words as its plain text: headings, paragraphs, lists and links, and nothing else."""

import html
import re
from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import quote

from surveyapp.mail.placeholders import fill, one_line
from surveyapp.mail.words import label

_Shown = Callable[[str, str], str]

_LINKS: Final = frozenset({"link", "opt_out", "privacy"})
HEADING: Final = "# "
ITEM: Final = "- "
_PARAGRAPH_END: Final = re.compile(r"\n[^\S\n]*\n")
_PAGE: Final = """\
<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
</head>
<body style="max-width: 40em; margin: 1em auto; padding: 0 1em; font-family: sans-serif; line-height: 1.5;
 overflow-wrap: anywhere">
<h1 style="font-size: 1.4em">{heading}</h1>
{blocks}
</body>
</html>
"""


def paragraphs(body: str) -> list[list[str]]:
    """The text as paragraphs of lines."""
    pieces = _PARAGRAPH_END.split(body.replace("\r\n", "\n").replace("\r", "\n"))
    return [piece.strip("\n").split("\n") for piece in pieces if piece.strip()]


def page(body: str, values: Mapping[str, str], *, purpose: str, language: str, subject: str, heading: str) -> str:
    """A whole page. What people wrote or are called is text in it, never markup; it loads nothing."""

    def shown(place: str, value: str) -> str:
        if place in _LINKS:
            words = label(f"link.{purpose}" if place == "link" else place, language)
            return _link(value, words or value)
        return _mailto(value) if place == "contact_email" else html.escape(value)

    blocks = (_block(paragraph, values, shown) for paragraph in paragraphs(body))
    return _PAGE.format(
        language=html.escape(language),
        title=html.escape(subject),
        heading=html.escape(one_line(heading)),
        blocks="\n".join(filter(None, blocks)),
    )


def _block(lines: list[str], values: Mapping[str, str], shown: _Shown) -> str:
    if len(lines) == 1 and lines[0].startswith(HEADING):
        return f'<h2 style="font-size: 1.15em">{_filled(lines[0].removeprefix(HEADING), values, shown)}</h2>'
    if all(line.startswith(ITEM) for line in lines):
        items = (_filled(line.removeprefix(ITEM), values, shown) for line in lines)
        return "<ul>\n" + "\n".join(f"<li>{item}</li>" for item in items) + "\n</ul>"
    filled = [_filled(line, values, shown) for line in lines]
    return "<p>" + "<br>\n".join(filled) + "</p>" if any(filled) else ""


def _filled(line: str, values: Mapping[str, str], shown: _Shown) -> str:
    return fill(html.escape(one_line(line)), values, shown)


def _link(address: str, words: str) -> str:
    """Real words to follow, and the address in sight: it can be checked, and copied where links are not followed."""
    there = html.escape(address)
    beside = "" if words == address else f" ({there})"
    return f'<a href="{there}">{html.escape(words)}</a>{beside}'


def _mailto(address: str) -> str:
    return f'<a href="mailto:{html.escape(quote(address, safe="@"))}">{html.escape(address)}</a>'
