"""Results as JUnit XML, for the servers that run tests."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree

_NO_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

TAIL: Final = "\n  </testsuite>\n</testsuites>"
"""What ends a report."""


@dataclass(frozen=True, slots=True)
class Case:
    """One test: the group it belongs to, its name, and why it failed, or None."""

    group: str
    name: str
    failure: str | None = None


def junit(suite: str, properties: Mapping[str, object], cases: Sequence[Case]) -> str:
    """Return the report of one suite."""
    failures = sum(case.failure is not None for case in cases)
    return "".join([head(suite, properties, len(cases), failures), *map(element, cases), TAIL])


def head(suite: str, properties: Mapping[str, object], tests: int, failures: int) -> str:
    """Return what comes before the cases of a report."""
    root = ElementTree.Element("testsuites")
    top = ElementTree.SubElement(root, "testsuite", name=suite, tests=str(tests), failures=str(failures), errors="0")
    listed = ElementTree.SubElement(top, "properties")
    for name, value in properties.items():
        ElementTree.SubElement(listed, "property", name=name, value=_legal(str(value)))
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode").removesuffix(TAIL)


def element(case: Case) -> str:
    """Return a case as it follows the head, or another case."""
    root = ElementTree.Element("testcase", classname=_legal(case.group), name=_legal(case.name))
    if case.failure is not None:
        first = case.failure.partition("\n")[0]
        ElementTree.SubElement(root, "failure", message=_legal(first)).text = _legal(case.failure)
    ElementTree.indent(root, level=2)
    return f"\n    {ElementTree.tostring(root, encoding='unicode')}"


def _legal(text: str) -> str:
    """Replace the characters that XML cannot hold in any form."""
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", text)
