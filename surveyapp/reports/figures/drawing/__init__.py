"""Figures drawn with matplotlib, for the worker only. Start at ``drawn``."""
