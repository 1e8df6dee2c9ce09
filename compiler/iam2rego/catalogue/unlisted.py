"""Services that policies name and the Service Authorization Reference no longer, or never, has."""

from typing import Final

_RETIRED: Final = """
codestar deepcomposer deeplens deepracer elastic-inference evidently iot1click iotevents zocalo
"""
"""Prefixes of services that AWS has ended or renamed: AWS General Reference, "AWS service endpoints", as of 2026, has none of them."""

_INTERNAL: Final = "builderid"
"""What AWS's own policies name, and no page of AWS describes."""

UNLISTED: Final = frozenset((*_RETIRED.split(), _INTERNAL))
"""The prefixes of these services, which nobody has misspelled."""

ENDED: Final = frozenset({"a4b", "nimble", "robomaker"})
"""Prefixes of ended services that the reference still has, though nobody tends their tables."""

UNLISTED_ACTIONS: Final = frozenset(
    {
        *(f"cloudhsm:{name}lunaclient" for name in ("create", "delete", "describe", "modify")),
        *(f"cloudhsm:{name}" for name in ("describehapg", "getconfig", "modifyhapg")),
        "cloud9:validateenvironmentname",
        "qapps:importdocumenttoqapp",
        "qapps:importdocumenttoqappsession",
        "memorydb:replicatemultiregionclusterdata",
    }
)
"""Actions, in lower case: those of CloudHSM Classic, some that the reference had once, and one of the MemoryDB Developer Guide."""
