"""The way in to a web process: who answers needs a small part of the pages, the team needs all of them.

The pages of the team load frames and statistics, which take as much memory again. A process loads them when somebody
of the team first asks it for a page; a process that only takes answers never does.
"""

from collections.abc import Callable, Iterable
from threading import Lock
from typing import TYPE_CHECKING, Final

from surveyapp.config import Settings
from surveyapp.models.database import Database
from surveyapp.web import respondents

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

OF_THE_TEAM: Final = frozenset(
    {"", "account", "demonstration", "evaluations", "jobs", "log", "password", "public", "sign-in", "sign-out", "users"}
)
"""What the addresses of the team, and of who reads results, begin with. Anything else, known or not, is answered
without their pages: a program that tries addresses does not load them."""


class Gateway:
    """A WSGI application that leads to one of two, which share a database."""

    def __init__(self, settings: Settings, load: Callable[[Settings, Database], "WSGIApplication"]) -> None:
        """``load`` puts the whole application together; it is called once, when that is first asked for."""
        self._settings = settings
        self.database = Database(settings.database_url)
        self.for_respondents = respondents.build(settings, self.database)
        self._load = load
        self._whole: WSGIApplication | None = None
        self._loading = Lock()

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        beginning = environ.get("PATH_INFO", "").removeprefix("/").partition("/")[0]
        application = self._all_rooms() if beginning in OF_THE_TEAM else self.for_respondents
        return application(environ, start_response)

    def _all_rooms(self) -> "WSGIApplication":
        with self._loading:
            if self._whole is None:
                self._whole = self._load(self._settings, self.database)
            return self._whole
