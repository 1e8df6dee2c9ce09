"""How files are compiled, and the keys under which the results are cached."""

import hashlib
import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Final

from iam2rego.ir.policy import Kind, Policy
from iam2rego.rego.bundle.layouts import Layout, layout_for
from iam2rego.rego.bundle.unit import Unit, compile_policy
from iam2rego.sources.cloudformation.translator import translator_version
from iam2rego.sources.files import TextFile
from iam2rego.sources.format import Options
from iam2rego.sources.reading import Reading, read_file

_OF_THE_COMPILER: Final = (".py", ".rego")


@dataclass(frozen=True, slots=True)
class Recipe:
    """All that units depend on besides the files: how files are read, as in `Options`, whether rules have labels, and the layout."""

    kind: Kind
    lenient: bool
    parameters: Mapping[str, str]
    labels: bool
    layout: Layout | None = None

    def settled(self, files: Sequence[TextFile]) -> "Recipe":
        """Return the recipe for ``files`` with a layout, which depends on their size if none is given. Tables have no labels."""
        layout = self.layout or layout_for(sum(len(file.data) for file in files))
        return replace(self, layout=layout, labels=self.labels and layout is Layout.MODULES)

    @property
    def options(self) -> Options:
        """How files are read."""
        return Options(self.kind, self.lenient, self.parameters)

    def make(self, file: TextFile) -> Reading[Unit]:
        """Read a file and compile its policies."""
        return read_file(file, self.options, self._unit)

    def keys(self, files: Sequence[TextFile]) -> list[str]:
        """Return a cache key for each file. It depends on the path below the source, the bytes, the recipe and the compiler."""
        recipe = self._digest()
        return [_key(recipe.copy(), file) for file in files]

    def name(self, paths: Sequence[str]) -> str:
        """Return a name in the cache for the files below ``paths``."""
        digest = self._digest()
        digest.update(json.dumps([os.path.realpath(path) for path in paths]).encode())
        return digest.hexdigest()

    def _digest(self) -> "hashlib._Hash":
        return hashlib.sha256(json.dumps([compiler(), asdict(self)], sort_keys=True).encode())

    def _unit(self, policy: Policy) -> Unit:
        assert self.layout, "files are compiled by a settled recipe"
        return compile_policy(policy, labels=self.labels, layout=self.layout)


def _key(digest: "hashlib._Hash", file: TextFile) -> str:
    for part in (file.place.file.encode(), file.data, json.dumps(file.environment).encode()):
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


@cache
def compiler() -> str:
    """Return the SHA-256, in hex, of the compiler's own files, so that an edited compiler never uses what an earlier one cached.

    The version of SAM's translator is part of it.
    """
    own = sorted(file for file in Path(__file__).parents[1].rglob("*") if file.suffix in _OF_THE_COMPILER)
    grammars = sorted(resources.files("iam2rego.grammar").iterdir(), key=lambda file: file.name)
    digest = hashlib.sha256(f"{sys.version} {translator_version()}".encode())
    for file in (*own, *(each for each in grammars if each.is_file())):
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()
