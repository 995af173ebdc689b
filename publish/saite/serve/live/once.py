"""What several ask for at once is made once, for all of them."""

import asyncio
from collections.abc import Callable, Coroutine, Hashable
from typing import Any, Generic, TypeVar

_Key = TypeVar("_Key", bound=Hashable)
_Made = TypeVar("_Made")


class Once(Generic[_Key, _Made]):
    """What is being made, by what it is called; who comes meanwhile waits for it too."""

    def __init__(self) -> None:
        self._coming: dict[_Key, asyncio.Future[_Made]] = {}

    async def __call__(self, key: _Key, make: Callable[[], Coroutine[Any, Any, _Made]]) -> _Made:
        """What is made. If who asked first gives up, the next begins anew.

        Raises:
            Exception: what making it raises, to everybody who waits.
        """
        while (coming := self._coming.get(key)) is not None:
            try:
                return await asyncio.shield(coming)
            except asyncio.CancelledError:
                if not coming.cancelled():  # it is this one who gives up
                    raise
        coming = self._coming[key] = asyncio.get_running_loop().create_future()
        try:
            made = await make()
        except asyncio.CancelledError:
            coming.cancel()
            raise
        except BaseException as error:
            coming.set_exception(error)
            coming.exception()  # it is told here, and where somebody waits
            raise
        else:
            coming.set_result(made)
            return made
        finally:
            del self._coming[key]
