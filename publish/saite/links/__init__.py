"""External links: are the addresses that pages lead to still there? Begin with :func:`check`.

``targets`` says which addresses the data have, ``follow`` asks for one and goes where it leads, ``memory`` keeps what
was found so that nobody is asked again too soon, ``wording`` makes findings of it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from queue import SimpleQueue
from typing import Final

from saite.config import Config
from saite.errors import EnvironmentFault
from saite.finding import Finding
from saite.links.follow import Follower, Outcome
from saite.links.memory import Memory
from saite.links.targets import KINDS, Target, targets
from saite.links.wording import finding
from saite.store.protocol import Store
from saite.web import Client, Manners, Reason, Robots

__all__ = ["KINDS", "LinkCheck", "Outcome", "Told", "check"]

PRODUCT: Final = "saite"
"""The name by which ``robots.txt`` can speak of us."""

_ABREAST: Final = 8
"""Hosts that are asked at the same time, one thing each."""

_CONVINCED: Final = 10
"""Hosts that cannot be reached, and none that can: there is no network."""


@dataclass(frozen=True, slots=True)
class LinkCheck:
    """What is to be asked, and how.

    Attributes:
        kinds: see :data:`~saite.links.targets.KINDS`.
        max_age: days for which an answer counts.
        manners: how hosts are treated.
        today: the day on which is asked.
    """

    today: date
    kinds: tuple[str, ...] = KINDS
    max_age: int = 7
    manners: Manners = field(default_factory=lambda: Manners(budget=600.0))


@dataclass(slots=True)
class Told:
    """What a check of links did.

    Attributes:
        addresses: how many there are.
        asked: how many of them were asked for now.
        left: how many were left for another time, because there was none left.
    """

    addresses: int = 0
    asked: int = 0
    left: int = 0


Track = Callable[[Iterable[Outcome], int], Iterable[Outcome]]


def check(
    store: Store,
    config: Config,
    home: str,
    asked: LinkCheck,
    agent: str,
    track: Track = lambda outcomes, total: outcomes,
    told: Told | None = None,
) -> list[Finding]:
    """The findings about the addresses outside a site that its pages lead to; without places.

    Args:
        store: the data as they are published.
        config: the settings: where answers are kept, which property leads to sources.
        home: where the site's IRIs live: these are not asked for.
        asked: what is to be asked, and how.
        agent: the field ``User-Agent``.
        track: is given the outcomes as they come.
        told: takes the numbers.

    Raises:
        EnvironmentFault: there is no network; nothing is said of any link.
    """
    told = told if told is not None else Told()
    by_url: dict[str, list[Target]] = {}
    for target in targets(store, config, home, asked.kinds):
        by_url.setdefault(target.url, []).append(target)
    memory = Memory(config.root / ".saite" / "links.json", asked.today, asked.max_age)
    known = {url: outcome for url in by_url if (outcome := memory.get(url)) is not None}
    wanted = sorted(by_url.keys() - known.keys())
    told.addresses = len(by_url)
    client = Client(agent, asked.manners)
    found: dict[str, Outcome] = {}
    try:
        for outcome in track(_asked(wanted, Follower(client, Robots(client, PRODUCT))), len(wanted)):
            found[outcome.url] = outcome
    finally:
        memory.keep(found.values())
    told.left = sum(outcome.reason is Reason.BUDGET for outcome in found.values())
    told.asked = len(found) - told.left
    outcomes = {**known, **found}
    made = (finding(target, outcomes[url]) for url, of_url in by_url.items() for target in of_url)
    return [one for one in made if one is not None]


def _asked(urls: Sequence[str], follower: Follower) -> Iterator[Outcome]:
    """The outcomes of addresses as they come: several hosts at a time, those of one in turn.

    Raises:
        EnvironmentFault: nothing at all can be reached.
    """
    queues = _by_host(urls).values()
    # a first address of each host, so that what cannot be reached at all is seen soon
    pieces = [*(queue[:1] for queue in queues), *(queue[1:] for queue in queues if queue[1:])]
    outcomes: SimpleQueue[Outcome | Exception] = SimpleQueue()

    def work(piece: Sequence[str]) -> None:
        try:
            for url in piece:
                outcomes.put(follower.follow(url))
        except Exception as error:  # noqa: BLE001 (raised where the outcomes are taken)
            outcomes.put(error)

    pool = ThreadPoolExecutor(_ABREAST, thread_name_prefix="saite-links")
    unreached: list[Outcome] = []
    reached = False
    try:
        for piece in pieces:
            pool.submit(work, piece)
        for _ in urls:
            outcome = outcomes.get()
            if isinstance(outcome, Exception):
                raise outcome
            if not reached and outcome.offline:
                unreached.append(outcome)
                if len(unreached) == _CONVINCED:
                    break
                continue
            if not reached:
                reached = True
                yield from unreached
            yield outcome
        if unreached and not reached:
            raise _no_network(unreached)
    finally:
        follower.stop()
        pool.shutdown(wait=True, cancel_futures=True)


def _by_host(urls: Iterable[str]) -> Mapping[str, list[str]]:
    queues: dict[str, list[str]] = {}
    for url in urls:
        queues.setdefault(url.split("/", 3)[2].lower(), []).append(url)
    return queues


def _no_network(unreached: Sequence[Outcome]) -> EnvironmentFault:
    example = unreached[0]
    return EnvironmentFault(
        f"the links cannot be checked: no host could be reached, as {example.url} could not"
        + (f" ({example.detail})" if example.detail else ""),
        cure="Check that this machine has a network (proxies are not used); or check the data without --links.",
    )
