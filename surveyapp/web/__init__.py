"""Pages and forms: one room per act of an audience, on a skeleton that declares who may come in.

Every view carries ``guard.needs`` or ``guard.public``; a request has one database session (``database.session``); the
view commits once. ``surveyapp.app`` knows the rooms.
"""
