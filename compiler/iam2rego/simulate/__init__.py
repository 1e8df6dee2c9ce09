"""IAM's SimulateCustomPolicy (D1 to D9): reads a request as the AWS CLI does, and makes the response from an engine's decisions."""

from iam2rego.simulate.respond import respond
from iam2rego.simulate.simulation import Simulation, read_simulation
from iam2rego.simulate.table import table
from iam2rego.simulate.units import units
from iam2rego.simulate.verdicts import verdicts

__all__ = ["Simulation", "read_simulation", "respond", "table", "units", "verdicts"]
