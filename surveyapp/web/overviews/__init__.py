"""The pages about results, the same for everybody: what they show is what their reader may see.

A page is a function of a ``Reader``: the research team with unprotected numbers, or somebody outside it with published
ones. Filters are in the address, choose among the numbers that are there, and never make new ones. Nothing here knows
where the numbers come from.
"""
