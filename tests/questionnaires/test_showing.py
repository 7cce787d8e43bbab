"""An author is told what is wrong with a condition."""

from pathlib import Path

import pytest

from tests.questionnaires.mistakes import Mistake, judge

TOUR = "when: {answer: came, is: yes}"
BETTER = "when: {answer: tour, at_most: 5}"
MISTAKES = (
    Mistake(
        "skipped_section",
        "      - key: guide_2\n",
        "      - key: guide_2\n        when: {role: official}\n",
        "a scored question says under 'roles' who gets it",
    ),
    Mistake(
        "follow_up", TOUR, "when: {answer: came}", "does not say what the answer to 'came' must be: add is, at_least"
    ),
    Mistake("follow_up", TOUR, "when: {answer: come, is: yes}", "question 'come' does not exist: correct the key"),
    Mistake("follow_up", TOUR, "when: {answer: tour, is: 5}", "question 'tour' cannot look at its own answer"),
    Mistake(
        "follow_up",
        TOUR,
        "when: {answer: tell, is: yes}",
        "question 'tell' comes later (line 38): a condition looks at",
    ),
    Mistake(
        "follow_up", TOUR, "when: {answer: came, is: maybe}", "'maybe' is no answer to 'came': choose from yes, no"
    ),
    Mistake("follow_up", TOUR, "when: {answer: came, is: [yes, maybe]}", "'maybe' is no answer to 'came'"),
    Mistake("follow_up", TOUR, "when: {answer: came, at_least: 1}", "are no numbers: write `is` or `given` instead of"),
    Mistake("follow_up", TOUR, "when: {answer: came, is: true}", "'is' is read as the value 'true' and not as text"),
    Mistake("follow_up", TOUR, "when: {answer: came, is: []}", "'is' is empty: write at least one"),
    Mistake("follow_up", TOUR, "when: {answer: came, given: soms}", "'given' is 'soms': write true or false"),
    Mistake("follow_up", TOUR, "when: {answer: came, iss: yes}", "'iss' is not known here: did you mean 'is'?"),
    Mistake("follow_up", TOUR, "when: yes", "a condition looks at one thing: write one of answer, role"),
    Mistake("follow_up", TOUR, "when: {}", "a condition looks at one thing: write one of answer, role"),
    Mistake("follow_up", TOUR, "when: {role: governor, kind: provider}", "a condition looks at one thing"),
    Mistake("follow_up", TOUR, "when: {not: {rol: governor}}", "write one of answer, role, organisation, kind, all"),
    Mistake("follow_up", TOUR, "when: {all: []}", "'all' is empty: write at least one"),
    Mistake("follow_up", TOUR, "when: {all: {role: governor}}", "'all' needs a list: start every item with a hyphen"),
    Mistake("follow_up", TOUR, "when: {any: [{role: mayor}]}", "role 'mayor' does not exist: add it to 'roles'"),
    Mistake("follow_up", TOUR, "when: {kind: municipalty}", "'kind' is 'municipalty': choose 'municipality'"),
    Mistake(
        "follow_up", TOUR, "when:\n          not:\n            kind: town", "'kind' is 'town': choose", "kind: town"
    ),
    Mistake(
        "follow_up",
        TOUR,
        "when:\n          all:\n            - answer: came\n              is: yes\n            - answer: came\n"
        "              is: often",
        "'often' is no answer to 'came'",
        "is: often",
    ),
    Mistake("follow_up", BETTER, "when: {answer: tour, is: 7.5}", "'7.5' is no answer to 'tour': choose from 1, 2"),
    Mistake("follow_up", BETTER, "when: {answer: tour, is: dk}", "'dk' is no answer to 'tour'"),
    Mistake("follow_up", BETTER, "when: {answer: tour, at_most: vijf}", "'at_most' is 'vijf': write a number"),
    Mistake(
        "skipped_section",
        "when: {answer: guided, is: yes}",
        "when: {answer: guide_1, is: 4}",
        "stands in this very section",
    ),
    Mistake(
        "skipped_section",
        "when: {answer: guided, is: yes}",
        "when: {answer: hours, given: true}",
        "comes later (line 53)",
    ),
    Mistake(
        "skipped_section",
        "when: {role: official}",
        "when: {answer: guide_1, is: 6}",
        "choose from 1, 2, 3, 4, 5, dk, na",
    ),
    Mistake(
        "skipped_section",
        "      - key: remark\n",
        "      - key: remark\n        when: {answer: hours, is: 3}\n",
        "answers to 'hours' have no codes to name: write at_least, at_most or given",
    ),
    Mistake(
        "information",
        "      - key: price\n",
        "      - key: price\n        when: {answer: reading, given: true}\n",
        "'reading' is an information block, which has no answer: name a question",
    ),
    Mistake(
        "text",
        "      - key: job\n",
        "      - key: job\n        when: {answer: story, is: goed}\n",
        "answers to 'story' have no codes to name: write given",
    ),
    Mistake(
        "consent",
        "      - key: quote\n",
        "      - key: quote\n        when: {answer: terms, is: no}\n",
        "'no' is no answer to 'terms': choose from yes",
    ),
    Mistake(
        "skipped_section",
        "      - key: guide_2\n",
        "      - key: guide_2\n        when: {answer: guide_1, at_least: 3}\n",
        "a scored question cannot depend on an answer, because a theme score needs the same questions for everyone",
    ),
    *(
        Mistake(
            "skipped_section",
            "      - key: guide_2\n",
            f"      - key: guide_2\n        when: {{{where}}}\n",
            "a scored question cannot depend on the organisation or its kind, because a theme score needs the same",
        )
        for where in ("kind: municipality", "organisation: GM0014", "not: {kind: provider}")
    ),
    Mistake(
        "skipped_section",
        "  - key: end\n    title: {nl: Tot slot, en: Finally}\n    questions:\n",
        "  - key: end\n    title: {nl: Tot slot, en: Finally}\n    theme: welcome\n    questions:\n"
        "      - key: end_1\n        kind: scale\n        scale: agree\n"
        "        text: {nl: Het was leuk., en: It was fun.}\n",
        "theme 'welcome' has more sections, and a theme score needs the same questions",
        "when: {answer: guided",
    ),
)


@pytest.mark.parametrize("mistake", MISTAKES, ids=str)
def test_a_mistake_in_a_condition_is_told(mistake: Mistake, tmp_path: Path) -> None:
    judge(mistake, tmp_path)


ALLOWED = (
    Mistake("follow_up", TOUR, "when: {answer: came, is: yes, given: true}", ""),
    Mistake("follow_up", BETTER, "when: {answer: tour, is: [1, 2]}", ""),
    Mistake("mark", "      - key: garden\n", "      - key: garden\n        when: {answer: coffee, is: 7.5}\n", ""),
    Mistake("mark", "      - key: garden\n", "      - key: garden\n        when: {answer: guide, is: dk}\n", ""),
    Mistake(
        "skipped_section",
        "      - key: guide_2\n",
        "      - key: guide_2\n        purpose: opinion\n        when: {answer: guide_1, at_least: 3}\n",
        "",
    ),
)


@pytest.mark.parametrize("change", ALLOWED, ids=lambda change: change.new)
def test_a_condition_that_looks_back_at_answers_that_exist_is_right(change: Mistake, tmp_path: Path) -> None:
    assert change.told(tmp_path) == []
