"""How an output built earlier stands to its sources: whether it is what the compiler would make of them now."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from iam2rego.ir.gateway import Gateway
from iam2rego.ir.policy import PolicySet
from iam2rego.opa.client import Provenance
from iam2rego.rego import Layout, compile_policies, differing_files, with_gateway
from iam2rego.rego.bundle.assemble import MANIFEST

_REVISION: Final = re.compile("[0-9a-f]{64}")
_NAMED: Final = 5
"""So many files are named of those that differ."""


class State(StrEnum):
    """How an output stands: `stale` was made of other sources, by other options or another compiler; `edited` is not what was made."""

    CURRENT = "current"
    STALE = "stale"
    EDITED = "edited"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Standing:
    """A state, and in words what it was told by."""

    state: State
    reason: str

    @property
    def is_wrong(self) -> bool:
        """Whether the output is known to be another than the sources make."""
        return self.state in (State.STALE, State.EDITED)


@dataclass(frozen=True, slots=True)
class Form:
    """In what form an output is made; tables have no rules to label."""

    layout: Layout
    labels: bool

    @property
    def words(self) -> str:
        """What sets the form apart from the default, after the revision."""
        return " packed" if self.layout is Layout.PACKED else "" if self.labels else " without labels"


FORMS: Final = (Form(Layout.MODULES, True), Form(Layout.MODULES, False), Form(Layout.PACKED, False))
"""Every form."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the compiler would make now; `revisions` has every form by its revision."""

    policies: PolicySet
    package: str
    revisions: Mapping[str, Form]
    gateway: Gateway | None = None


def of_output(folder: Path, wanted: Wanted) -> Standing:
    """Tell how the output in ``folder`` stands: by its revision, and where that is the right one by every file."""
    found = _revision_in(folder)
    if found is None:
        return Standing(State.UNKNOWN, f"no revision stands in {folder / MANIFEST}")
    if found not in wanted.revisions:
        return _of_other(f"{folder} has revision {found}", {found}, wanted)
    form = wanted.revisions[found]
    made = compile_policies(wanted.policies, revision=found, package=wanted.package, labels=form.labels, layout=form.layout)
    differing = differing_files(with_gateway(made, wanted.gateway, wanted.package) if wanted.gateway else made, folder)
    if differing:
        return Standing(State.EDITED, f"revision {found} has other files: {_some(differing)}")
    return Standing(State.CURRENT, f"revision {found}")


def of_server(before: Provenance, after: Provenance, wanted: Wanted) -> Standing:
    """Tell how a running OPA stands, by the revisions of its bundles ``before`` it was asked for decisions and ``after``.

    A bundle that was edited keeps its revision; only the decisions tell that.
    """
    if before.revisions != after.revisions:
        return Standing(State.STALE, f"the server took another bundle while it was asked: {_bundles(before)}, then {_bundles(after)}")
    current = sorted(after.revisions.items() & {(name, each) for name in after.revisions for each in wanted.revisions})
    if current:
        return Standing(State.CURRENT, f"bundle `{current[0][0]}` has revision {current[0][1]}")
    if not after.revisions:
        return Standing(State.UNKNOWN, "the server names no bundle that it holds")
    return _of_other(_bundles(after), set(after.revisions.values()), wanted)


def _of_other(said: str, found: set[str], wanted: Wanted) -> Standing:
    if not any(_REVISION.fullmatch(each) for each in found):
        return Standing(State.UNKNOWN, f"{said}, which is none that iam2rego gives")
    now = " or ".join(f"{made}{form.words}" for made, form in wanted.revisions.items())
    return Standing(State.STALE, f"{said}, and sources, options and compiler now make {now}")


def _bundles(provenance: Provenance) -> str:
    return ", ".join(f"bundle `{name}` has revision {each}" for name, each in sorted(provenance.revisions.items())) or "no bundle"


def _revision_in(folder: Path) -> str | None:
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    match manifest:
        case {"revision": str(revision)} if revision:
            return revision
    return None


def _some(files: list[str]) -> str:
    more = f" and {len(files) - _NAMED} more" if len(files) > _NAMED else ""
    return ", ".join(files[:_NAMED]) + more
