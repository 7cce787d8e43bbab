"""Who took part, from the tallies: what the most suspicious attacker is given beside the files."""

from surveyapp.analysis.attacking.knowledge import Knowledge
from surveyapp.analysis.counts import Counts
from surveyapp.questionnaires.questionnaire import Questionnaire

Sizes = dict[tuple[str, str, str], int]


def known_to_all(counts: Counts, questionnaire: Questionnaire) -> Knowledge:
    """How many people answered what, per organisation and role; nothing of their marks."""
    invited = {
        (str(organisation), str(role)): int(number)
        for organisation, role, number in zip(
            counts.invited["organisation"], counts.invited["role"], counts.invited["invited"], strict=True
        )
    }
    sizes, asked, away = _of_items(counts)
    sizes |= _of_themes(counts, questionnaire)
    asked |= _asked_of_themes(asked, questionnaire)
    keys = {key for key, _, _ in sizes}
    could = {
        (key, organisation, role): number - away.get((key, organisation, role), 0)
        for key in keys
        for (organisation, role), number in invited.items()
    }
    return Knowledge(
        points=max(len(scale.points) for scale in questionnaire.scales),
        outside=frozenset(counts.organisations) - frozenset(counts.region),
        members={
            theme: tuple(item.key for item in questionnaire.scored_items(theme)) for theme in questionnaire.themes
        },
        sizes=sizes,
        could=could,
        asked=asked,
        put=_put(questionnaire),
    )


def _of_items(counts: Counts) -> tuple[Sizes, Sizes, Sizes]:
    """People with a mark, people who were asked, and people to whom a statement does not apply."""
    sizes: Sizes = {}
    asked: Sizes = {}
    away: Sizes = {}
    columns = (counts.items[name] for name in ("question", "organisation", "role", "answer", "count"))
    for key, organisation, role, answer, count in zip(*columns, strict=True):
        place = str(key), str(organisation), str(role)
        asked[place] = asked.get(place, 0) + int(count)
        if str(answer).isdigit():
            sizes[place] = sizes.get(place, 0) + int(count)
        elif answer == "na":
            away[place] = away.get(place, 0) + int(count)
    return sizes, asked, away


def _of_themes(counts: Counts, questionnaire: Questionnaire) -> Sizes:
    """People who answered at least half of what was put to their role."""
    put, sizes = _put(questionnaire), Sizes()
    columns = (counts.themes[name] for name in ("theme", "organisation", "role", "answered", "count"))
    for theme, organisation, role, answered, count in zip(*columns, strict=True):
        if answered and 2 * int(answered) >= put[str(theme), str(role)]:
            place = str(theme), str(organisation), str(role)
            sizes[place] = sizes.get(place, 0) + int(count)
    return sizes


def _asked_of_themes(asked: Sizes, questionnaire: Questionnaire) -> Sizes:
    """People to whom any statement of it was put: as many as to whom most were."""
    theme_of = questionnaire.theme_of
    found = Sizes()
    for (item, *place), people in asked.items():
        if item in theme_of:
            about = theme_of[item], place[0], place[1]
            found[about] = max(people, found.get(about, 0))
    return found


def _put(questionnaire: Questionnaire) -> dict[tuple[str, str], int]:
    return {
        (theme, role.key): len(questionnaire.scored_items(theme, role.key))
        for theme in questionnaire.themes
        for role in questionnaire.roles
    }
