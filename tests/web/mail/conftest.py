"""The study of which mail is sent."""

from collections.abc import Iterator

import pytest

from tests.web.mail.stage import raise_with_mail, set_up
from tests.web.staff import Stage, drop_curtain


@pytest.fixture
def sending(database_url: str) -> Iterator[Stage]:
    """Anna's study with seven people in it, where mail is sent."""
    raised = raise_with_mail(database_url)
    set_up(raised)
    yield raised
    drop_curtain(raised)
