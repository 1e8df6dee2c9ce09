"""Questions: a policy set and a request, as JSON like that of scenarios."""

from dataclasses import dataclass

from iam2rego.ir.policy import PolicySet
from iam2rego.jsontext import JsonValue, dumps
from iam2rego.sources.scenario import resource_kind
from iam2rego.strategies.reading import read, scenario_text


@dataclass(frozen=True, slots=True)
class Question:
    """The ``policies`` and the ``request`` of a scenario, and whether the policies are read leniently."""

    policies: JsonValue
    request: JsonValue
    lenient: bool

    @property
    def unit(self) -> str:
        """A key that is equal for questions with the same compiled policies."""
        return f"{resource_kind(self.request)} {dumps(self.policies)}"

    def read(self) -> PolicySet:
        """Return the policies as the compiler reads them; raise `ValueError` if they must be refused."""
        return read(self.policies, self.request, lenient=self.lenient)

    def scenario(self, expect: str) -> str:
        """Return the question as a scenario on one line that expects the given decision."""
        return scenario_text(self.policies, self.request, expect=expect, lenient=self.lenient)
