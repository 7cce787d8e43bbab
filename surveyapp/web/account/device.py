"""With what somebody came, in words: so much that they know it again, and no more."""

from typing import Final

_BROWSERS: Final = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
"""What the header holds, the first that fits: most browsers also name those that they resemble."""
_SYSTEMS: Final = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def words(user_agent: str) -> str:
    """Browser and system, such as ``Firefox, Linux``; empty where neither is known."""
    found = [_first(user_agent, known) for known in (_BROWSERS, _SYSTEMS)]
    return ", ".join(part for part in found if part)


def _first(user_agent: str, known: tuple[tuple[str, str], ...]) -> str:
    return next((name for sign, name in known if sign in user_agent), "")
