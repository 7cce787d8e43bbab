"""Which of many texts meet a search, and which of their words to mark."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from itertools import chain

from surveyapp.analysis.searching.stems import alike, head
from surveyapp.analysis.searching.terms import Manner, Search, Term
from surveyapp.analysis.searching.words import Word, placed, words


class Texts:
    """Texts in these languages (``nl``, ``en``), taken apart once to be searched more than once.

    A word of a search is compared with the words that occur, and not with every text: ten thousand answers take a
    fraction of a second. Texts are known by their place among those given, from 0.
    """

    def __init__(self, texts: Iterable[str], languages: Collection[str]) -> None:
        self.texts = list(texts)
        self.languages = tuple(sorted(languages))

    @cached_property
    def words(self) -> list[tuple[str, ...]]:
        """The words of each text in their order."""
        return [words(text) for text in self.texts]

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Every word that occurs, with the texts that it stands in."""
        found: dict[str, list[int]] = defaultdict(list)
        for place, inside in enumerate(self.words):
            for word in set(inside):
                found[word].append(place)
        return dict(found)

    @cached_property
    def _by_head(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for word in self.places:
            found[head(word)].append(word)
        return found

    def part(self, places: Sequence[int]) -> "Texts":
        """Some of the texts, taken apart already."""
        found = Texts((self.texts[place] for place in places), self.languages)
        found.words = [self.words[place] for place in places]
        return found

    def find(self, search: Search) -> list[int]:
        """The texts that meet the search, in their order."""
        met = set(range(len(self.texts)))
        for term in search.terms:
            holding = self._holding(term)
            met = met - holding if term.without else met & holding
        return sorted(met)

    def forms(self, word: str) -> frozenset[str]:
        """The words that occur and are forms of this one."""
        return self._matching(word, Manner.FORMS)

    def having(self, any_of: Iterable[str]) -> set[int]:
        """The texts in which one of these words stands."""
        return set(chain.from_iterable(self.places[word] for word in any_of))

    def _holding(self, term: Term) -> set[int]:
        """The texts in which the words of the term stand, one after the other."""
        matching = [self._matching(word, manner) for word, manner in zip(term.words, _manners(term), strict=True)]
        holding = set.intersection(*(self.having(each) for each in matching))
        if len(matching) == 1:
            return holding
        if term.manner is Manner.EXACT:
            phrase = _spaced(term.words)
            return {place for place in holding if phrase in _spaced(self.words[place])}
        return {place for place in holding if _runs(self.words[place], matching)}

    def _matching(self, word: str, manner: Manner) -> frozenset[str]:
        if manner is Manner.EXACT:
            return frozenset({word} & self.places.keys())
        if manner is Manner.BEGINNING:
            return frozenset(each for each in self.places if each.startswith(word))
        return frozenset(each for each in self._by_head.get(head(word), ()) if alike(word, each, self.languages))


def marked(text: str, search: Search, languages: Collection[str]) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it was looked for; together they are the text."""
    inside = placed(text)
    order = tuple(sorted(languages))
    spans = sorted(span for term in search.wanted for span in _spans(inside, term, order))
    pieces, end = [], 0
    for start, stop in _merged(spans):
        pieces += [(text[end:start], False), (text[start:stop], True)]
        end = stop
    return [piece for piece in (*pieces, (text[end:], False)) if piece[0]]


def _spans(inside: Sequence[Word], term: Term, languages: Sequence[str]) -> list[tuple[int, int]]:
    occurring = {word.folded for word in inside}
    matching = [
        {each for each in occurring if _fits(each, word, manner, languages)}
        for word, manner in zip(term.words, _manners(term), strict=True)
    ]
    last = len(matching) - 1
    runs = _runs([word.folded for word in inside], matching)
    return [(inside[first].start, inside[first + last].end) for first in runs]


def _fits(word: str, wanted: str, manner: Manner, languages: Sequence[str]) -> bool:
    if manner is Manner.EXACT:
        return word == wanted
    return word.startswith(wanted) if manner is Manner.BEGINNING else alike(wanted, word, languages)


def _spaced(words: Iterable[str]) -> str:
    return f" {' '.join(words)} "


def _manners(term: Term) -> list[Manner]:
    """How each word of a term is compared: of ``e-mail*`` only the last is a beginning."""
    if term.manner is Manner.BEGINNING:
        return [*[Manner.FORMS] * (len(term.words) - 1), Manner.BEGINNING]
    return [term.manner] * len(term.words)


def _runs(order: Sequence[str], matching: Sequence[Collection[str]]) -> list[int]:
    """Where words begin that match one after the other."""
    return [
        first
        for first in range(len(order) - len(matching) + 1)
        if all(order[first + step] in each for step, each in enumerate(matching))
    ]


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sorted spans, those that overlap made one."""
    found: list[tuple[int, int]] = []
    for start, end in spans:
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
