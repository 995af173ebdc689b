"""Whose query runs next: clients take turns, so that one who asks much delays itself first."""

import asyncio
from collections import Counter, OrderedDict, deque

from saite.serve.sparql.problem import too_busy


class Turns:
    """A queue for a number of places, fair by client.

    A client may take all but one of the places, so that another one finds a free place at once; and a quarter of the
    queue.

    Args:
        places: how many run at once.
        waiting: how many may wait.
        patience: seconds that each waits at most.
    """

    def __init__(self, places: int, waiting: int, patience: float) -> None:
        self._free = places
        self._share = max(1, places - 1)
        self._room = waiting
        self._patience = patience
        self._running: Counter[str] = Counter()
        self._queues: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()

    @property
    def waiting(self) -> int:
        """How many wait."""
        return sum(map(len, self._queues.values()))

    async def take(self, client: str) -> None:
        """Waits for a turn; :meth:`give` must follow.

        Raises:
            Problem: too many wait, or the wait was too long.
        """
        own = self._queues.get(client, ())
        if self.waiting >= self._room or len(own) >= max(1, self._room // 4):
            raise too_busy(self._pause())
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._queues.setdefault(client, deque()).append(turn)
        self._call()
        try:
            async with asyncio.timeout(self._patience):
                await turn
        except BaseException as error:
            if turn.done() and not turn.cancelled():  # called in the same moment
                self.give(client)
            else:
                self._leave(client, turn)
            if isinstance(error, TimeoutError):
                raise too_busy(self._pause()) from error
            raise

    def give(self, client: str) -> None:
        """Gives a place back."""
        self._free += 1
        self._running[client] -= 1
        if not self._running[client]:
            del self._running[client]
        self._call()

    def _call(self) -> None:
        """Calls those whose turn it is: one of each client, in a circle."""
        while self._free:
            client = next((c for c in self._queues if self._running[c] < self._share), None)
            if client is None:
                return
            turn = self._queues[client].popleft()
            if self._queues[client]:
                self._queues.move_to_end(client)
            else:
                del self._queues[client]
            self._free -= 1
            self._running[client] += 1
            turn.set_result(None)

    def _leave(self, client: str, turn: asyncio.Future[None]) -> None:
        queue = self._queues.get(client)
        if queue is not None and turn in queue:
            queue.remove(turn)
            if not queue:
                del self._queues[client]

    def _pause(self) -> int:
        return max(1, round(self._patience / 2))
