"""Numbers as people write them, strictly by the language of the page: ``1.234,5`` in Dutch, ``1,234.5`` in English."""

import re
from decimal import Decimal
from typing import Final

from babel.numbers import NumberFormatError, format_decimal, parse_decimal

_WRITTEN: Final = re.compile(r"[-+]?[0-9.,]{1,40}", re.ASCII)
"""No ``NaN``, no ``1e9``."""


def numeral(typed: str, language: str) -> str | None:
    """The number as it is stored, ``1234.5``; None where this is not certainly a number in this language."""
    bare = typed.strip()
    if not _WRITTEN.fullmatch(bare):
        return None
    try:
        number = parse_decimal(bare, locale=language, strict=True)
    except NumberFormatError:
        return None
    whole, _, decimals = f"{number:f}".partition(".")
    shortened = f"{whole}.{decimals}".rstrip("0").rstrip(".") if decimals else whole
    return "0" if shortened in {"-0", ""} else shortened


def written(stored: str, language: str) -> str:
    """A stored number as this language writes it."""
    number = Decimal(stored)
    return str(format_decimal(number, locale=language, decimal_quantization=False, group_separator=False))
