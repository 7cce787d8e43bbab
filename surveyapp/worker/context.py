"""What a job gets to work with."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from surveyapp.actions import jobs
from surveyapp.config import Settings
from surveyapp.mail.post_office import PostOffice
from surveyapp.models.database import Database

FONTS: Final = Path(__file__).parents[1] / "web" / "static" / "built"


@dataclass(frozen=True)
class Context:
    """The database and settings of the installation, and the job itself, to tell how far it is."""

    database: Database
    settings: Settings
    job_id: int
    worker: str
    """Which worker works."""
    post_office: PostOffice
    """Where this worker hands mail over."""
    fonts: Path = FONTS
    """The folder with the fonts of documents and figures."""

    def progress(self, done: int, steps: int | None = None) -> None:
        """Tell that ``done`` of its ``steps`` were taken, in a transaction of its own; call it outside any other.

        The job is held for as long as it tells: raises ``WrongState`` (``lease-lost``) where another took it over.
        """
        with self.database.session() as session:
            jobs.progress(session, job_id=self.job_id, worker=self.worker, done=done, steps=steps)
            session.commit()
