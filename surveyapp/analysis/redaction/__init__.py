"""What looks personal in Dutch text: found by rules that can be read, suggested to a person, never decided here.

Patterns with a check where there is one, the names that a study knows, and functions that only one person has. What
tells who somebody is by what happened to them is found by no rule: a person reads every text before it is quoted.
"""
