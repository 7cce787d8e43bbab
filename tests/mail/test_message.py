"""A message read back says what went into it, whatever people are called, and nothing in a name becomes a header."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from surveyapp.errors import InvalidContent
from surveyapp.mail.message import Envelope, Letter, Mailbox, compose, deliverable, new_message_id, render
from surveyapp.mail.placeholders import PLACES, one_line
from surveyapp.mail.words import MailWords, shipped
from tests.effort import tries

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
LINK = "https://onderzoek.example/r/abcdefghijklmnopqrstuv"
VALUES = {
    "name": "Bram de Vries",
    "organisation": "Almelo",
    "role": "Bestuurder",
    "title": "Samen",
    "client": "Regio",
    "sender": "Bureau",
    "closes": "vrijdag 18 december 2026, 23:59 uur",
    "contact_name": "Anna",
    "contact_email": "anna@bureau.example",
    "purpose": "",
    "minutes": "10",
    "promise": "Uw antwoorden zijn vertrouwelijk.",
    "link": LINK,
    "opt_out": f"{LINK}/no-more-mail",
    "privacy": "https://onderzoek.example/privacy/samen",
    "section": "Eerst",
    "from_name": "Carla",
    "site": "onderzoek.example",
    "act": "de uitkomsten publiceren",
    "draft": "Feiten over Almelo",
}
HEADERS = {
    "from", "to", "reply-to", "subject", "date", "message-id", "content-language", "auto-submitted",
    "list-unsubscribe", "list-unsubscribe-post", "mime-version", "content-type",
}  # fmt: skip


def letter(
    words: MailWords | None = None,
    *,
    purpose: str = "invitation",
    language: str = "nl",
    to: str = "Bram de Vries",
    address: str = "bram@almelo.example",
    sender: str = "Bureau",
    opt_out: str | None = None,
    **values: str,
) -> Letter:
    filled: Mapping[str, str] = VALUES | values
    envelope = Envelope(
        purpose=purpose,
        language=language,
        sender=Mailbox(sender, "post@bureau.example"),
        to=Mailbox(to, address),
        heading=filled["title"],
        reply_to=Mailbox("Anna", "anna@bureau.example"),
        opt_out=opt_out or filled["opt_out"],
    )
    return Letter(words or shipped(purpose, language), envelope, filled)


def composed(found: Letter) -> EmailMessage:
    """As it was written and read back."""
    written = compose(found, message_id=new_message_id("post@bureau.example"), at=AT).as_bytes()
    assert all(len(line) <= 998 for line in written.split(b"\r\n"))
    assert written.isascii()
    message = message_from_bytes(written, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def part(message: EmailMessage, subtype: str) -> str:
    body = message.get_body((subtype,))
    assert isinstance(body, EmailMessage)
    return str(body.get_content()).replace("\r\n", "\n")


def test_the_headers_say_from_whom_to_whom_and_how_to_answer_and_to_stop() -> None:
    message = composed(letter())
    assert str(message["From"]) == "Bureau <post@bureau.example>"
    assert str(message["To"]) == "Bram de Vries <bram@almelo.example>"
    assert str(message["Reply-To"]) == "Anna <anna@bureau.example>"
    assert message["Subject"] == "Uitnodiging: Samen"
    assert message["Date"].datetime == AT
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "nl"
    assert message["List-Unsubscribe"].strip() == f"<{LINK}/no-more-mail>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Message-ID"].strip().endswith("@bureau.example>")
    assert {name.lower() for name in message} == HEADERS
    assert [one.get_content_type() for one in message.iter_parts()] == ["text/plain", "text/html"]


def test_two_messages_have_names_of_chance() -> None:
    assert len({new_message_id("post@bureau.example") for _ in range(100)}) == 100


def test_a_long_address_to_stop_mail_stays_whole() -> None:
    long = "https://onderzoek." + "een-lange-naam." * 8 + "example/r/abc/no-more-mail"
    written = compose(letter(opt_out=long), message_id="<1@bureau.example>", at=AT).as_bytes()
    assert f"List-Unsubscribe: <{long}>\r\n".encode() in written


def test_the_plain_text_has_every_paragraph_that_is_not_empty() -> None:
    text = part(composed(letter()), "plain")
    assert text.startswith("Beste Bram de Vries,\n\nRegio wil graag")
    assert "\n\n\n" not in text
    assert f"\n\n{LINK}\n\n" in text
    assert "\n\nWie ziet uw antwoorden?\n\nUw antwoorden zijn vertrouwelijk.\n\n" in text


class Page(HTMLParser):
    """The elements of a page, its text and where its links lead."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[tuple[str, str]] = []
        self.attributes: dict[str, dict[str, str | None]] = {}
        self._text: list[str] = []
        self.feed(source)

    @property
    def text(self) -> str:
        return "".join(self._text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.setdefault(tag, dict(attrs))
        if tag == "a":
            self.links.append((str(dict(attrs)["href"]), ""))

    def handle_data(self, data: str) -> None:
        self._text.append(data)
        if self.links and not self.links[-1][1]:
            self.links[-1] = (self.links[-1][0], data)


def test_the_html_has_a_language_headings_and_links_with_words_and_loads_nothing() -> None:
    page = Page(part(composed(letter()), "html"))
    assert page.attributes["html"] == {"lang": "nl"}
    assert page.tags.count("h1") == 1
    assert page.tags.count("h2") == 2
    assert page.tags.count("li") == 4
    assert page.links == [
        (LINK, "Vragenlijst openen"),
        ("mailto:anna@bureau.example", "anna@bureau.example"),
        ("https://onderzoek.example/privacy/samen", "Privacyverklaring"),
        (f"{LINK}/no-more-mail", "Geen mail meer ontvangen"),
    ]
    assert f"Vragenlijst openen ({LINK})" in page.text
    assert not {"img", "script", "link", "iframe", "form", "table"} & set(page.tags)


def test_what_is_written_is_text_and_no_markup() -> None:
    words = MailWords("<b>{name}</b>", "<script>alert(1)</script> {name} {link}\n\n# Kop <i>\n\n- een\n- {role}")
    page = Page(render(letter(words, name="<img src=x>", role='"><a href=//elders>', link='"><b>')).html)
    assert not {"script", "img", "b", "i"} & set(page.tags)
    assert [href for href, _ in page.links] == ['"><b>']
    assert "<script>alert(1)</script> <img src=x>" in page.text


_NAMES = st.text(min_size=1, max_size=60)


@tries(100)
@given(to=_NAMES, sender=_NAMES, title=_NAMES)
@example(to="Bram\r\nBcc: dirk@elders.example", sender="Bureau\nX: y", title="Samen\r\n\r\n<script>")
@example(to='Jansen, "Zoë" (secretaris) <x@y>', sender="=?utf-8?q?Bcc?=", title="=?utf-8?b?w6k=?= é")
@example(to="é" * 200, sender="Samenwerkingsverband " * 9, title="000000000000000000000¡¡¡¡¡ ¡")
@example(to="\\", sender='"', title="x" * 190)
def test_whatever_people_are_called_the_message_has_the_same_headers_and_says_so(
    to: str, sender: str, title: str
) -> None:
    found = letter(to=to, sender=sender, name=to, title=title)
    message = message_from_bytes(compose(found, message_id="<1@bureau.example>", at=AT).as_bytes())
    assert sorted(name.lower() for name in message) == sorted(HEADERS)
    for header, name, address in (("To", to, "bram@almelo.example"), ("From", sender, "post@bureau.example")):
        shown, written = parseaddr(message[header])
        assert written == address
        assert read(shown) == as_written(name)
    assert read(message["Subject"]) == as_written(f"Uitnodiging: {one_line(title)}")


def read(header: str) -> str:
    """As mail programs read it: adjacent encoded words are one (RFC 2047, 6.2)."""
    return " ".join(str(make_header(decode_header(header))).split())


def as_written(words: str) -> str:
    return one_line(words).replace("=?", "= ?")


@tries(100)
@given(st.text(max_size=300))
def test_any_text_comes_through(body: str) -> None:
    found = letter(MailWords("Hallo", body))
    message = composed(found)
    assert part(message, "plain").split() == render(found).text.split()
    assert part(message, "html").split() == render(found).html.split()


@pytest.mark.parametrize("purpose", PLACES)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_our_words_are_filled_in_entirely(purpose: str, language: str) -> None:
    rendered = render(letter(purpose=purpose, language=language))
    assert not set("{}") & set(rendered.subject + rendered.text + rendered.html)


def test_a_domain_of_other_letters_is_written_as_servers_take_it() -> None:
    assert deliverable("bram@gemeente-één.example") == "bram@xn--gemeente-n-j7aa.example"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "bram",
        "@almelo.example",
        "bram@",
        "bram@almelo.example, dirk@elders.example",
        "bram@almelo.example\r\nBcc: dirk@elders.example",
        "bram de vries@almelo.example",
        "bräm@almelo.example",
        "bram@almelo..example",
        "<bram@almelo.example>",
        "bram@[127.0.0.1]",
        ".bram@almelo.example",
        "a@b@almelo.example",
    ],
)
def test_an_address_that_no_mail_can_go_to_is_refused(address: str) -> None:
    with pytest.raises(InvalidContent, match="unusable-email"):
        compose(letter(address=address), message_id="<1@bureau.example>", at=AT)


@tries(300)
@given(st.text(alphabet=st.sampled_from('abé@.<>,;: \r\n\t"()[]\\ @@'), max_size=20))
def test_an_address_is_one_or_is_refused(address: str) -> None:
    try:
        message = composed(letter(address=address))
    except InvalidContent:
        return
    [mailbox] = message["To"].addresses
    assert mailbox.addr_spec == deliverable(address)
    assert {name.lower() for name in message} == HEADERS
