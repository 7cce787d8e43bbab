"""Agreement about each code, and about all of them together."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from surveyapp.analysis.coding.alpha import alpha
from surveyapp.analysis.coding.kappa import Judgement, mean_kappa

Judged = Mapping[str, Collection[str]]
"""Who looked at a text -> the codes that they gave it, none where no code fits."""


@dataclass(frozen=True)
class CodeAgreement:
    """How far people agree whether a code fits, over the texts that two or more of them looked at."""

    code: str
    texts: int
    given: int
    """How many of all judgements say that it fits."""
    judgements: int
    agreement: float | None
    """The share of pairs of judgements of one text that are the same."""
    kappa: float | None
    alpha: float | None

    @property
    def prevalence(self) -> float | None:
        """The share of judgements that say that it fits: a rare code has a low kappa sooner."""
        return self.given / self.judgements if self.judgements else None


@dataclass(frozen=True)
class Agreement:
    """Of a number of texts that two or more people looked at; ``alpha`` takes the codes of a text as one category."""

    texts: int
    coders: tuple[str, ...]
    alpha: float | None
    codes: tuple[CodeAgreement, ...]
    disputed: tuple[tuple[str, tuple[str, ...]], ...]
    """The texts on which they differ, each with the codes that not all of them gave."""


def agreement(texts: Mapping[str, Judged], codes: Sequence[str]) -> Agreement:
    """``texts``: text -> what each person made of it; who did not look at it is not in it. Codes in their order."""
    shared = {key: judged for key, judged in texts.items() if len(judged) > 1}
    coders = tuple(sorted({coder for judged in shared.values() for coder in judged}))
    sets = [[_as_one(judged, coder) for coder in coders] for judged in shared.values()]
    disputed = ((key, _differing(judged, codes)) for key, judged in shared.items())
    return Agreement(
        len(shared),
        coders,
        alpha(sets),
        tuple(_of_code(code, shared, coders) for code in codes),
        tuple((key, differing) for key, differing in disputed if differing),
    )


def _of_code(code: str, shared: Mapping[str, Judged], coders: Sequence[str]) -> CodeAgreement:
    units = [[_fits(judged, coder, code) for coder in coders] for judged in shared.values()]
    told = [[each for each in unit if each is not None] for unit in units]
    pairs = [one == other for unit in told for one, other in combinations(unit, 2)]
    by_coder = list(zip(*units, strict=True))
    return CodeAgreement(
        code,
        len(units),
        sum(each is True for unit in told for each in unit),
        sum(map(len, told)),
        sum(pairs) / len(pairs) if pairs else None,
        mean_kappa(by_coder),
        alpha(units),
    )


def _fits(judged: Judged, coder: str, code: str) -> bool | None:
    return code in judged[coder] if coder in judged else None


def _as_one(judged: Judged, coder: str) -> Judgement:
    return frozenset(judged[coder]) if coder in judged else None


def _differing(judged: Judged, codes: Sequence[str]) -> tuple[str, ...]:
    return tuple(code for code in codes if len({code in given for given in judged.values()}) > 1)
