"""Hand work to a Dask cluster, a piece at a time, results in order; Dask is an extra, woken late."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar
from urllib.parse import urlsplit

from annotator.core.errors import BadInput

Piece = TypeVar("Piece")
Done = TypeVar("Done")

SCHEME = "dask"
_PATIENCE = 20
"""Seconds within which the cluster has to answer."""

_AHEAD = 4
"""Pieces for each worker that are under way at once: enough that none waits, few enough that nothing heaps up here."""


def cluster_at(engine: str) -> str:
    """The address of the scheduler that is called dask://HOST:PORT.

    Raises:
        BadInput: when the engine is called otherwise.
    """
    parts = urlsplit(engine)
    try:
        port = parts.port
    except ValueError:
        port = None
    if parts.scheme != SCHEME or not parts.hostname or port is None:
        raise BadInput(f"An engine is called dask://HOST:PORT, not {engine!r}.")
    return f"tcp://{parts.hostname}:{port}"


def on_cluster(work: Callable[[Piece], Done], pieces: Iterable[Piece], engine: str) -> Iterator[Done]:
    """Do work on each piece somewhere in the cluster; the results come in the pieces' order.

    Raises:
        BadInput: when there is no cluster there, it has no workers, or Dask is not installed.
    """
    address = cluster_at(engine)
    try:
        import distributed
    except ImportError as wrong:
        raise BadInput(
            "Dask is not installed here; it comes with: pip install 'annotator[dask]'. Nothing was written."
        ) from wrong
    connect: Any = distributed.Client
    try:
        client = connect(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, TimeoutError) as wrong:
        raise BadInput(f"No Dask scheduler answers at {address}. Nothing was written.") from wrong
    with client:
        workers = len(client.scheduler_info(n_workers=-1)["workers"])
        if not workers:
            raise BadInput(f"The cluster at {address} has no workers. Nothing was written.")
        waiting: deque[Any] = deque()
        for piece in pieces:
            waiting.append(client.submit(work, piece, pure=False))
            if len(waiting) >= workers * _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
