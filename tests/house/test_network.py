"""The guard that keeps tests on this machine guards."""

import socket

import pytest


def test_a_test_cannot_reach_another_machine() -> None:
    with socket.socket() as outward, pytest.raises(AssertionError, match="wants to connect"):
        outward.connect(("192.0.2.1", 80))


def test_a_test_reaches_this_machine() -> None:
    with socket.socket() as listening, socket.socket() as calling:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        calling.connect(listening.getsockname())
        assert calling.getpeername() == listening.getsockname()
