"""Where bundles go: folders, an archive, a running OPA."""

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from iam2rego.cli.shared.operating import Configured
from iam2rego.cli.shared.output import complain, located
from iam2rego.ir.attachments import Attachments
from iam2rego.ir.gateway import Gateway
from iam2rego.opa import OpaError
from iam2rego.rego import (
    KERNEL,
    TAG,
    Bundle,
    By,
    Layout,
    Unit,
    archive,
    archive_name,
    assemble,
    bundle_files,
    layout,
    layout_files,
    masking,
    partitioned,
    placed,
    refuse_foreign,
    with_gateway,
    write,
    write_archives,
    write_files,
)

_HINT: Final = "name a folder that is absent, empty, or holds nothing but an earlier build"


@dataclass(frozen=True, slots=True)
class Made:
    """What was made of sources: units of the policies, who has them, the revision of all that, the layout, the gateway before it."""

    units: Sequence[Unit]
    attachments: Attachments
    revision: str
    layout: Layout
    gateway: Gateway | None = None

    def below(self, package: str) -> Bundle:
        """Put it together below a package."""
        return self._fronted(assemble(self.units, self.attachments, revision=self.revision, package=package, layout=self.layout), package)

    def parts(self, by: By, package: str) -> Mapping[str, Bundle]:
        """Put it together as partitions; the gateway stands before the kernel."""
        parts = partitioned(self.units, self.attachments, by=by, package=package, below=self._part)
        return {**parts, KERNEL: self._fronted(parts[KERNEL], package)}

    def _fronted(self, bundle: Bundle, package: str) -> Bundle:
        return with_gateway(bundle, self.gateway, package) if self.gateway else bundle

    def _part(self, units: Sequence[Unit], attachments: Attachments, package: str) -> Bundle:
        return assemble(units, attachments, revision="", package=package, layout=self.layout)


@dataclass(frozen=True, slots=True)
class Target:
    """Where to.

    Attributes:
        package: the package that is asked.
        directory: the folder to write: of the bundle, or of the archives of partitions.
        file: the archive to write.
        oci: the folder of an OCI image layout to write.
        opa_url: the address of an OPA to push to.
        opa_token: the token for it.
        by: what tells partitions, if there are to be any.
        masked: the members that OPAs with archives must not log; None to leave that to others.
        change: makes a delta bundle of what would go into the archive.
        sign: signs what goes into archives.
        configured: the configuration to write for OPAs that download the archives.
    """

    package: str
    directory: Path | None = None
    file: Path | None = None
    oci: Path | None = None
    opa_url: str | None = None
    opa_token: str | None = None
    by: By | None = None
    masked: Sequence[str] | None = None
    change: Callable[[Bundle], Bundle] | None = None
    sign: Callable[[Bundle], Bundle] | None = None
    configured: Configured | None = None

    def bundles(self, made: Made) -> Mapping[str, Bundle]:
        """Return the bundles to deliver, by name."""
        return {TAG: made.below(self.package)} if self.by is None else made.parts(self.by, self.package)

    def place(self, bundles: Mapping[str, Bundle]) -> None:
        """Write the folders and the files. Files are moved into place last, when the folders have succeeded."""
        self._refuse_foreign()
        archived = self._archived(bundles)
        with ExitStack() as stack:
            for file, content in self._files(archived).items():
                stack.enter_context(located(file))
                stack.enter_context(placed(content, file))
            if self.directory:
                with located(self.directory, _HINT):
                    self._write(bundles, archived, self.directory)
            if self.oci:
                with located(self.oci, _HINT):
                    write_files(layout(archived).items(), self.oci, layout_files)

    def _refuse_foreign(self) -> None:
        """Look at both folders before either is written, so that a command that is refused writes nothing."""
        for folder, listed in ((self.directory, bundle_files), (self.oci, layout_files)):
            if folder:
                with located(folder, _HINT):
                    refuse_foreign(folder, listed)

    def _archived(self, bundles: Mapping[str, Bundle]) -> Mapping[str, Bundle]:
        """Add what OPAs need to operate, and sign."""
        entry = TAG if self.by is None else KERNEL
        masked = bundles if self.masked is None else {**bundles, entry: masking(bundles[entry], self.masked)}
        sent = {entry: self.change(masked[entry])} if self.change else masked
        return {name: self.sign(bundle) for name, bundle in sent.items()} if self.sign else sent

    def _files(self, archived: Mapping[str, Bundle]) -> Mapping[Path, bytes]:
        files = {self.file: archive(archived[TAG])} if self.file else {}
        if self.configured:
            resources = {self.package: self.file.name} if self.file else {name: archive_name(name) for name in archived}
            files[self.configured.file] = self.configured.content(resources)
        return files

    def _write(self, bundles: Mapping[str, Bundle], archived: Mapping[str, Bundle], directory: Path) -> None:
        if self.by is None:
            write(bundles[TAG], directory)
        else:
            write_archives(archived, directory)

    def push(self, made: Made) -> None:
        """Push to OPA, if there is one to push to; raise `OpaError` if that fails."""
        if self.opa_url:
            from iam2rego.opa.push import push  # here, since other builds should not wait for the client of OPA

            push(self.opa_url, self.opa_token, made.below, self.package)

    def deliver(self, made: Made) -> None:
        """Place and push."""
        self.place(self.bundles(made))
        self.push(made)


class Deliveries:
    """Delivers what was made, one time after the other."""

    def __init__(self, target: Target, *, as_json: bool) -> None:
        self._target = target
        self._as_json = as_json
        self._placed: Mapping[str, str] = {}

    def __call__(self, made: Made) -> str:
        """Place what is other than the last time, and push; return a line that tells how many files of bundles are others.

        An OPA that cannot be pushed to is complained about, and gets what is made next.
        """
        bundles = self._target.bundles(made)
        files = {f"{name}/{path}": text for name, bundle in bundles.items() for path, text in bundle.files.items()}
        changed = sum(self._placed.get(path) != files.get(path) for path in self._placed.keys() | files.keys())
        if changed:
            self._target.place(bundles)
        self._placed = files
        pushed = self._pushed(made) if self._target.opa_url else None
        return _object(changed, pushed) if self._as_json else _line(changed, pushed)

    def _pushed(self, made: Made) -> bool:
        try:
            self._target.push(made)
        except OpaError as failure:
            complain(str(failure))
            return False
        return True


def _object(changed: int, pushed: bool | None) -> str:
    return json.dumps({"built": True, "files_changed": changed, **({} if pushed is None else {"pushed": pushed})})


def _line(changed: int, pushed: bool | None) -> str:
    outcome = {True: ", pushed", False: ", not pushed", None: ""}[pushed]
    return f"built: {changed} file{'' if changed == 1 else 's'} changed{outcome}"
