"""What is sealed opens with the same key, for the same purpose and owner, and not when it was changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.actions.sealing import seal, unseal
from tests import cast

KEY = cast.SECRET_KEY


@given(st.text())
def test_what_was_sealed_opens_again(text: str) -> None:
    sealed = seal(text, secret_key=KEY, purpose="a", whose="1")
    assert unseal(sealed, secret_key=KEY, purpose="a", whose="1") == text


def test_the_same_text_looks_different_each_time_and_shows_nothing_of_itself() -> None:
    sealed = {seal("JBSWY3DPEHPK3PXP", secret_key=KEY, purpose="a") for _ in range(10)}
    assert len(sealed) == 10
    assert not any("JBSW" in each for each in sealed)


@pytest.mark.parametrize(
    ("key", "purpose", "whose"), [("another key of the right length ....", "a", "1"), (KEY, "b", "1"), (KEY, "a", "2")]
)
def test_it_opens_for_nothing_else(key: str, purpose: str, whose: str) -> None:
    sealed = seal("secret", secret_key=KEY, purpose="a", whose="1")
    assert unseal(sealed, secret_key=key, purpose=purpose, whose=whose) is None


@pytest.mark.parametrize("broken", ["", "1.", "1.!", "2.abcd", "secret", "1.AAAA", "1." + "A" * 40, "1.é"])
def test_what_was_never_sealed_does_not_open(broken: str) -> None:
    assert unseal(broken, secret_key=KEY, purpose="a") is None


def test_a_changed_character_keeps_it_shut() -> None:
    sealed = seal("secret", secret_key=KEY, purpose="a")
    middle = len(sealed) // 2
    changed = sealed[:middle] + ("A" if sealed[middle] != "A" else "B") + sealed[middle + 1 :]
    assert unseal(changed, secret_key=KEY, purpose="a") is None
