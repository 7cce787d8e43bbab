"""Files of words, such as the README of a download."""

from surveyapp.reports.reading_back.sheet import Content, decimals_in


def read(content: bytes, source: str) -> Content:
    """The decimal numbers in them."""
    lines = content.decode("utf-8-sig").splitlines()
    return Content((), tuple(each for line in lines for each in decimals_in(line, source)))
