"""``serve``: a bundle server for development."""

import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

import click

from iam2rego.cli.shared.command import argument, command, option, options
from iam2rego.cli.shared.output import failures_reported, show, tell
from iam2rego.diagnostics import printable
from iam2rego.opa import OpaError
from iam2rego.opa.bundle_server import BundleServer

_FOLDER: Final = click.Path(exists=True, file_okay=False, path_type=Path)


@options
class Options:
    """The options of `serve`."""

    directory: Path = argument("DIR", "The folder whose *.tar.gz files are served.", type=_FOLDER)
    port: int = option(
        "--port", default=8282, type=click.IntRange(0, 65535), metavar="PORT", help="The port to listen at; 0 for any free one."
    )
    host: str = option("--host", default="127.0.0.1", metavar="ADDRESS", help="The address to listen at; 0.0.0.0 lets other machines in.")


@command
def run(options: Options) -> None:
    """Serve the archives in a folder to OPAs, until Ctrl-C. For development: everybody who reaches the port gets them."""
    directory, host, port = options.directory, options.host, options.port
    with failures_reported(), suppress(KeyboardInterrupt), _listening(directory, host, port) as server:
        show(f"serving {printable(str(directory))} at {server.address}")
        sys.stdout.flush()
        server.serve_forever()


def _listening(directory: Path, host: str, port: int) -> BundleServer:
    try:
        return BundleServer(directory, host, port, lambda line: tell(printable(line)))
    except OSError as failure:
        words = (failure.strerror or str(failure)).lower()
        raise OpaError(f"cannot listen at {host}:{port}: {words}; name another with --port or --host") from None
