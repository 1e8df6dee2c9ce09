"""What goes wrong around OPA."""

from subprocess import CalledProcessError, SubprocessError, TimeoutExpired
from typing import Final

_LONGEST_EXCERPT: Final = 500


class OpaError(Exception):
    """OPA could not answer: there is no OPA, the server does not respond, or the answer is malformed. Never a deny."""


class BusyError(OpaError):
    """A server wants to be asked later; ``seconds`` are those that it names, if it does."""

    def __init__(self, message: str, seconds: float | None) -> None:
        super().__init__(message)
        self.seconds = seconds


def excerpt(content: bytes) -> str:
    """Return the beginning of an answer on one line, for a message."""
    return " ".join(content[:_LONGEST_EXCERPT].decode("utf-8", "replace").split())


def reason(failure: OSError | SubprocessError | ValueError) -> str:
    """Say in words why a program that was run gave no answer."""
    match failure:
        case TimeoutExpired(timeout=seconds):
            return f"no answer within {seconds:.0f} seconds"
        case CalledProcessError(returncode=status):
            return f"it ends with status {status}"
        case OSError(strerror=str(words)):
            return words.lower()
        case _:
            return "it answers with what is no text"
