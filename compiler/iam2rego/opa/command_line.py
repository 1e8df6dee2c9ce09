"""Queries OPA without a server, with a process `opa eval` for each question."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ValidationError

from iam2rego.jsontext import JsonValue, dumps
from iam2rego.opa.answer import Answer, Result, answer_of, malformed
from iam2rego.opa.binary import Binary
from iam2rego.opa.errors import OpaError, excerpt, reason

_SECONDS_TO_ANSWER: Final = 60.0


class _Expression(BaseModel):
    value: Result


class _Row(BaseModel):
    expressions: list[_Expression]


class _Body(BaseModel):
    result: list[_Row] = []


class CommandLine:
    """Runs `opa eval` with the bundle in a folder."""

    def __init__(self, binary: Binary, bundle_dir: Path) -> None:
        self._command = [str(binary.path), "eval", "--bundle", str(bundle_dir), "--stdin-input", "--format", "json"]

    def decide(self, package: str, request: JsonValue) -> Answer:
        """Ask ``data.<package>.authz`` to decide ``request``, which is passed on unchanged, valid or not.

        Raises:
            OpaError: the program fails, there is no such package, or its entry points are malformed.
        """
        path = f"data.{package}.authz"
        content = self._evaluated(path, dumps(request).encode("ascii"))
        try:
            rows = _Body.model_validate_json(content, strict=True).result
        except ValidationError as failure:
            raise malformed(path, failure, content) from None
        return answer_of(path, rows[0].expressions[0].value if rows else None)

    def _evaluated(self, query: str, request: bytes) -> bytes:
        try:
            done = subprocess.run(
                [*self._command, query], input=request, capture_output=True, timeout=_SECONDS_TO_ANSWER, env={}, check=False
            )
        except (OSError, subprocess.SubprocessError) as failure:
            raise OpaError(f"`opa eval` does not answer: {reason(failure)}") from failure
        if done.returncode != 0:
            raise OpaError(f"`opa eval` ends with status {done.returncode}: {excerpt(done.stdout or done.stderr)}")
        return done.stdout


@contextmanager
def run(binary: Binary, bundle_dir: Path) -> Iterator[CommandLine]:
    """Yield a `CommandLine` for ``binary`` with the bundle in ``bundle_dir``."""
    yield CommandLine(binary, bundle_dir)
