"""Ports for programs that cannot choose one themselves and say which."""

import socket
from contextlib import suppress
from random import SystemRandom
from typing import Final

_LOWEST: Final = 12_000
_HIGHEST: Final = 32_000
_RANDOM: Final = SystemRandom()


def free_port() -> int:
    """Return a port of 127.0.0.1 at which nothing listens.

    It is below those that Linux gives to connections and to servers that ask for any port. So nobody gets it before the program
    listens, or while it is being started again: another test would have to draw the same of 20,000.
    """
    while True:
        port = _RANDOM.randrange(_LOWEST, _HIGHEST)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
