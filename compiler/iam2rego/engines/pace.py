"""Queries a server that others use too: at a limited rate, and again later when it is busy."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, TypeVar

from iam2rego.opa.errors import BusyError

_T = TypeVar("_T")

_PAUSES: Final = (1.0, 2.0, 4.0, 8.0, 16.0)
"""Seconds to wait before each retry, for a server that does not say how long it is busy."""

_LONGEST: Final = 60.0
"""The longest wait in seconds, even if the server asks for more."""


@dataclass(slots=True)
class Pace:
    """Keeps at least 1 / `rate` seconds between the starts of two queries; without a rate there is no pause."""

    rate: float | None = None
    next: float = field(default=0.0, init=False)

    def kept(self, question: Callable[[], _T]) -> _T:
        """Wait for the next turn and return the answer of ``question``; retry while the server is busy.

        Raises:
            BusyError: the server is still busy after the last retry.
        """
        for pause in _PAUSES:
            self._await_turn()
            try:
                return question()
            except BusyError as busy:
                time.sleep(pause if busy.seconds is None else min(busy.seconds, _LONGEST))
        self._await_turn()
        return question()

    def _await_turn(self) -> None:
        if self.rate is None:
            return
        now = time.monotonic()
        if self.next > now:
            time.sleep(self.next - now)
        self.next = max(self.next, now) + 1 / self.rate
