"""Runs `examples/gateway` on this machine until it is ended: ``python -m tests.gateway.example [PORT]``, 8080 unless another is given.

Writes to `.gateway/`: options of curl for each user, the key that bundles are signed by, the folder that is served and what OPA logs.
"""

import os
import shutil
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from iam2rego.opa.binary import obtain
from tests.gateway.chains import chain
from tests.gateway.gateway_bundles import Builder
from tests.gateway.routes import USERS
from tests.support.tokens import Key, claims, token

FOLDER: Final = Path(".gateway")
OPTIONS: Final = """\
silent
path-as-is
header = "authorization: Bearer {token}"
write-out = " (%{{http_code}})\\n"
"""


def main(arguments: Sequence[str]) -> None:
    """Run it."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with suppress(KeyboardInterrupt):
        run(int([*arguments, 8080][0]))


def run(port: int) -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    builder = Builder(obtain(os.environ.get("IAM2REGO_OPA"), say), FOLDER)
    with chain(builder, builder.build().archive, FOLDER, api=port) as running:
        write_options(running.key)
        say(f"http://127.0.0.1:{running.port} is ready, until Ctrl-C")
        signal.pause()


def write_options(key: Key) -> None:
    for user in USERS:
        (FOLDER / user).write_text(OPTIONS.format(token=token(key, claims(user))))


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
