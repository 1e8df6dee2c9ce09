"""Whether conditions on one key can hold together."""

from iam2rego.ir.condition import Condition
from iam2rego.native.case import fold
from iam2rego.proofs.atoms import holds
from iam2rego.proofs.formula import Literal
from iam2rego.proofs.keys import find_value
from iam2rego.proofs.verdict import UndecidedError


def exclude_each_other(*conditions: Condition) -> bool:
    """Say whether it is proved that each can be true, and that no value of the key, and not its lack either, makes all of them true."""
    try:
        return all(map(_can_hold, conditions)) and not _can_hold(*conditions)
    except UndecidedError:
        return False


def _can_hold(*conditions: Condition) -> bool:
    return find_value(fold(conditions[0].key), [Literal(holds(each)) for each in conditions]) is not None
