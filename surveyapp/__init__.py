"""Evaluate public cooperation with good-practice checklists."""

__version__ = "0.5.0"
