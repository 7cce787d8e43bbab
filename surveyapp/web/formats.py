"""Numbers and dates as the language of the page writes them."""

from datetime import date, datetime

from flask import Flask
from flask_babel import format_date, format_percent

from surveyapp import clock
from surveyapp.reports import numbers
from surveyapp.web.language import current


def add_formats(app: Flask) -> None:
    """Give templates ``long_date``, ``day``, ``hour``, ``moment``, ``percentage``, ``decimal`` and ``signed``."""
    app.jinja_env.filters.update(
        long_date=long_date, day=day, hour=hour, moment=moment, percentage=percentage, decimal=decimal, signed=signed
    )


def long_date(moment: datetime) -> str:
    """The day in Amsterdam, e.g. 12 december 2026."""
    return str(format_date(moment, format="long", rebase=True))


def day(of: date) -> str:
    """A day without its time, e.g. 12 dec 2026."""
    return str(format_date(of, format="medium"))


def hour(moment: datetime) -> str:
    """The time on an Amsterdam clock, e.g. 23:59."""
    return f"{clock.local(moment):%H:%M}"


def moment(at: datetime) -> str:
    """The day and the time on an Amsterdam clock, e.g. 12 december 2026, 23:59."""
    return f"{long_date(at)}, {hour(at)}"


def percentage(share: float) -> str:
    """A share of 0 to 1, e.g. 62%."""
    return str(format_percent(share, format="#,##0%"))


def decimal(number: float | None, digits: int = 1) -> str:
    """A number with this many decimals; a dash where there is none."""
    if number is None or number != number:  # NaN differs from itself
        return "–"
    return numbers.decimal(number, current(), digits)


def signed(number: float | None, digits: int = 1) -> str:
    """A difference with its sign, e.g. +0,8 or −0,3; a difference of nothing has none. A dash where there is none."""
    if number is None:
        return "–"
    return numbers.signed(number, current(), digits)
