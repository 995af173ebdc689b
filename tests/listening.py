"""A port on loopback that sees who comes, for tests of what must never open a connection."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def listening() -> Iterator[tuple[str, list[str]]]:
    """The port as an IRI of SPARQL, and the connections that reached it."""
    seen: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def accept() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                seen.append("connected")
                with connection:
                    connection.recv(4096)
                    connection.sendall(b"HTTP/1.1 500 no\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")

        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        yield f"<http://127.0.0.1:{server.getsockname()[1]}/>", seen
        server.shutdown(socket.SHUT_RDWR)
    thread.join(5)
