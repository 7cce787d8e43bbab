"""Pages that count again while somebody looks: a small script does it, and without scripts whoever asks for it.

A template shows ``refreshing.html`` and marks the part that changes with ``id="fresh"``.
"""

from dataclasses import dataclass
from typing import Any, Final

from flask import request, url_for

EVERY: Final = 30
"""Seconds between two counts by the script."""
WITHOUT_SCRIPT: Final = 60
"""Seconds after which a browser without scripts loads the whole page again, for who asked for that."""


@dataclass(frozen=True)
class Refreshing:
    """What the visitor asked for: nothing said, ``yes`` or ``no``."""

    asked_for: str = ""
    every: int = EVERY
    """Seconds between two counts by the script."""

    @classmethod
    def asked(cls, every: int | None = None) -> "Refreshing":
        """As in the address of this request; ``every`` so many seconds, or as often as usual."""
        said = request.args.get("refresh", "")
        return cls(said if said in {"yes", "no"} else "", EVERY if every is None else every)

    @property
    def without_script(self) -> int:
        """Seconds after which the whole page is loaded again without one."""
        return WITHOUT_SCRIPT

    @property
    def by_script(self) -> bool:
        """Unless it was stopped."""
        return self.asked_for != "no"

    @property
    def by_itself(self) -> bool:
        """Also without a script."""
        return self.asked_for == "yes"


def address(**changes: str) -> str:
    """This page with another choice of how it refreshes."""
    kept: dict[str, Any] = {"refresh": request.args["refresh"]} if "refresh" in request.args else {}
    return url_for(str(request.endpoint), **(request.view_args or {}), **(kept | changes))
