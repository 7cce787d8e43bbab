"""Numbers as readers write them: a decimal comma in Dutch, a real minus sign."""

from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from babel.numbers import format_decimal


@lru_cache(maxsize=4096)
def decimal(value: float, language: str, places: int = 1) -> str:
    """``3.25`` -> ``3,3`` in Dutch with one place: halves go away from zero, as people round."""
    rounded = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    pattern = "0." + "0" * places if places else "0"
    return format_decimal(abs(rounded) if rounded == 0 else rounded, format=pattern, locale=language).replace("-", "−")


def signed(value: float, language: str, places: int = 1) -> str:
    """A difference with its sign: ``+0,8``, ``−0,3``, and ``0,0`` without one."""
    text = decimal(value, language, places)
    return text if text.startswith("−") or not text.strip("0,.") else f"+{text}"


def percentage(share: float, language: str) -> str:
    """``0.624`` -> ``62%``."""
    return f"{decimal(share * 100, language, 0)}%"
