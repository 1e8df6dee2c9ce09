"""Compares an earlier output with its sources: would the compiler make the same output now?"""

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
from iam2rego.rego.bundle.assemble import MANIFEST, compile_policies
from iam2rego.rego.bundle.layouts import Layout
from iam2rego.rego.bundle.output import differing_files
from iam2rego.rego.gateway.settings import with_gateway

_REVISION: Final = re.compile("[0-9a-f]{64}")
_NAMED: Final = 5
"""How many of the differing files are named."""


class State(StrEnum):
    """The state of an output: `stale` if the sources, options or compiler have changed since; `edited` if the output was changed."""

    CURRENT = "current"
    STALE = "stale"
    EDITED = "edited"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Freshness:
    """The state of an output, and its reason in words."""

    state: State
    reason: str

    @property
    def is_wrong(self) -> bool:
        """Whether the output is known to differ from what the sources make."""
        return self.state in (State.STALE, State.EDITED)


@dataclass(frozen=True, slots=True)
class Form:
    """The form of an output; tables have no rules to label."""

    layout: Layout
    labels: bool

    @property
    def words(self) -> str:
        """The difference from the default form, as text after the revision."""
        return " packed" if self.layout is Layout.PACKED else "" if self.labels else " without labels"


FORMS: Final = (Form(Layout.MODULES, True), Form(Layout.MODULES, False), Form(Layout.PACKED, False))
"""Every form."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The output that the compiler would make now; `revisions` has every form by its revision."""

    policies: PolicySet
    package: str
    revisions: Mapping[str, Form]
    gateway: Gateway | None = None


def of_output(folder: Path, wanted: Wanted) -> Freshness:
    """Return the state of the output in ``folder``, by its revision and, if that is right, by every file."""
    found = _revision_in(folder)
    if found is None:
        return Freshness(State.UNKNOWN, f"{folder / MANIFEST} has no revision")
    if found not in wanted.revisions:
        return _of_other(f"{folder} has revision {found}", {found}, wanted)
    form = wanted.revisions[found]
    made = compile_policies(wanted.policies, revision=found, package=wanted.package, labels=form.labels, layout=form.layout)
    differing = differing_files(with_gateway(made, wanted.gateway, wanted.package) if wanted.gateway else made, folder)
    if differing:
        return Freshness(State.EDITED, f"revision {found} has other files: {_some(differing)}")
    return Freshness(State.CURRENT, f"revision {found}")


def of_server(before: Provenance, after: Provenance, wanted: Wanted) -> Freshness:
    """Return the state of a running OPA, by the revisions of its bundles ``before`` and ``after`` the requests.

    An edited bundle keeps its revision; only the decisions reveal the edit.
    """
    if before.revisions != after.revisions:
        return Freshness(State.STALE, f"the server loaded another bundle during the check: {_bundles(before)}, then {_bundles(after)}")
    current = sorted(after.revisions.items() & {(name, each) for name in after.revisions for each in wanted.revisions})
    if current:
        return Freshness(State.CURRENT, f"bundle `{current[0][0]}` has revision {current[0][1]}")
    if not after.revisions:
        return Freshness(State.UNKNOWN, "the server reports no bundle")
    return _of_other(_bundles(after), set(after.revisions.values()), wanted)


def _of_other(said: str, found: set[str], wanted: Wanted) -> Freshness:
    if not any(_REVISION.fullmatch(each) for each in found):
        return Freshness(State.UNKNOWN, f"{said}, which is not a revision of iam2rego")
    now = " or ".join(f"{made}{form.words}" for made, form in wanted.revisions.items())
    return Freshness(State.STALE, f"{said}, and sources, options and compiler now make {now}")


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
