"""Signing in and out, and looking after one's own account."""

from surveyapp.web.account import forgotten, identity, own, own_passkeys, second_step, two_steps, views, with_passkey
from surveyapp.web.account.room import account

__all__ = [
    "account",
    "forgotten",
    "identity",
    "own",
    "own_passkeys",
    "second_step",
    "two_steps",
    "views",
    "with_passkey",
]
