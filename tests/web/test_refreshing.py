"""Pages that count again while somebody looks: what the address asks for."""

import pytest
from flask import Flask

from surveyapp.web.refreshing import Refreshing


@pytest.mark.parametrize(
    ("address", "by_script", "by_itself"),
    [("/", True, False), ("/?refresh=yes", True, True), ("/?refresh=no", False, False), ("/?refresh=9", True, False)],
)
def test_a_page_counts_again_by_a_script_unless_stopped_and_without_one_when_asked(
    address: str, by_script: bool, by_itself: bool
) -> None:
    with Flask("nothing").test_request_context(address):
        found = Refreshing.asked()
    assert (found.by_script, found.by_itself) == (by_script, by_itself)
