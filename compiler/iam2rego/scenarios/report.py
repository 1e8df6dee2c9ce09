"""The report of a run of scenarios, written result by result: as text, as one JSON document, and as JUnit XML.

A report ends with counts, and JUnit also begins with them, so `Form` separates these from the entries for results.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from iam2rego import junit
from iam2rego.diagnostics import printable, render
from iam2rego.engines.explained import explained
from iam2rego.scenarios.program import Program
from iam2rego.scenarios.run import Result, Tally


@dataclass(frozen=True, slots=True)
class Form:
    """The format of a report: the texts before the results, for each result, between two of them, and at the end."""

    head: Callable[[Tally], str]
    entry: Callable[[Result], str]
    between: str
    tail: Callable[[Tally], str]

    def entries(self, results: Iterator[Result], tally: Tally) -> Iterator[str]:
        """Count the results and yield the entry of each."""
        separator = ""
        for result in results:
            tally.count(result)
            if said := self.entry(result):
                yield f"{separator}{said}"
                separator = self.between


def scenario_failure(result: Result) -> Iterator[str]:
    """Yield lines with the place of a failed scenario, the decisions, and the problems of its policies or the native engine's reasons.

    A program of the user's has reasons of its own.
    """
    given = ", ".join(f"{name} decided {decision}" for name, decision in result.decisions.items())
    yield printable(f"{result.scenario.place}: {result.scenario.name}: expected {result.scenario.expect.value}, {given}")
    for diagnostic in result.scenario.diagnostics:
        yield from (f"  {line}" for line in render(diagnostic).splitlines())
    if result.scenario.policies is not None and Program.name not in result.answers:
        lines = explained(result.scenario.policies, result.scenario.texts, result.scenario.request)
        yield from (f"  | {printable(line)}" for line in lines)


def _remarks(result: Result) -> str:
    if not result.passed:
        return "".join(f"{line}\n" for line in scenario_failure(result))
    if result.agreed:
        return ""
    return printable(f"{result.scenario.place}: {result.scenario.name}: the engines agree on the decision but not on the reasons") + "\n"


def _figures(tally: Tally) -> str:
    """Return the counts of each file, if there are several, and of all."""
    files = [f"{printable(file)}: {_counts(*counts)}" for file, counts in tally.files.items()]
    return "\n".join([*(files if len(files) > 1 else ()), _total(tally)])


def _counts(passed: int, failed: int) -> str:
    return f"{passed} passed, {failed} failed" if failed else f"{passed} passed"


def _total(tally: Tally) -> str:
    count = tally.passed + tally.failed
    compared = f", {tally.agreed} of {count} with equal decision documents" if tally.compared else ""
    opa = f" (OPA {tally.opa_version})" if tally.opa_version else ""
    return f"{tally.passed} passed, {tally.failed} failed{compared}{opa}"


def _object(result: Result) -> str:
    scenario = result.scenario
    return json.dumps(
        {"name": scenario.name, "expect": scenario.expect.value, "decisions": result.decisions, "passed": result.passed},
    )


def _case(result: Result) -> str:
    failure = None if result.passed else "\n".join(scenario_failure(result))
    return junit.element(junit.Case(result.scenario.file, result.scenario.name, failure))


def _suite(tally: Tally) -> str:
    return junit.head("iam2rego test", {"opa_version": tally.opa_version or "none"}, tally.passed + tally.failed, tally.failed)


TEXT: Final = Form(lambda _: "", _remarks, "", _figures)
JSON: Final = Form(
    lambda tally: f'{{"opa_version": {json.dumps(tally.opa_version)}, "results": [',
    _object,
    ", ",
    lambda tally: f'], "passed": {tally.passed}, "failed": {tally.failed}}}',
)
JUNIT: Final = Form(_suite, _case, "", lambda _: junit.TAIL)
