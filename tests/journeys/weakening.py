"""Attacks that have to notice when a step of the protection is weakened."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from surveyapp.analysis.attacking import Demands, attack
from surveyapp.analysis.attacking import finding as kinds
from surveyapp.analysis.disclosure import Policy, SafeResults, deciding, protect, protecting, release
from surveyapp.reports.csv_files import rounded
from surveyapp.reports.reading_back import read_all
from tests.analysis.attacking.generated import Generated, knowledge
from tests.analysis.disclosure.attacker import Attacker
from tests.analysis.disclosure.studies import written

LEAD, PUBLIC = Policy.of("lead"), Policy.of("public", threshold=6)
Attack = Callable[[Generated], set[str]]
"""What is found in the publications of a study: kinds of findings."""


def forget() -> None:
    """Decisions and searches that are remembered: made before the protection was weakened, or while it was."""
    for remembering in (deciding.decide, protecting._distributions, release._choices, release._by_ease):
        remembering.cache_clear()


# --- attacks --------------------------------------------------------------------------------------------------------


def exactly(made: Generated, *, policies: Sequence[Policy] = (LEAD, PUBLIC)) -> set[str]:
    """What follows exactly, whatever the answers: from one publication after the other and all together.

    Without the veto, which would hide a fault of the leak test.
    """
    published: list[SafeResults] = []
    for policy in policies:
        published.append(protect(made.results, replace(policy, width=0.0), published))
    return _linear(made, published) | _in_files(made, published, only={kinds.COMBINED, kinds.COUNTED})


def closely(made: Generated) -> set[str]:
    """What follows from the numbers of the project lead, decimals and whole answers included."""
    return _in_files(made, [protect(made.results, LEAD)])


def closely_in_turn(made: Generated) -> set[str]:
    """The same of what the project lead and then the public have."""
    lead = protect(made.results, LEAD)
    return _in_files(made, [lead, protect(made.results, Policy.of("public"), [lead])])


def with_roles(made: Generated) -> set[str]:
    """What follows exactly where roles inside organisations are shown."""
    return exactly(made, policies=[Policy("lead", role_split=True)])


def by_colleagues(made: Generated) -> set[str]:
    """Organisations that the public sees where everybody but one of a role could work that one out."""
    scores = protect(made.results, Policy.of("public", threshold=5)).scores
    shown = set(scores.loc[scores["suppressed"].eq("") & scores["role"].eq("all"), "organisation"]) - {"all"}
    sizes = Counter((one.organisation, one.role) for one in made.people)
    alone = {organisation for (organisation, _), number in sizes.items() if number == 1}
    return {"colleagues"} if shown & alone else set()


def example(*rows: dict[tuple[str, str], list[str]]) -> Attack:
    """What follows exactly for the project lead from any of these studies, instead of from a generated one."""

    def attack_it(_made: Generated) -> set[str]:
        found = set[str]()
        for each in map(written, rows):
            safe = protect(each.results, replace(LEAD, width=0.0))
            if next(each.attacker.leaks(safe.scores, safe.gaps, 5), None):
                found.add(kinds.COMBINED)
        return found

    return attack_it


def precisely(made: Generated) -> set[str]:
    """Numbers with more decimals than promised, as they stand in the frame."""
    scores = protect(made.results, LEAD).scores
    values = scores["mean"].dropna()
    return {kinds.TOO_PRECISE} if (values != values.round(2)).any() else set()


def at_the_ends(_made: Generated) -> set[str]:
    """What follows of seven people of whom nearly everybody gave the highest mark."""
    made = written({("A", "official"): ["5"] * 6 + ["4"], ("B", "official"): ["3"] * 4 + ["2", "4", "3", "3", "2"]})
    scores = protect(made.results, LEAD).scores
    own = scores[scores["organisation"].eq("A") & scores["key"].eq("g1_1")]["mean"].dropna()
    return {kinds.NARROW} if own.gt(5 - 2 / 7).any() else set()


def _linear(made: Generated, published: Sequence[SafeResults]) -> set[str]:
    assert made.results.basis is not None
    attacker = Attacker(made.people, made.questionnaire, frozenset(made.results.basis.region))
    scores, gaps = published[0].scores, published[0].gaps
    for later in published[1:]:
        scores, gaps = scores.combine_first(later.scores), gaps.combine_first(later.gaps)
    return {kinds.COMBINED} if next(attacker.leaks(scores, gaps, 5), None) else set()


def _in_files(made: Generated, published: Sequence[SafeResults], only: set[str] | None = None) -> set[str]:
    reading = read_all(
        (f"{number}/{name}.csv", rounded(frame).encode())
        for number, each in enumerate(published)
        for name, frame in (("scores", each.scores), ("gaps", each.gaps))
    )
    demands = Demands(one=0.0, group=0.0, values=0) if only else None
    found = {each.kind for each in attack(reading, knowledge(made.people, made.questionnaire, made.outside), demands)}
    return found & only if only else found
