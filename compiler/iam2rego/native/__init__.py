"""The native evaluator: decides a request straight from the numbered rules, as plainly as Python can say them.

It is the oracle that the compiled Rego is compared with. It shares only the IR with the Rego back end, and it is obvious
rather than fast. Rule numbers (``A3``, ``C15``, ...) are those of docs/semantics.md.
"""

from iam2rego.native.authorize import authorize
from iam2rego.native.explain import Reason, explain, reasons
from iam2rego.native.voices import reads_context, voices

__all__ = ["Reason", "authorize", "explain", "reads_context", "reasons", "voices"]
