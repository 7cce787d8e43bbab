"""The public first page of an open link, under ``/o/<token>``: who follows it says who they are and goes on to ``/r``.

One cookie per link, so that the same device goes on with the same answers. A GET never changes anything.
"""
