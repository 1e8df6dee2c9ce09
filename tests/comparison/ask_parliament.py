"""Asks parliament about each policy of a folder, in its own environment: a line of JSON for each, with the names of the findings."""

import json
import sys
from pathlib import Path

from parliament import analyze_policy_string

for path in sorted(Path(sys.argv[1]).iterdir()):
    try:
        names = {finding.issue for finding in analyze_policy_string(path.read_text(encoding="utf-8")).findings}
    except Exception:  # it ends with an exception of any type: it has said nothing
        names = set()
    sys.stdout.write(json.dumps([path.stem, sorted(names)]) + "\n")
