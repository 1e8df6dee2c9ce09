"""Where a bundle goes: folders, an archive, a running OPA."""

import json
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from iam2rego.cli.output import complain, located
from iam2rego.opa import OpaError
from iam2rego.rego import Bundle, archive, layout, layout_files, placed, write, write_files

Below: TypeAlias = Callable[[str], Bundle]
"""Returns what was compiled as a bundle below a package."""

_HINT: Final = "name a folder that is absent, empty, or holds nothing but an earlier build"


@dataclass(frozen=True, slots=True)
class Target:
    """Where to.

    Attributes:
        package: the package that is asked.
        directory: the folder to write.
        file: the archive to write.
        oci: the folder of an OCI image layout to write.
        opa_url: the address of an OPA to push to.
        opa_token: the token for it.
    """

    package: str
    directory: Path | None = None
    file: Path | None = None
    oci: Path | None = None
    opa_url: str | None = None
    opa_token: str | None = None

    def place(self, bundle: Bundle) -> None:
        """Write the folders and the archive. The archive is moved into place last, when the folders have succeeded."""
        with ExitStack() as stack:
            if self.file:
                stack.enter_context(located(self.file))
                stack.enter_context(placed(archive(bundle), self.file))
            if self.directory:
                with located(self.directory, _HINT):
                    write(bundle, self.directory)
            if self.oci:
                with located(self.oci, _HINT):
                    write_files(layout(bundle).items(), self.oci, layout_files)

    def push(self, below: Below) -> None:
        """Push to OPA, if there is one to push to; raise `OpaError` if that fails."""
        if self.opa_url:
            from iam2rego.opa.push import push  # here, since other builds should not wait for the client of OPA

            push(self.opa_url, self.opa_token, below, self.package)

    def deliver(self, below: Below) -> None:
        """Place and push."""
        self.place(below(self.package))
        self.push(below)


class Deliveries:
    """Delivers one bundle after the other."""

    def __init__(self, target: Target, *, as_json: bool) -> None:
        self._target = target
        self._as_json = as_json
        self._placed: Mapping[str, str] = {}

    def __call__(self, below: Below) -> str:
        """Place a bundle that is another than the last, and push it; return a line that tells how many of its files are others.

        An OPA that cannot be pushed to is complained about, and gets the next bundle.
        """
        bundle = below(self._target.package)
        changed = sum(self._placed.get(path) != bundle.files.get(path) for path in self._placed.keys() | bundle.files.keys())
        if changed:
            self._target.place(bundle)
        self._placed = bundle.files
        pushed = self._pushed(below) if self._target.opa_url else None
        return _object(changed, pushed) if self._as_json else _line(changed, pushed)

    def _pushed(self, below: Below) -> bool:
        try:
            self._target.push(below)
        except OpaError as failure:
            complain(str(failure))
            return False
        return True


def _object(changed: int, pushed: bool | None) -> str:
    return json.dumps({"built": True, "files_changed": changed, **({} if pushed is None else {"pushed": pushed})})


def _line(changed: int, pushed: bool | None) -> str:
    outcome = {True: ", pushed", False: ", not pushed", None: ""}[pushed]
    return f"built: {changed} file{'' if changed == 1 else 's'} changed{outcome}"
