"""A study that was kept in CSV files: who was invited, what they answered and, if need be, what was asked.

Start at ``study.read``. All faults of all files are found together, each with its line and what to do about it.
"""
