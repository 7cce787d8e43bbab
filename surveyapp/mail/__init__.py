"""Mail: its words, the places in them, the message made of both, the server it goes to and what that sends back.

It knows neither a database nor a page: who gets what, and when, is decided elsewhere.
"""
