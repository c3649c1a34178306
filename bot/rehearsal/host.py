"""A web application on 127.0.0.1 inside this event loop, that stops at once."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterator

import uvicorn
from starlette.applications import Starlette

HOST = "127.0.0.1"
IDLE = 75  # seconds a connection may idle: longer than any client keeps it, or both end it at once


class PortTaken(Exception):
    """Another program listens on the port."""


class _Server(uvicorn.Server):
    """Says when it listens, leaves when it is told; signals belong to the program, not to its web server."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listening = asyncio.Event()
        self.leaving = asyncio.Event()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.listening.set()

    async def main_loop(self) -> None:
        """No ticks, which would make everybody wait for the next one, and no headers of date and server, which they keep."""
        await self.leaving.wait()


@contextlib.asynccontextmanager
async def serve(app: Starlette, *, port: int) -> AsyncIterator[int]:
    """The port it listens on; 0 takes a free one. PortTaken. End open streams before leaving."""
    # Only a socket that is said to be TCP is spared the wait for acknowledgements (40 ms an answer).
    listener = socket.socket(proto=socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen()
    except OSError as error:
        listener.close()
        raise PortTaken(port) from error
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        lifespan="off",
        timeout_keep_alive=IDLE,
        timeout_graceful_shutdown=1,
    )
    server = _Server(config)
    running = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        await server.listening.wait()
        yield listener.getsockname()[1]
    finally:
        server.leaving.set()
        try:
            await running
        finally:
            listener.close()
