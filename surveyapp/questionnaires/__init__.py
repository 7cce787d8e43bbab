"""Content made into frozen, typed objects: frameworks, questionnaires and interview guides.

Knows neither a database nor a page. Start at ``library`` to load an ``Edition``, at ``checking`` to find every fault.
"""
