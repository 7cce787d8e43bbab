"""What is wrong with a page as it stands in a browser, beyond what axe and the Nu checker see; as sentences."""

import re
from functools import cache
from typing import Final

from babel.messages.pofile import read_po
from playwright.sync_api import Page

from tests.journeys.filling import Keyboard
from tests.journeys.servers import ROOT

_CATALOGUE: Final = ROOT / "surveyapp/translations/nl/LC_MESSAGES/messages.po"
_PLACEHOLDER: Final = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
_TELLING: Final = 12
"""A piece of a sentence of at least so many characters is not in a page of another language by chance."""
SPACING: Final = (
    "* {line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important}"
    " p {margin-block-end: 2em !important}"
)
"""WCAG 1.4.12."""
LARGE: Final = "html {font-size: 200% !important}"
"""WCAG 1.4.4."""


def language_faults(page: Page, language: str) -> list[str]:
    """Its language is declared, and nothing on it is in the other one."""
    declared = page.evaluate("document.documentElement.lang")
    said = [" ".join(words.split()) for words in page.evaluate(_WORDS)]
    whole, pieces = _foreign(language)
    everything = "\n".join(said)
    found = [piece for piece in pieces if piece in everything]  # mostly none: then no words are searched one by one
    strange = [words for words in said if words in whole or any(piece in words for piece in found)]
    return [f"in another language: {words}" for words in strange] + (
        [] if declared == language else [f"declared to be in {declared}"]
    )


@cache
def _foreign(language: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Sentences of the catalogue as only the other language has them, and telling pieces of those that hold values."""
    spoken: dict[str, set[str]] = {"en": set(), "nl": set()}
    with _CATALOGUE.open("rb") as opened:
        for message in read_po(opened, locale="nl"):
            spoken["en"] |= _several(message.id)
            spoken["nl"] |= _several(message.string)
    other = "nl" if language == "en" else "en"
    ours = {piece for sentence in spoken[language] for piece in _pieces(sentence)}
    theirs = {piece for sentence in spoken[other] for piece in _pieces(sentence)} - ours
    return frozenset(spoken[other] - spoken[language]), tuple(piece for piece in theirs if len(piece) >= _TELLING)


def _several(words: str | list[str] | tuple[str, ...] | None) -> set[str]:
    return {" ".join(one.split()) for one in ([words] if isinstance(words, str) else words or ())} - {""}


def _pieces(sentence: str) -> list[str]:
    return [piece.strip(" .,:;()“”") for piece in _PLACEHOLDER.split(sentence)]


def order_faults(page: Page) -> list[str]:
    """One heading of the first level, one main part, no alert without a reason."""
    faults = []
    for what, wanted in (("h1", 1), ("main", 1), ("header", 1), ("footer", 1)):
        found = page.locator(what).count()
        if found != wanted:
            faults.append(f"{found} times {what}")
    if page.locator("#said").count() and page.get_attribute("#said", "role") != "status":
        faults.append("what the script says is not said politely")
    return faults


def link_faults(page: Page) -> list[str]:
    """A link within the page leads to something on it."""
    faults: list[str] = page.evaluate(_ASTRAY)
    return faults


def layout_faults(page: Page, style: str = "") -> list[str]:
    """With this style added: nothing scrolls sideways, is cut off, or lies over something else."""
    page.evaluate(
        "style => { const s = new CSSStyleSheet(); s.replaceSync(style); document.adoptedStyleSheets = [s]; }", style
    )
    faults: list[str] = page.evaluate(_LAYOUT)
    page.evaluate("document.adoptedStyleSheets = []")
    return [f"{fault}, with {style}" if style else fault for fault in faults]


def colour_faults(page: Page) -> list[str]:
    """With the visitor's own colours every control, mark of a mistake and progress is still drawn."""
    page.emulate_media(forced_colors="active")
    faults: list[str] = page.evaluate(_UNDRAWN)
    page.emulate_media(forced_colors="none")
    return faults


def motion_faults(page: Page) -> list[str]:
    """Nothing moves for who wants less movement."""
    page.emulate_media(reduced_motion="reduce")
    faults: list[str] = page.evaluate(_MOVING)
    page.emulate_media(reduced_motion="no-preference")
    return faults


def print_faults(page: Page) -> list[str]:
    """On paper there is nothing to press, and nothing is cut off."""
    page.emulate_media(media="print")
    faults: list[str] = page.evaluate(_PRESSED) + page.evaluate(_LAYOUT)
    page.emulate_media(media="screen")
    return [f"on paper: {fault}" for fault in faults]


def keyboard_faults(page: Page) -> list[str]:
    """With forced colours, Tab shows where one is on all of the page; the first stop leads past the head of it."""
    page.emulate_media(forced_colors="active")
    faults = []
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    try:
        stops = Keyboard(page, "nl").round()
        if stops < page.locator("footer a").count() + 2:
            faults.append(f"Tab stops {stops} times only")
    except AssertionError as hidden:
        faults.append(str(hidden))
    page.emulate_media(forced_colors="none")
    return faults


_TO_THE_TOP: Final = """() => {
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute('tabindex');
  scrollTo(0, 0);
}"""
"""Also out of a date, of which each part is a stop of Tab."""


def skip_faults(page: Page) -> list[str]:
    """The first stop of Tab is a link to the content, which is then seen; it moves the focus there."""
    page.evaluate(_TO_THE_TOP)
    page.keyboard.press("Tab")
    held = page.evaluate("[document.activeElement.className, document.activeElement.getBoundingClientRect().height]")
    page.keyboard.press("Enter")
    where = page.evaluate("document.activeElement.id")
    seen = "utrecht-skip-link" in held[0] and held[1] >= 24
    return [] if seen and where == "main" else [f"the skip link is {held} and leads to {where!r}"]


_SHOWN: Final = """
const shown = each => each.checkVisibility({visibilityProperty: true})
  && !each.closest('.visually-hidden, .utrecht-skip-link, [aria-hidden=true]')
  && getComputedStyle(each).clipPath === 'none';
const named = each => each.outerHTML.slice(0, 110);
"""
_WORDS: Final = """() => {
  const found = [document.title], all = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  const ours = each => each.closest('[lang]') === document.documentElement && !each.closest('script, style, template');
  while (all.nextNode()) if (ours(all.currentNode.parentElement)) found.push(all.currentNode.data);
  for (const each of document.querySelectorAll('*')) {
    if (!ours(each)) continue;
    for (const name of ['alt', 'title', 'aria-label', 'placeholder']) found.push(each.getAttribute(name) ?? '');
    if (each.id === 'kept') found.push(...Object.values(each.dataset));
  }
  return found.filter(words => words.trim());
}"""
_LAYOUT: Final = (
    "() => {"
    + _SHOWN
    + """
  const faults = [], boxes = [];
  if (document.documentElement.scrollWidth > document.documentElement.clientWidth) faults.push('scrolls sideways');
  for (const each of document.querySelectorAll('body *:not(input, select, option, textarea, progress, svg, svg *)')) {
    if (!shown(each) || each.closest('.scroll')) continue;
    const hides = getComputedStyle(each).overflow !== 'visible';
    const cut = each.scrollWidth > each.clientWidth + 1 || each.scrollHeight > each.clientHeight + 1;
    if (cut && (hides || each.matches('button')) && each.clientWidth) faults.push('cut off: ' + named(each));
  }
  const all = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (all.nextNode()) {
    const text = all.currentNode, parent = text.parentElement;
    if (!text.data.trim() || !shown(parent) || parent.closest('.kept, select, textarea, script, template')) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    for (const box of range.getClientRects()) if (box.width > 1) boxes.push([text, box]);
  }
  boxes.forEach(([one, a], number) => boxes.slice(number + 1).forEach(([other, b]) => {
    const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (one !== other && across > 2 && down > 5) faults.push(`over each other: ${one.data} | ${other.data}`);
  }));
  return faults;
}"""
)
_UNDRAWN: Final = (
    "() => {"
    + _SHOWN
    + """
  const clear = colour => colour === 'transparent' || /^rgba.*, 0[)]$/.test(colour);
  const drawn = each => {
    const style = getComputedStyle(each);
    const own = each.matches('[type=radio], [type=checkbox], select, progress') && style.appearance !== 'none';
    const line = ['Top', 'Right', 'Bottom', 'Left'].some(side => parseFloat(style[`border${side}Width`]) > 0
      && style[`border${side}Style`] !== 'none' && !clear(style[`border${side}Color`]));
    return own || line || (each.matches('button') && style.textDecorationLine.includes('underline'));
  };
  const controls = 'input:not([type=hidden]), select, textarea, button, progress, [class*=button-link--]';
  const marks = '.question--wrong, .utrecht-alert, .box, .marks label, .unprotected';
  return [...document.querySelectorAll(`:is(main, header) :is(${controls}, ${marks})`)]
    .filter(each => shown(each) && !drawn(each)).map(each => 'not drawn in forced colours: ' + named(each));
}"""
)
_MOVING: Final = """() => [...document.querySelectorAll('*')].flatMap(
  each => ['', '::before', '::after'].filter(part => {
    const style = getComputedStyle(each, part), lasts = time => parseFloat(time) > 0;
    return style.transitionDuration.split(', ').some(lasts) || style.scrollBehavior === 'smooth'
      || (style.animationName !== 'none' && style.animationDuration.split(', ').some(lasts));
  }).map(part => 'moves: ' + each.outerHTML.slice(0, 110) + part)
).concat(document.getAnimations().length ? ['something moves'] : [])"""
_ASTRAY: Final = """() => [...document.querySelectorAll('a[href^="#"]')]
  .filter(each => !document.getElementById(each.hash.slice(1))).map(each => 'leads nowhere: ' + each.hash)"""
_PRESSED: Final = """() => [...document.querySelectorAll('header nav, footer, main button, .kept')]
  .filter(each => each.checkVisibility()).map(each => 'shown: ' + each.outerHTML.slice(0, 110))"""
