# License LGPL-3.0 or later (http://www.gnu.org/licenses/lgpl.html).

import select
import socket
import threading
from contextlib import suppress
from socketserver import BaseRequestHandler, ThreadingTCPServer

#: Seconds after which a silent connection is closed.
TIMEOUT = 60


class Relay(ThreadingTCPServer):
    """Port on the loopback address behind which a server can be exchanged.

    :param target: (host, port) of the server
    """

    daemon_threads = True
    block_on_close = False

    def __init__(self, target):
        self._target = target
        self._open = set()
        super().__init__(("127.0.0.1", 0), _Connection)
        self.port = self.server_address[1]
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    def exchange(self, target):
        """Put another server behind the port, and close all connections."""
        self._target = target
        for each in list(self._open):
            with suppress(OSError):  # it has just hung up
                each.shutdown(socket.SHUT_RDWR)

    def stop(self):
        """Close the port and all connections."""
        self.shutdown()
        self.exchange(None)
        self.server_close()

    def relay(self, client):
        """Pass on what a client and the server say, until one of them hangs up."""
        with socket.create_connection(self._target, TIMEOUT) as server:
            self._open |= {client, server}
            others = {client: server, server: client}
            try:
                while self._pass_on(others):
                    pass
            finally:
                self._open -= {client, server}

    def _pass_on(self, others):
        ready, _writable, _failed = select.select(list(others), [], [], TIMEOUT)
        received = [(each, each.recv(65536)) for each in ready]
        for each, content in received:
            others[each].sendall(content)
        return received and all(content for _each, content in received)


class _Connection(BaseRequestHandler):
    def handle(self):
        try:
            self.server.relay(self.request)
        except OSError:  # one of the two has hung up
            return
