"""Means so near an end of the scale that they say what everybody answered."""


def narrowest(mean: float, share: float, highest: int) -> float:
    """What remains unknown of the answer of the one who weighs most, in scale points.

    A mean of answers in 1..``highest`` with weights that add up to 1, of which this person has ``share``, allows that
    person every answer between (mean - (1 - share) highest) / share and (mean - (1 - share)) / share. For n = 5 on
    five points the means from 1.40 to 4.60 leave 2 points.
    """
    lower = max(1.0, (mean - (1 - share) * highest) / share)
    upper = min(float(highest), (mean - (1 - share)) / share)
    return upper - lower


def narrowest_of_gap(gap: float, share: float, highest: int) -> float:
    """The same for a difference of two means; ``share`` counts half of each side.

    With the second side's answers turned round, half the gap plus the middle of the scale is a mean of both.
    """
    return narrowest((gap + highest + 1) / 2, share, highest)
