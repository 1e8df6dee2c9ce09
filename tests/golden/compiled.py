"""What a golden's folder should hold of what its policies become."""

import json
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from iam2rego.ir.policy import PolicySet
from iam2rego.rego import compile_policies
from iam2rego.sources import load

GOLDENS = sorted({path.parent for name in ("policy.json", "set.json") for path in Path(__file__).parent.glob(f"*/{name}")})


def policies(golden: Path) -> PolicySet:
    """Return what the folder has compiled: a policy, or a policy set."""
    (source,) = [path for path in (golden / "policy.json", golden / "set.json") if path.exists()]
    return load([str(source)]).policies


def compiled(golden: Path) -> Mapping[str, str]:
    """Return texts by file name: every module, and of a policy set the attachments."""
    files = compile_policies(policies(golden), revision="golden").files
    texts = {PurePosixPath(path).name: text for path, text in files.items() if path.startswith("iam/policies/")}
    if (golden / "set.json").exists():
        texts["attachments.json"] = json.dumps(json.loads(files["data.json"])["iam"]["attachments"], indent=1) + "\n"
    return texts


def kept(golden: Path) -> Mapping[str, str]:
    """Return the texts that the folder holds, likewise."""
    return {path.name: path.read_text("utf-8") for path in sorted(golden.iterdir()) if path.suffix == ".rego" or path.stem == "attachments"}
