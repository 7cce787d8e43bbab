"""Everything that changes something: one function per verb, audited, flushed, never committed.

The door that calls a verb commits once. ``by`` is the user who acts, None for the installation itself.
"""
