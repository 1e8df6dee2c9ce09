"""The JSON texts in a file: one that may span lines, or JSON Lines; places are always those in the file."""

from dataclasses import dataclass, replace

from iam2rego.diagnostics import PolicyError
from iam2rego.jsontext import JsonTextError, loads
from iam2rego.source import Source
from iam2rego.syntax.parse import parse_json
from iam2rego.syntax.tree import JsonNode


@dataclass(frozen=True, slots=True)
class JsonText:
    """One JSON text: the file that holds it, and how many lines of that stand before it."""

    text: str
    file: Source
    lines_before: int = 0

    def parse(self) -> JsonNode:
        """Return its tree, with the places of the file; raise a `PolicyError` with such places if it is not JSON."""
        in_place = "\n" * self.lines_before + self.text
        try:
            return parse_json(Source(self.file.name, in_place))
        except PolicyError as error:
            raise PolicyError(replace(each, source=self.file) for each in error.diagnostics) from None


def json_texts(source: Source) -> list[JsonText]:
    """Split ``source`` where its name ends in ``.jsonl``, or its first line that is not blank is a JSON text of its own."""
    lines = [JsonText(line, source, number) for number, line in enumerate(source.lines) if line.strip()]
    if source.name.endswith(".jsonl") or (len(lines) > 1 and _is_json(lines[0].text)):
        return lines
    return [JsonText(source.text, source)]


def _is_json(text: str) -> bool:
    try:
        loads(text)
    except JsonTextError:
        return False
    return True
