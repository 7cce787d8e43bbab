"""What is expected, written out: nothing here is read from the policy itself.

**A new route needs nothing here** when it stands in a room that is named below, declares one of that room's
permissions, and its arguments have names of this list. Otherwise:

- a new room (blueprint): a line in ``ROOMS`` with the permissions that its views may declare;
- a view that anybody may open: its room or name in ``PUBLIC``, or what its address begins with in ``DOORS``;
- a view about the visitor's own account: ``@own_account``, at an address that begins with ``/account``;
- an argument that names a row: call it after its table (``invitee``, ``mailing``), or add it to ``TABLES``;
- an argument that is a word: add one that exists to ``WORDS``;
- a page of something that stands after the question mark of its address: ``AFTER_THE_MARK``;
- a page for who has a right for one organisation, or in one study, that shows no more than that: ``NARROWED``.
"""

from typing import Final

_READS: Final = {"evaluation:read"}
_LEADS: Final = {
    "evaluation:read",
    "evaluation:set-up",
    "evaluation:delete",
    "staff:manage",
    "response:monitor",
    "results:analyse",
    "interview:prepare",
    "answers:read",
    "answers:export",
    "invitation:manage",
    "mail:send",
    "response:enter",
    "wave:close",
    "results:publish",
    "act:approve",
    "personal-data:manage",
    "job:manage",
    "log:read",
    "answers:code",
    "finding:write",
    "review:manage",
    "report:write",
    "publication:read",
    "publication:read-own",
}
ROLES: Final[dict[str, set[str]]] = {
    "owner": _LEADS | {"evaluation:create", "installation:manage"},
    "researcher": _LEADS,
    "interviewer": _READS | {"interview:prepare"},
    "project_lead": _READS | {"publication:read"},
    "municipality_reader": _READS | {"publication:read-own"},
    "auditor": _READS | {"log:read"},
}
OF_ONE_ORGANISATION: Final = {"interviewer", "municipality_reader"}

ROOMS: Final[dict[str, set[str]]] = {
    "evaluations": {"evaluation:read", "wave:close", "results:publish", "evaluation:create"},
    "set_up": {"evaluation:set-up", "evaluation:create"},
    "people": {"invitation:manage"},
    "open_links": {"invitation:manage"},
    "mail": {"mail:send"},
    "letters": {"invitation:manage"},
    "monitor": {"response:monitor"},
    "count_links": {"response:monitor"},
    "entry": {"response:enter"},
    "excluding": {"response:enter"},
    "paper_forms": {"response:enter"},
    "results": {"results:analyse"},
    "open_answers": {"answers:read", "interview:prepare"},
    "interviews": {"interview:prepare"},
    "themes": {"answers:code"},
    "findings": {"finding:write"},
    "recommendations": {"finding:write"},
    "reviews": {"review:manage"},
    "thread": {"finding:write", "publication:read", "publication:read-own"},
    "publication": {"publication:read", "publication:read-own"},
    "reports": {"publication:read", "publication:read-own", "report:write"},
    "releases": {"results:publish", "log:read"},
    "own": {"publication:read", "publication:read-own"},
    "pictures": {"results:analyse", "interview:prepare", "publication:read", "publication:read-own"},
    "staff": {"staff:manage"},
    "users": {"installation:manage"},
    "jobs": {"job:manage", "installation:manage"},
    "log": {"log:read"},
    "privacy": {"personal-data:manage"},
    "approvals": {"act:approve", "results:publish", "answers:export", "evaluation:delete"},
    "asking": {"results:publish", "answers:export", "evaluation:delete"},
}
"""Room -> the permissions that its views may declare: whoever has none of them has no business there."""

PUBLIC: Final = {
    *(
        "static",
        "pages",
        "house_style",
        "respond",
        "open_link",
        "colleague",
        "copy",
        "paper",
        "count",
        "privacy_of_study",
        "review",
        "public",
    ),
    *("account.home", "evaluations.index", "pictures.public"),
}
"""Rooms, and single views, that anybody may open."""
DOORS: Final = {"sign-in", "sign-out", "password", "demonstration"}
"""What the addresses begin with at which one comes in and goes out."""
OWN_ACCOUNT: Final = "account"
"""What the addresses begin with of pages about the visitor's own account."""
NARROWED: Final = {"thread.index", "thread.bead", "reports.index", "interviews.index", "open_answers.index"} | {
    f"interviews.{view}"
    for view in (
        *("planned", "conversation", "keep_notes", "add_reference", "arrange", "set_state", "appointment"),
        *("add_participant", "remove_participant", "report"),
    )
}
"""Pages that show no more than the organisations, or the studies, for which the visitor has the permission."""

WORDS: Final[dict[str, str]] = {
    "theme": "t1",
    "question": "t1_1",
    "other": "t1_weight",
    "section": "first",
    "reports.section": "summary",
    "role": "governor",
    "digest": "d" * 64,
    "letters.digest": "e" * 64,
    "language": "nl",
    "purpose": "invitation",
    "spoken": "nl",
    "key": "seven-habits",
    "version": "1",
    "reviews.what": "link",
    "thread.kind": "finding",
    "thread.key": "1",
}
TABLES: Final[dict[str, str]] = {
    "open_links.number": "open_link",
    "set_up.number": "membership",
    "mail.number": "mailing",
    "approvals.number": "approval",
    "releases.number": "merger",
    "themes.number": "code",
    "people.number": "invitation",
    **dict.fromkeys(("people.preview.number", "people.let_in.number", "people.discard.number"), "people_file"),
    "people.progress.number": "people_file.job_id",
    "privacy.number": "delegation",
    "reviews.reader": "reviewer",
    "excluding.invitation": "receipt.invitation_id",
    "count_links.number": "count_link",
    "jobs.number": "job",
    "staff.number": "grant",
    "staff.send_link.number": "grant.user_id",
    "users.number": "user",
    "link": "count_link",
    "file": "people_file",
}
"""Argument, or room, or view, and argument -> the table whose row it names, where it is not called after that table;
or the column that holds the number."""

AFTER_THE_MARK: Final = {"themes.one", "themes.release"}
"""Views that find nothing by their path alone: whoever may open them is told so."""
