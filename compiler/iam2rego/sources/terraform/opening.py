"""Opens a file of Terraform: a plan or a state as `terraform show -json` prints it, or a state as Terraform keeps it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from iam2rego.diagnostics import Code
from iam2rego.source import Source
from iam2rego.sources.problems import Problems
from iam2rego.sources.terraform.kept import read_kept
from iam2rego.sources.terraform.recognition import PARTS, members_of
from iam2rego.sources.terraform.resources import Plan, Reader, Wanted
from iam2rego.sources.terraform.text import Text

_VERSION: Final = re.compile(r"[01](?:\..*)?", re.DOTALL)

_PRINT: Final = "`terraform show -json FILE` prints a plan or a state"


def open_plan(source: Source, wanted: Wanted, problems: Problems) -> Plan:
    """Return what the file says; what is wrong with one resource is a problem.

    Raises:
        PolicyError: the file is not JSON, is of a version that is not known, or a part of it has another form.
    """
    plan = Plan(Text(source))
    reader = Reader(plan, problems, wanted)
    if '"format_version"' not in source.text:
        read_kept(reader, members_of(plan.text))
        return plan
    try:
        _Root(reader).read()
    except RecursionError:
        plan.text.refuse(Code.TOO_DEEP, "modules are nested too deeply here", plan.text.span(plan.text.start))
    return plan


@dataclass(slots=True)
class _Root:
    """Reads what `terraform show -json` prints, in one go."""

    reader: Reader
    seen: dict[str, int] = field(default_factory=dict)

    def read(self) -> None:
        """Read the file. The planned values count only if there are no changes, as in files of format 0.1."""
        text = self.reader.plan.text
        readers: dict[str, Callable[[int], int]] = {
            "format_version": self._version,
            "resource_changes": lambda at: text.array(at, "`resource_changes`", self.reader.change),
            "values": self._values,
            "configuration": self._configuration,
            "errored": lambda at: self._flag(at, "errored", wrong=True),
            "complete": lambda at: self._flag(at, "complete", wrong=False),
        }

        def member(name: str, at: int) -> int:
            self.seen[name] = at
            return readers.get(name, text.skip)(at)

        text.end(text.object(text.start, "a plan or a state", member))
        if not self.seen.keys() & {*PARTS}:
            text.refuse(Code.UNKNOWN_SOURCE, "this is neither a plan nor a state of Terraform", text.span(text.start), _PRINT)
        if "planned_values" in self.seen and "resource_changes" not in self.seen:
            self._values(self.seen["planned_values"])

    def _version(self, at: int) -> int:
        text = self.reader.plan.text
        version, end = text.decode(at)
        if not isinstance(version, str):
            text.wrong_type(version, text.span(at), "`format_version`", "a string")
        if not _VERSION.fullmatch(version):
            text.refuse(Code.UNKNOWN_SOURCE, f"the format `{version}` of Terraform is not known", text.span(at), "0.x and 1.x are read")
        return end

    def _values(self, at: int) -> int:
        text, reader = self.reader.plan.text, self.reader

        def member(name: str, inner: int) -> int:
            return reader.module(inner, "`root_module`") if name == "root_module" else text.skip(inner)

        return text.object(at, "`values`", member)

    def _configuration(self, at: int) -> int:
        plan = self.reader.plan
        plan.configuration, end = plan.text.decode(at)
        plan.configured = at
        return end

    def _flag(self, at: int, name: str, *, wrong: bool) -> int:
        text = self.reader.plan.text
        value, end = text.decode(at)
        if not isinstance(value, bool):
            text.wrong_type(value, text.span(at), f"`{name}`", "a boolean")
        if value is wrong:
            self.reader.plan.unfinished = text.span(at)
        return end
