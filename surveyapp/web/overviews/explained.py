"""What each number on a page means and how it is worked out, in a few sentences for who is no statistician."""

from typing import Final

from surveyapp.web.words import N_, _

_EXPLAINED: Final = {
    "n": (
        N_("n"),
        N_(
            "The number of people with a score. Who chose “don’t know” or “not applicable” or skipped everything "
            "is not in it."
        ),
    ),
    "mean": (
        N_("Mean"),
        N_(
            "The mean of the answers, each person counting once. Of a theme first the mean of each person’s "
            "answers, for who answered at least half of the statements."
        ),
    ),
    "region": (
        N_("Region"),
        N_(
            "The mean of the municipalities, each counting once, however many people answered there. Other "
            "organisations are compared with the region and are not part of it."
        ),
    ),
    "balanced": (
        N_("Every role weighing the same"),
        N_(
            "First the mean of each role, then the mean of those. There is no such score where a role that was "
            "invited did not answer."
        ),
    ),
    "bounds": (
        N_("Bounds"),
        N_(
            "What the mean would be if everybody who did not answer had given the lowest, and the highest, "
            "answer. Of all roles together: of the score in which every role weighs the same."
        ),
    ),
    "agreement": (
        N_("Agreement"),
        N_(
            "From −1 (two opposite camps) by 0 (evenly spread) to 1 (everybody the same). Not given for fewer "
            "than four answers."
        ),
    ),
    "gap": (
        N_("Difference"),
        N_(
            "Within each organisation the mean of the first role minus that of the second; then the mean of those"
            " differences. Only organisations in which both answered count."
        ),
    ),
    "delta": (
        N_("Cliff’s delta"),
        N_(
            "From −1 to 1: how much more often somebody of the first role scores above somebody of the second "
            "than below. Up to 0.15 is negligible, up to 0.33 small, up to 0.47 medium, above that large."
        ),
    ),
    "direction": (
        N_("Same direction"),
        N_("In how many organisations the difference points the same way as the mean difference."),
    ),
    "order": (
        N_("Order"),
        N_(
            "Organisations that look alike stand together in the order by likeness. They are never ordered by "
            "height: with so few people that would be a list of chance."
        ),
    ),
    "importance": (
        N_("Importance"),
        N_(
            "The mean of the answers to the question how important this is, laid beside the "
            "score and never mixed with it."
        ),
    ),
    "quarters": (
        N_("Quarters"),
        N_("The lines stand at the means of the points. What lies above in importance and left in score comes first."),
    ),
    "tiles": (
        N_("Tiles"),
        N_(
            "Every organisation has a tile of the same size, about where it lies, so that a large area "
            "does not weigh more."
        ),
    ),
    "response": (
        N_("Answered"),
        N_("Who sent in any answer, of who were invited. There is no share where people came through an open link."),
    ),
    "crossed": (
        N_("Not crossed"),
        N_("Organisation and role are never shown at once: in most organisations that would be one person."),
    ),
    "change": (N_("Change"), N_("The later mean minus the earlier one, of the statements that were asked in both.")),
    "change_bounds": (
        N_("Bounds of the change"),
        N_("The least and the most that it can have been, whatever those who did not answer think in either wave."),
    ),
    "interval": (
        N_("Interval"),
        N_(
            "Within which the change lies, 95 times out of 100, if who answered were drawn at random; only from ten "
            "people in each wave. The two waves count as different people, which is careful."
        ),
    ),
    "verdict": (
        N_("Verdict"),
        N_("It is called a change from half a point on a scale of five, or where the bounds leave no change out."),
    ),
    "trend": (
        N_("Not to be compared"),
        N_("A statement that was worded otherwise is another statement, unless the questionnaire says why it goes on."),
    ),
    "median": (
        N_("Median"),
        N_("The answer in the middle when all stand in a row; with two in the middle their mean."),
    ),
    "top": (
        N_("Two highest answers"),
        N_("The share of the two highest points among all who chose a point of the scale."),
    ),
    "limits": (
        N_("Limits of that share"),
        N_(
            "Between what shares it can lie in the whole group that was invited, if who answered were drawn at random "
            "(95 times out of 100; exact for small groups). Where nearly everybody answered they lie close together."
        ),
    ),
    "mean_interval": (
        N_("Interval of the mean"),
        N_(
            "The same for the mean: from ten people on, and not where everybody answered or all answers are alike. "
            "The bounds need no such assumption, and come first."
        ),
    ),
    "distance": (
        N_("Distance from the median"),
        N_(
            "By how many points answers differ from the middle one on average. Above 0.8 people see it clearly "
            "otherwise; with few people that happens by chance too, so it is something to ask about and no finding."
        ),
    ),
    "agreeing": (
        N_("In words"),
        N_(
            "Of one mind: answers lie close to the middle one. Divided: as far from it as when every answer is given "
            "equally often. In two camps: as far, and at both ends. Mixed: in between. Not given for fewer than four "
            "answers, and with so few people something to talk about, never a finding."
        ),
    ),
    "shrunken": (
        N_("Careful estimate"),
        N_(
            "The mean drawn towards the region, further where few people answered and answers differ. Beside it how "
            "likely it is that this organisation lies below the region."
        ),
    ),
    "band": (
        N_("Band"),
        N_("In which part of the scale the mean lies. It says how far things are on average, not what is in place."),
    ),
    "edge": (
        N_("On the edge"),
        N_("The mean lies within a tenth of another band, or those who did not answer could bring it there."),
    ),
    "level": (
        N_("Level"),
        N_(
            "Reached when every statement of this level and of those below scores at least 3.5: the weakest one counts."
        ),
    ),
    "complete": (
        N_("Answered all of them"),
        N_(
            "Who gave a mark to every statement of the theme. Who was not asked them all, or answered “don’t know” "
            "to one, is not among them, so that this can be far fewer than answered."
        ),
    ),
    "alpha": (
        N_("Alpha"),
        N_(
            "How far people who score high on one statement score high on the others too: 1 is always, about 0 is "
            "hardly ever. With its interval (95 times out of 100), as it is rough with few people. Only from thirty "
            "people and three statements on."
        ),
    ),
    "omega": (
        N_("Omega"),
        N_(
            "The same, where statements may weigh differently. Only from a hundred people on, and only where one thing "
            "lies behind all statements."
        ),
    ),
    "icc1": (
        N_("ICC(1)"),
        N_(
            "Which part of all differences in answers lies between organisations rather than between colleagues. Near "
            "0 the organisation tells nothing; below 0 organisations differ less than by chance."
        ),
    ),
    "icc2": (
        N_("ICC(2)"),
        N_(
            "How far the means of organisations can be relied on when they are compared. Below 0.5 more than half of "
            "the differences between those means is chance; 0.7 is what is usually asked."
        ),
    ),
    "spread": (
        N_("Spread of the answers"),
        N_(
            "The share of each answer among those who chose a point of the scale. Don’t know and not applicable "
            "stand apart and do not count in the shares. They are of people and not of "
            "municipalities, so they can be shown where a mean of municipalities may not be."
        ),
    ),
}


def explained(*names: str) -> list[tuple[str, str]]:
    """Term and meaning, in the language of the page."""
    return [(_(term), _(meaning)) for term, meaning in (_EXPLAINED[name] for name in names)]
