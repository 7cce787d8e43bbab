"""Keeps the secrets in addresses out of the logs: ``/r/<token>/...`` is written as ``/r/***/...``."""

import logging
import re
from typing import Final

_TOKEN: Final = re.compile(r"(/(?:r|o|c|copy|count|password|demonstration|review)/)[^/?\s\"']+")
"""Of somebody who answers, an open link, a colleague, one's own copy, an organisation's response, one-time links, and
who reads a draft."""
_LOGGERS: Final = ("gunicorn.access", "gunicorn.error", "werkzeug", "surveyapp", "surveyapp.web.errors")


def masked(text: str) -> str:
    """The same text with every secret of an address replaced."""
    return _TOKEN.sub(r"\1***", text)


class _Masking(logging.Filter):
    """Masks the message and its arguments, also those of gunicorn's access log (a mapping of parts)."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _mask(record.msg)
        if isinstance(record.args, dict):
            record.args = {name: _mask(value) for name, value in record.args.items()}
        elif record.args:
            record.args = tuple(_mask(value) for value in record.args)
        return True


def mask_tokens() -> None:
    """Mask in the log of every server that may serve us; doing it twice changes nothing."""
    for name in _LOGGERS:
        logger = logging.getLogger(name)
        if not any(isinstance(present, _Masking) for present in logger.filters):
            logger.addFilter(_Masking())


def _mask(value: object) -> object:
    return masked(value) if isinstance(value, str) else value
