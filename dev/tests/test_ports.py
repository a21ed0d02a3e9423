"""Tests of the choice of ports."""

import socket

import pytest

from dev import ports


@pytest.fixture
def used_port():
    with socket.socket() as server:
        server.bind((ports.HOST, 0))
        server.listen()
        yield server.getsockname()[1]


def test_used_port_is_skipped(used_port):
    assert not ports.is_free(used_port)
    assert ports.choose(used_port) > used_port


def test_no_free_port(used_port, monkeypatch):
    monkeypatch.setattr(ports, "ATTEMPTS", 1)
    with pytest.raises(ports.Failure, match="in use"):
        ports.choose(used_port)


def test_port_is_free_after_its_server_closed_a_connection():
    with socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind((ports.HOST, 0))
        server.listen()
        port = server.getsockname()[1]
        with socket.create_connection((ports.HOST, port)):
            # The side that closes first has the connection in TIME_WAIT.
            server.accept()[0].close()
    assert ports.is_free(port)
