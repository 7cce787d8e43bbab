"""The door for the demonstration: three invented studies, made by the same verbs that people use.

Every person and every sentence in it is made up; the municipalities are real, their scores are not.
"""
