"""What was used of policies, by the decision logs of OPA.

They are read as a stream (`logs`) and understood event by event (`logged`); what these used is counted by statement (`counts`), and
made into the narrower policies that would have served (`narrower`).
"""

from iam2rego.usage.counts import Usage
from iam2rego.usage.logged import Logged, read_event
from iam2rego.usage.logs import Logs

__all__ = ["Logged", "Logs", "Usage", "read_event"]
