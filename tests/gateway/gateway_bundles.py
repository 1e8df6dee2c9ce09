"""The bundle of `examples/gateway`."""

import json
import tarfile
from io import BytesIO
from pathlib import Path
from typing import Final

from typer.testing import CliRunner

from iam2rego.cli.main import app

EXAMPLE: Final = Path(__file__).parents[2] / "examples" / "gateway"
PARAMETERS: Final = EXAMPLE.parent / "ecs" / "params.toml"
STUB: Final = Path(__file__).parent / "stub" / "gateway.rego"


def bundle_of(account: Path, folder: Path) -> bytes:
    """Build the account's policies with the gateway's mapping; return the archive."""
    done = CliRunner().invoke(app, ["build", str(account), "--params", str(PARAMETERS), "-o", str(folder / "out")], catch_exceptions=False)
    assert done.exit_code == 0, done.stderr
    manifest = json.loads((folder / "out" / ".manifest").read_text())
    manifest["roots"].append("iam/gateway")
    (folder / "out" / ".manifest").write_text(json.dumps(manifest))
    (folder / "out" / "gateway.rego").write_bytes(STUB.read_bytes())
    packed = BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        archive.add(folder / "out", ".")
    return packed.getvalue()
