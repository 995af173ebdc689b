"""Sequences whose members are made when somebody asks for them: few do."""

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from typing import TypeVar, overload

_T = TypeVar("_T")


class Made(Sequence[_T]):
    """Behaves as the tuple of its members; a subclass makes that once."""

    __slots__ = ()

    @abstractmethod
    def _all(self) -> tuple[_T, ...]:
        """The members."""

    def __len__(self) -> int:
        return len(self._all())

    @overload
    def __getitem__(self, index: int) -> _T: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[_T, ...]: ...
    def __getitem__(self, index: int | slice) -> _T | tuple[_T, ...]:
        return self._all()[index]

    def __iter__(self) -> Iterator[_T]:
        return iter(self._all())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._all() == tuple(other)

    def __hash__(self) -> int:
        return hash(self._all())
