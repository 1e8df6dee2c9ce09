"""Notices that no source has the policies of KMS keys (E15)."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from iam2rego.diagnostics import Code, Diagnostic
from iam2rego.ir.attachments import Attachments
from iam2rego.ir.policy import PolicyType
from iam2rego.ir.walk import walk
from iam2rego.rego.bundle.unit import Unit
from iam2rego.sources.reading import Reading

_KEY: Final = re.compile(r"arn:[^:]*:kms:[^:]*:[^:]*:key/.*", re.DOTALL)
_HINT: Final = "give the policies of keys by their ARNs, in the `resources` of a policy set"


def default_key_policies(readings: Sequence[Reading[Unit]], attachments: Attachments) -> Iterator[Diagnostic]:
    """Yield one notice if a policy set or an account export allows actions on KMS keys, and no source has a key policy."""
    given = any(each.type is PolicyType.RESOURCE and (each.arn is None or _KEY.fullmatch(each.arn)) for each in walk(attachments))
    allowing = [each for each in readings if each.allows_keys]
    if allowing and not given and any(each.attachments is not None for each in readings):
        message = "actions on KMS keys are allowed, and no key policy is given: every key is assumed to have the default one"
        yield Diagnostic(Code.DEFAULT_KEY_POLICIES, message, allowing[0].source, hint=_HINT)
