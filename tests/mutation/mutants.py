"""The mutants of the native evaluator: what cosmic-ray's operators make of its modules, one change each."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Final

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.operator import Operator
from cosmic_ray.plugins import get_operator, operator_names

PACKAGE: Final = "iam2rego.native"

NOISE: Final = re.compile(
    r"""core/(?:
      ReplaceBinaryOperator_BitOr_.*                        # nearly all of them stand in types
    | ReplaceComparisonOperator_.*_Is(?:Not)?               # equal texts may or may not be one object
    | ReplaceComparisonOperator_Is(?:Not)?_(?!Is|Eq|NotEq).* # what is compared by identity has no order
    | ReplaceComparisonOperator_(?:Is_Eq|IsNot_NotEq)       # and equals nothing else
    | RemoveDecorator                                       # a class without its decorator is none of ours
    )""",
    re.VERBOSE,
)
"""Operators that are not applied."""

DECLARES: Final = ("@", "def ")
"""How lines start whose mutants are passed over: decorators, and signatures with the star before what is named."""

OPERATORS: Final[Sequence[Operator]] = [
    operator() for name in operator_names() if not NOISE.fullmatch(name) and not (operator := get_operator(name)).arguments()
]
"""The others, but for those that put given variables in the place of others."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A module of a package with one change: the whole text, and the line that differs."""

    module: str
    text: str
    line: int
    before: str
    after: str
    package: str = PACKAGE

    def __str__(self) -> str:
        return f"{self.module}.py:{self.line}\n  - {self.before}\n  + {self.after}"


def modules() -> dict[str, str]:
    """Return the source of every module by its name, below the package."""
    folder = resources.files("iam2rego").joinpath("native")
    folders = {"": folder, "gateway.": folder.joinpath("gateway")}
    files = {f"{within}{file.name}": file for within, held in folders.items() for file in held.iterdir() if file.name.endswith(".py")}
    return {name.removesuffix(".py"): file.read_text("utf-8") for name, file in sorted(files.items())}


def mutants(module: str, source: str, operators: Sequence[Operator] = OPERATORS) -> Iterator[Mutant]:
    """Yield every mutant of a module that is Python and differs in more than a declaration."""
    tree = get_ast(source)
    for operator in operators:
        places = sum(1 for node in ast_nodes(tree) for _ in operator.mutation_positions(node))
        for occurrence in range(places):
            text = mutate_code(source, operator, occurrence)
            if text is not None and _is_python(text) and not (mutant := _mutant(module, source, text)).before.startswith(DECLARES):
                yield mutant


def _mutant(module: str, source: str, text: str) -> Mutant:
    lines = zip(source.splitlines(), text.splitlines(), strict=True)
    line, before, after = next((number, *pair) for number, pair in enumerate(lines, start=1) if pair[0] != pair[1])
    return Mutant(module, text, line, before.strip(), after.strip())


def _is_python(text: str) -> bool:
    try:
        compile(text, "mutant", "exec")
    except SyntaxError:
        return False
    return True
