"""Errors of OPA."""

from subprocess import CalledProcessError, SubprocessError, TimeoutExpired
from typing import Final

_LONGEST_EXCERPT: Final = 500


class OpaError(Exception):
    """OPA could not answer: there is no OPA, the server does not respond, or the answer is malformed. Never a deny."""


class BusyError(OpaError):
    """A server asks us to retry later; ``seconds`` is the delay, if it gives one."""

    def __init__(self, message: str, seconds: float | None) -> None:
        super().__init__(message)
        self.seconds = seconds


def excerpt(content: bytes) -> str:
    """Return the beginning of an answer on one line, for a message."""
    return " ".join(content[:_LONGEST_EXCERPT].decode("utf-8", "replace").split())


def reason(failure: OSError | SubprocessError | ValueError) -> str:
    """Return in words why a program gave no answer."""
    match failure:
        case TimeoutExpired(timeout=seconds):
            return f"no answer within {seconds:.0f} seconds"
        case CalledProcessError(returncode=status):
            return f"it ends with status {status}"
        case OSError(strerror=str(words)):
            return words.lower()
        case _:
            return "its answer is not text"
