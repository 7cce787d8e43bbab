"""The door of a colleague to whom a respondent passed a section: that section, and nothing else."""
