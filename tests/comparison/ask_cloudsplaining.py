"""Asks cloudsplaining about each policy of a folder, in its own environment: a line of JSON for each, with the names of the risks."""

import json
import sys
from pathlib import Path

from cloudsplaining.scan.policy_document import PolicyDocument

RISKS = (
    "allows_data_exfiltration_actions",
    "allows_privilege_escalation",
    "contains_statement_using_not_action",
    "credentials_exposure",
    "infrastructure_modification",
    "permissions_management_without_constraints",
    "service_wildcard",
)

for path in sorted(Path(sys.argv[1]).iterdir()):
    try:
        policy = PolicyDocument(json.loads(path.read_text(encoding="utf-8")))
        names = [name for name in RISKS if getattr(policy, name)]
    except Exception:  # it ends with an exception of any type: it has said nothing
        names = []
    sys.stdout.write(json.dumps([path.stem, names]) + "\n")
