"""Reads requests. Whether one is of form N3 is for the engines to say; here it only has to be JSON."""

from iam2rego.diagnostics import Code, Diagnostic, PolicyError
from iam2rego.jsontext import JsonTextError, JsonValue, loads
from iam2rego.sources.files import Place, read
from iam2rego.sources.problems import Problems
from iam2rego.sources.texts import JsonText, json_texts
from iam2rego.syntax.members import duplicate_members


def read_requests(path: str) -> list[JsonValue]:
    """Return the requests in a file, or of stdin for ``-``: one JSON value, or one on each line that is not blank.

    Raises:
        PolicyError: the file cannot be read, or holds text that is not JSON, or nothing.
    """
    source = read(Place(path, path)).source
    if not source.text.strip():
        raise PolicyError([Diagnostic(Code.BAD_REQUEST, "there is no request in it", source)])
    problems = Problems()
    requests: list[JsonValue] = []
    for text in json_texts(source):
        with problems.collected():
            requests.append(_request(text))
    problems.settled()
    return requests


def _request(text: JsonText) -> JsonValue:
    """Read fast without places; only a text that fails is parsed again to learn them."""
    try:
        return loads(text.text)
    except JsonTextError:
        repeated = duplicate_members(text.parse(), text.file)  # all that `parse` does not refuse itself
        raise PolicyError(repeated) from None
