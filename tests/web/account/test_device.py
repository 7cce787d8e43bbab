"""With what somebody came, in words."""

import pytest

from surveyapp.web.account.device import words

CHROME = "Mozilla/5.0 ({}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"
SAFARI = "Mozilla/5.0 ({}) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Safari/605.1.15"


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Linux"),
        (CHROME.format("Windows NT 10.0; Win64; x64"), "Chrome, Windows"),
        (CHROME.format("X11; CrOS x86_64 14541.0.0"), "Chrome, ChromeOS"),
        (CHROME.format("Windows NT 10.0") + " Edg/142.0.0.0", "Edge, Windows"),
        (CHROME.format("Linux; Android 16; Pixel 9"), "Chrome, Android"),
        (SAFARI.format("iPhone; CPU iPhone OS 19_0 like Mac OS X") + " Mobile/15E148", "Safari, iPhone"),
        (SAFARI.format("Macintosh; Intel Mac OS X 10_15_7"), "Safari, macOS"),
        ("curl/8.0", ""),
        ("", ""),
        ("<script>" * 100, ""),
    ],
)
def test_browser_and_system_are_named_and_nothing_else(header: str, said: str) -> None:
    assert words(header) == said
