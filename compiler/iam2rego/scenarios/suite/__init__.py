"""The conformance suite: hand-written cases of the rules of docs/semantics.md, and shrunk cases found since.

It consists of all JSON Lines files in this folder; docs/conformance-suite.md says how to run it on any engine.
"""

from importlib import resources

from iam2rego.source import Source
from iam2rego.sources.scenario import Scenario, scenarios_of


def suite() -> list[Scenario]:
    """Return the cases in order; their places are in ``suite/<file>``."""
    files = sorted(resources.files(__name__).iterdir(), key=lambda each: each.name)
    return scenarios_of(Source(f"suite/{each.name}", each.read_text("utf-8")) for each in files if each.name.endswith(".jsonl"))
