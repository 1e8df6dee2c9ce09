"""``serve``: a bundle server for development."""

import sys
from contextlib import suppress
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from iam2rego.cli.shared.output import failures_reported, show, tell
from iam2rego.diagnostics import printable
from iam2rego.opa import OpaError
from iam2rego.opa.bundle_server import BundleServer

_FOLDER: TypeAlias = Annotated[
    Path, typer.Argument(metavar="DIR", exists=True, file_okay=False, help="The folder whose *.tar.gz files are served.")
]
_PORT: TypeAlias = Annotated[int, typer.Option("--port", min=0, max=65535, help="The port to listen at; 0 for any that is free.")]
_HOST: TypeAlias = Annotated[str, typer.Option("--host", help="The address to listen at; 0.0.0.0 lets other machines in.")]


def serve(directory: _FOLDER, port: _PORT = 8282, host: _HOST = "127.0.0.1") -> None:
    """Serve the archives of a folder to OPAs that poll, until Ctrl-C; for development: whoever reaches the port gets them."""
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
