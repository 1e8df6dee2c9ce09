"""Collects problems, so that a user sees those of all files at once."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from iam2rego.diagnostics import Diagnostic, Level, PolicyError, sort


class Problems:
    """The diagnostics met so far; work that fails with a `PolicyError` adds its own and the next piece goes on."""

    def __init__(self) -> None:
        self._found: list[Diagnostic] = []

    @contextmanager
    def collected(self) -> Iterator[None]:
        """Run a block that may raise a `PolicyError`, and go on after it."""
        try:
            yield
        except PolicyError as error:
            self.add(error.diagnostics)

    def add(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Take over ``diagnostics``."""
        self._found.extend(diagnostics)

    @property
    def found(self) -> tuple[Diagnostic, ...]:
        """All of them, as they were met."""
        return tuple(self._found)

    @property
    def failed(self) -> bool:
        """Whether there is an error among them."""
        return any(each.level is Level.ERROR for each in self._found)

    def settled(self) -> tuple[Diagnostic, ...]:
        """Return the warnings and notices in order, or raise everything as one `PolicyError` if there is an error among it."""
        ordered = tuple(sort(self._found))
        if self.failed:
            raise PolicyError(ordered)
        return ordered
