"""Reads requests. Here they only have to be JSON; the engines check their form (N3)."""

import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import NamedTemporaryFile

from iam2rego.diagnostics import Code, Diagnostic, PolicyError
from iam2rego.jsontext import JsonTextError, JsonValue, loads
from iam2rego.source import Source
from iam2rego.sources.files import STDIN, opened
from iam2rego.sources.problems import Problems
from iam2rego.sources.texts import JsonText, json_texts, until_refused
from iam2rego.syntax.members import duplicate_members
from iam2rego.syntax.parse import parse_json


@dataclass(frozen=True, slots=True)
class Requests:
    """The requests in a file, or of stdin for ``-``: one JSON value, or one on each line that is not blank.

    `name` is the file's in messages. Each iteration reads it anew, a text at a time. `several` says whether there is known to be
    more than one.
    """

    name: str
    path: str
    several: bool = False

    def __iter__(self) -> Iterator[JsonValue]:
        """Yield them; raise a `PolicyError` at the first text that is not JSON, or if there is none or the file cannot be read."""
        return map(_request, self._texts())

    def checked(self) -> "Requests":
        """Read all of them; raise a `PolicyError` with everything that is wrong."""
        problems, count = Problems(), 0
        with problems.collected():
            for text in until_refused(self._texts(), problems):
                count += 1
                with problems.collected():
                    _request(text)
        problems.settled()
        return replace(self, several=count > 1)

    def _texts(self) -> Iterator[JsonText]:
        nothing = True
        with opened(self.path) as file:
            for text in json_texts(file, self.name):
                if not text.is_blank:
                    nothing = False
                    yield text
        if nothing:
            raise PolicyError([Diagnostic(Code.BAD_REQUEST, "there is no request in it", Source(self.name, ""))])


def read_requests(path: str) -> Requests:
    """Return the requests in a file, all checked first; those from a pipe are checked as they arrive.

    Raises:
        PolicyError: the file cannot be read, or holds text that is not JSON, or nothing.
    """
    requests = Requests(path, path)
    return requests if _is_pipe(path) else requests.checked()


@contextmanager
def kept_requests(path: str) -> Iterator[Requests]:
    """Yield the requests in a file, all checked first; those from a pipe are kept in a temporary file until the block ends."""
    if not _is_pipe(path):
        yield read_requests(path)
        return
    with NamedTemporaryFile(prefix="iam2rego-") as kept:
        with opened(path) as piped:
            shutil.copyfileobj(piped, kept)
        kept.flush()
        yield Requests(path, kept.name).checked()


def _is_pipe(path: str) -> bool:
    """Say whether it can be read only once."""
    try:
        return path == STDIN or stat.S_IFMT(Path(path).stat().st_mode) not in (stat.S_IFREG, stat.S_IFDIR)
    except (OSError, ValueError):  # opening it will say why
        return False


def _request(text: JsonText) -> JsonValue:
    """Read fast without places; only a text that fails is parsed again to learn them."""
    source = text.source()
    try:
        return loads(source.text)
    except JsonTextError:
        repeated = duplicate_members(parse_json(source), source)  # parsing itself accepts these
        raise PolicyError(repeated) from None
