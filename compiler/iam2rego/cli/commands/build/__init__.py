"""``build``: compiles policies to a bundle."""

import json
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Final

import click

from iam2rego.cli.shared.command import Choice, command, flag, group, option, options
from iam2rego.cli.shared.compiling import Compiling, Made, made_of
from iam2rego.cli.shared.inputs import load_sources
from iam2rego.cli.shared.options import Printing, Reading, sources_argument, token_option, url_option
from iam2rego.cli.shared.output import FINDINGS, complain, failures_reported, located, refuse, show, tell
from iam2rego.cli.shared.placing import Folder, place, refuse_within
from iam2rego.cli.commands.build.watch import rebuild
from iam2rego.opa import OpaError
from iam2rego.rego.bundle.assemble import Bundle, archive
from iam2rego.rego.bundle.layouts import Layout
from iam2rego.rego.bundle.output import bundle_files, differing_files, write
from iam2rego.sources.files import STDIN
from iam2rego.sources.parameters import files_among


_FORMS: Final = {Layout.MODULES: "modules", Layout.PACKED: "tables (packed)"}


class Emit(StrEnum):
    """What `build` prints instead of writing."""

    IR = "ir"


@options
class Options:
    """The options of `build`."""

    sources: tuple[str, ...] = sources_argument()
    output: Path | None = option(
        "-o", "--output", metavar="DIR", type=click.Path(path_type=Path), help="The folder to write: absent, empty, or an earlier build's."
    )
    bundle: Path | None = option(
        "--bundle", metavar="FILE.tar.gz", type=click.Path(path_type=Path), help="Also write the bundle as an archive."
    )
    opa_url: str | None = url_option("Also push to this running OPA.")
    opa_token: str | None = token_option()
    check: bool = flag("--check", explanation="Write nothing; print the files of DIR that would change, and exit with 1 if there are any.")
    watch: bool = flag("--watch", explanation="Build again whenever a file changes, and print a line each time, until Ctrl-C.")
    emit: Emit | None = option("--emit", type=Choice(Emit), help="Print the intermediate representation as JSON instead.")
    compiling: Compiling = group(Compiling)
    reading: Reading = group(Reading)
    printing: Printing = group(Printing)


@command
def run(options: Options) -> None:
    """Compile policies to a bundle for OPA: a folder of Rego modules and data, and an archive of it.

    The exit status is 2 if a policy has an error, else 0.
    """
    _refuse_contradictions(options)
    with failures_reported(as_json=options.printing.as_json):
        if options.emit:
            _print_ir(options)
        elif options.check and options.output:
            _compare(_made(options).below(options.compiling.package), options.output, options.printing)
        elif options.watch:
            files = (*files_among(options.reading.param), *options.reading.stack, *filter(None, [options.compiling.gateway]))
            rebuild([*options.sources, *files], lambda: _made(options), _Deliveries(options), as_json=options.printing.as_json)
        else:
            made = _made(options)
            _place(made.below(options.compiling.package), options)
            _push(made, options)
            if not options.printing.quiet and not options.printing.as_json:
                tell(_summary(made, options))


def _refuse_contradictions(options: Options) -> None:
    if sum((options.check, options.watch, options.emit is not None)) > 1:
        refuse("--check, --watch and --emit exclude each other")
    if options.watch and STDIN in options.sources:
        refuse("stdin cannot be watched: name files or folders", "--watch")
    if options.check and not options.output:
        refuse("name the folder to compare with: -o DIR")
    if not (options.emit or options.output or options.bundle or options.opa_url):
        refuse("name the folder to write: -o DIR")
    refuse_within(options.output, {"--bundle": options.bundle})


def _print_ir(options: Options) -> None:
    show(load_sources(options.sources, options.reading, options.printing).policies.model_dump_json(indent=2))


def _made(options: Options) -> Made:
    made = made_of(options.sources, options.reading, options.compiling, options.printing)
    made.refuse_too_many(options.sources[0])
    return made


def _compare(compiled: Bundle, directory: Path, printing: Printing) -> None:
    with located(directory):
        differing = differing_files(compiled, directory)
    for path in differing:
        show(str(directory / path))
    if differing:
        if not printing.quiet and not printing.as_json:
            tell(f"not what would be built now: {len(differing):,} {'file' if len(differing) == 1 else 'files'}; build again without --check")
        raise click.exceptions.Exit(FINDINGS)


def _place(bundle: Bundle, options: Options) -> None:
    files = {options.bundle: archive(bundle)} if options.bundle else {}
    folders = [Folder(options.output, bundle_files, lambda path: write(bundle, path))] if options.output else []
    place(files, folders)


def _push(made: Made, options: Options) -> None:
    """Push to the OPA that is named, if one is; raises `OpaError` if that fails."""
    if options.opa_url:
        from iam2rego.opa.push import push  # here, since other builds should not wait for the client of OPA

        push(options.opa_url, options.opa_token, made.below, options.compiling.package)


def _summary(made: Made, options: Options) -> str:
    policies = len(made.units)
    places = ", ".join(str(each) for each in (options.output, options.bundle, options.opa_url and "the OPA") if each)
    return f"built {policies:,} {'policy' if policies == 1 else 'policies'} as {_FORMS[made.layout]}: {places}"


class _Deliveries:
    """Places and pushes what was made, one time after the other."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._placed: Mapping[str, str] = {}

    def __call__(self, made: Made) -> str:
        """Place what has changed since the last time, and push; return a line that says how many files have changed.

        If an OPA cannot be pushed to, say so; it gets the next one.
        """
        files = made.below(self._options.compiling.package).files
        changed = sum(self._placed.get(path) != files.get(path) for path in self._placed.keys() | files.keys())
        if changed:
            _place(Bundle(files), self._options)
        self._placed = files
        pushed = self._pushed(made) if self._options.opa_url else None
        return _object(changed, pushed) if self._options.printing.as_json else _line(changed, pushed)

    def _pushed(self, made: Made) -> bool:
        try:
            _push(made, self._options)
        except OpaError as failure:
            complain(str(failure))
            return False
        return True


def _object(changed: int, pushed: bool | None) -> str:
    return json.dumps({"built": True, "files_changed": changed, **({} if pushed is None else {"pushed": pushed})})


def _line(changed: int, pushed: bool | None) -> str:
    outcome = {True: ", pushed", False: ", not pushed", None: ""}[pushed]
    return f"built: {changed} file{'' if changed == 1 else 's'} changed{outcome}"
