"""A name and an address, as somebody typed them."""

import pytest

from surveyapp.analysis.reading.person import address_key, email_fault, name_fault


@pytest.mark.parametrize(
    ("written", "code", "meant"),
    [
        ("bram@almelo", "bad-email", ""),
        ("bram.almelo.example", "bad-email", ""),
        ("bram@almelo,example", "bad-email", "bram@almelo.example"),
        ("bram @almelo.example", "bad-email", "bram@almelo.example"),
        ("bram@almelo.example.", "bad-email", "bram@almelo.example"),
        ("bram@almelo..example", "bad-email", "bram@almelo.example"),
        ("bram(at)almelo.example", "bad-email", "bram@almelo.example"),
        ("mailto:bram@almelo.example", "bad-email", "bram@almelo.example"),
        ("Bram de Vries <bram@almelo.example>", "bad-email", "bram@almelo.example"),
        ("bram@almelo.example; carla@almelo.example", "two-addresses", "bram@almelo.example"),
        ("brám@almelo.example", "email-letters", ""),
        ("b" * 65 + "@almelo.example", "email-too-long", ""),
        ("b@" + "a." * 130 + "example", "email-too-long", ""),
        ("o'brien+survey@sub.almelo.example", "", ""),
        ("bram\x00@almelo.example", "bad-email", ""),
    ],
)
def test_an_address_is_held_against_what_mail_servers_take(written: str, code: str, meant: str) -> None:
    assert email_fault(written) == (code, meant)


def test_capitals_and_blanks_make_no_other_mailbox() -> None:
    assert address_key(" Bram@Almelo.example") == address_key("bram@almelo.EXAMPLE")


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Bram de Vries-Ĳsbrandy", ""),
        ("张伟", ""),
        ("x" * 201, "name-too-long"),
        ("Bram\u202e", "unprintable"),
        ("=HYPERLINK(1)", "formula"),
    ],
)
def test_a_name_may_be_anything_that_can_be_read(written: str, code: str) -> None:
    assert name_fault(written) == (code, "")
