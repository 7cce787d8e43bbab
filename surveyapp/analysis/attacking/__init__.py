"""Somebody who has everything that was handed out, and works out what single people answered.

Independent of ``analysis.disclosure`` on purpose: nothing here imports it, nor shares a method with it. It starts from
what was printed and knows what every reader of the public method knows. Three attacks: combinations of numbers that are
about too few people (null space), intervals that are too narrow (linear programmes), and whole answers that fit
(exhaustive search, integer programmes).
"""

from surveyapp.analysis.attacking.attack import attack
from surveyapp.analysis.attacking.facts import Fact, Hidden, Leftover, Reading
from surveyapp.analysis.attacking.finding import Finding
from surveyapp.analysis.attacking.knowledge import Crowd, Demands, Knowledge

__all__ = ["Crowd", "Demands", "Fact", "Finding", "Hidden", "Knowledge", "Leftover", "Reading", "attack"]
