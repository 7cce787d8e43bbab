"""What gunicorn does beside what its options say; it reads this as its settings (``--config``)."""

import ctypes
import gc
from typing import Any, Final

from gunicorn.http import wsgi  # type: ignore[import-untyped]

wsgi.SERVER = "surveyapp"  # the header Server tells neither which program answers nor its version
ALLOCATIONS: Final = 20_000
"""Between two looks for garbage: some requests' worth, as nearly all of it goes without being looked for."""


def pre_fork(server: Any, worker: Any) -> None:  # noqa: ANN401 - gunicorn's own
    """Keep what was loaded before the fork shared: the collector, which writes in everything it looks at, leaves it."""
    del server, worker
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    gc.freeze()
    gc.set_threshold(ALLOCATIONS, 20, 50)
