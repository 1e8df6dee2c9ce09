"""What a golden's folder should hold of what its policies become."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from iam2rego.ir.policy import PolicySet
from iam2rego.rego.bundle.assemble import compile_policies
from iam2rego.rego.bundle.layouts import Layout
from iam2rego.sources import load

_DATA = ("attachments", "tables")
GOLDENS = sorted({path.parent for name in ("policy.json", "set.json") for path in (Path(__file__).parents[1] / "golden").glob(f"*/{name}")})


def policies(golden: Path) -> PolicySet:
    """Return what the folder has compiled: a policy, or a policy set."""
    (source,) = [path for path in (golden / "policy.json", golden / "set.json") if path.exists()]
    return load([str(source)]).policies


def compiled(golden: Path) -> Mapping[str, str]:
    """Return texts by file name: every module, and of a policy set the attachments; of the packed layout the tables."""
    files = compile_policies(policies(golden), revision="golden").files
    texts = {PurePosixPath(path).name: text for path, text in files.items() if path.startswith("iam/policies/")}
    if (golden / "set.json").exists():
        texts["attachments.json"] = json.dumps(json.loads(files["data.json"])["iam"]["attachments"], indent=1) + "\n"
    return {**texts, "tables.jsonl": "".join(_tables(golden))}


def _tables(golden: Path) -> Iterator[str]:
    """Yield what the packed layout has in the place of modules: a statement or a table of actions on a line."""
    files = compile_policies(policies(golden), revision="golden", layout=Layout.PACKED).files
    data = json.loads(files["data.json"])["iam"]
    names = {short: entry["policy"] for short, entry in data["statements"].items()}
    for short, statements in data["policies"].items():
        yield from (f"{json.dumps([names[short], index, each])}\n" for index, each in enumerate(statements))
    yield from (
        f"{json.dumps([family, effect, table])}\n" for family, by_effect in data["actions"].items() for effect, table in by_effect.items()
    )
    if (golden / "set.json").exists():
        yield f"{json.dumps(data['attachments'])}\n"


def kept(golden: Path) -> Mapping[str, str]:
    """Return the texts that the folder holds, likewise."""
    return {path.name: path.read_text("utf-8") for path in sorted(golden.iterdir()) if path.suffix == ".rego" or path.stem in _DATA}
