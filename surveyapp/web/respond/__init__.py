"""The respondent's pages, under ``/r/<token>``: the link itself is the key, so there are no cookies and no form tokens.

A GET never changes anything, because mail scanners follow links.
"""
