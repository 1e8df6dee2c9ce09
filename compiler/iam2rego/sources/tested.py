"""The policies that scenarios test and that are in files of their own."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeAlias

from iam2rego.diagnostics import PolicyError
from iam2rego.ir.policy import Kind
from iam2rego.sources.loading import NO_PARAMETERS, Loaded, load

_MOST: Final = 16
"""How many lists of sources are kept in memory."""

_Key: TypeAlias = tuple[tuple[str, ...], bool]


@dataclass
class PolicyFiles:
    """Loads the sources that scenarios name, each list of them once.

    Attributes:
        kind: the kind of bare policy documents.
        parameters: the values of ``<placeholders>``.
        usual: the sources for scenarios that hold no policies and name no sources.
        named: all sources that were asked for.
    """

    kind: Kind = Kind.IDENTITY
    parameters: Mapping[str, str] = field(default_factory=lambda: NO_PARAMETERS)
    usual: tuple[str, ...] = ()
    named: set[str] = field(default_factory=set)
    _loaded: dict[_Key, Loaded] = field(default_factory=dict)
    _refused: set[_Key] = field(default_factory=set)

    def load(self, paths: Sequence[str], *, lenient: bool) -> Loaded:
        """Load sources as `loading.load` does. An error of theirs is told once: the next time the `PolicyError` is empty."""
        key = (tuple(paths), lenient)
        self.named.update(paths)
        if key in self._refused:
            raise PolicyError(())
        if key not in self._loaded:
            try:
                found = load(paths, kind=self.kind, lenient=lenient, parameters=self.parameters)
            except PolicyError:
                self._refused.add(key)
                raise
            if len(self._loaded) == _MOST:
                del self._loaded[next(iter(self._loaded))]
            self._loaded[key] = found
        return self._loaded[key]


def beside(file: str, path: str) -> str:
    """Return the path of a source that ``file`` names, relative to its folder; without ``..`` where that leads to the same file."""
    joined = Path(file).parent / path
    normal = os.path.normpath(joined)
    try:
        return normal if joined.samefile(normal) else str(joined)
    except OSError:  # reading it will say why
        return str(joined)
