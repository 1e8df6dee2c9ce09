"""What goes wrong around OPA."""

from subprocess import CalledProcessError, SubprocessError, TimeoutExpired


class OpaError(Exception):
    """The surroundings failed: no OPA to be had, a server that does not answer, or an answer that is none. Never a deny."""


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
