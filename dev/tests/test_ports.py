"""A port that is taken is noticed."""

import socket

import pytest

from dev import ports


@pytest.fixture
def taken():
    with socket.socket() as server:
        server.bind((ports.HOST, 0))
        server.listen()
        yield server.getsockname()[1]


def test_a_taken_port_is_passed_over(taken):
    assert not ports.is_free(taken)
    assert ports.choose(taken) > taken


def test_no_free_port_is_a_failure(taken, monkeypatch):
    monkeypatch.setattr(ports, "ATTEMPTS", 1)
    with pytest.raises(ports.Failure, match="taken"):
        ports.choose(taken)


def test_a_port_is_free_again_after_its_server_closed_a_connection():
    with socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind((ports.HOST, 0))
        server.listen()
        port = server.getsockname()[1]
        with socket.create_connection((ports.HOST, port)):
            # The side that closes first is the one that lingers.
            server.accept()[0].close()
    assert ports.is_free(port)
