"""Reports which parts of policies were used, according to OPA's decision logs.

The logs are read as a stream (`logs`), event by event (`logged`), and counted by statement (`counts`). From the counts follow narrower
policies that would have been enough (`narrower`).
"""

from iam2rego.usage.counts import Usage
from iam2rego.usage.logged import Logged, read_event
from iam2rego.usage.logs import Logs

__all__ = ["Logged", "Logs", "Usage", "read_event"]
