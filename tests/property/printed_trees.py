"""Random Rego trees, printed: whether OPA reads them as they are, and `opa fmt` leaves them alone."""

import json
import subprocess
from collections.abc import Iterator
from difflib import unified_diff

from iam2rego.opa.binary import Binary
from iam2rego.rego.language.printer import print_module
from tests.property.rego_forms import form_of_module, form_of_parsed
from tests.property.rego_trees import module


def parsing_failures(binary: Binary, count: int, seed: int) -> Iterator[str]:
    """Yield each of ``count`` random rules in whose text OPA reads anything else than the rule."""
    tree = module(count, seed)
    parsed = json.loads(said(binary, print_module(tree), "parse", "--format", "json", "/dev/stdin"), parse_int=str, parse_float=str)
    (*head, wanted), (*read_head, read) = form_of_module(tree), form_of_parsed(parsed)
    if head != read_head or len(wanted) != len(read):
        yield f"{read_head} with {len(read)} rules is read in the place of {head} with {len(wanted)}"
    yield from (f"{rule}\n is read as {found}" for rule, want, found in zip(tree.rules, wanted, read, strict=False) if want != found)


def format_failures(binary: Binary, count: int, seed: int) -> Iterator[str]:
    """Yield each line of a module of ``count`` random rules that `opa fmt` changes, before and after."""
    text = print_module(module(count, seed))
    yield from unified_diff(text.splitlines(), said(binary, text, "fmt").splitlines(), "printed", "formatted", lineterm="", n=1)


def said(binary: Binary, text: str, *command: str) -> str:
    done = subprocess.run([binary.path, *command], input=text, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, f"{done.stderr}\n{text}"
    return done.stdout
