"""Policies in YAML, and in JSON with comments."""

from pathlib import Path

import pytest

from iam2rego.diagnostics import PolicyError
from iam2rego.sources import load
from iam2rego.sources.loading import Loaded
from tests.support.checks import look

YAML = """\
Version: 2012-10-17
Statement:
  - Effect: Allow  # reads
    Action: s3:GetObject
    Resource: "*"
"""
COMMENTS = """\
// who may read
{
  "Version": "2012-10-17", /* of the language,
  not of the policy */
  "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"} // "//"
}
"""


def loaded(folder: Path, files: dict[str, str]) -> Loaded:
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return load([str(folder)])


def test_policies_of_a_folder(tmp_path: Path) -> None:
    found = loaded(tmp_path, {"a.yaml": YAML, "b.jsonc": COMMENTS, "c.jsonc": "// settings\n{}", "d.yml": "Statement: none"})
    one, other = found.policies.policies
    assert (one.name, other.name) == ("a", "b")
    assert one.document == other.document
    assert [each.message for each in found.diagnostics] == ["2 files that hold no policies are passed over"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        pytest.param('{"Statement": 1 /* never ends', (1, 17), id="comment-that-does-not-end"),
        pytest.param('{"Statement": "a // b\n"}', (1, 15), id="string-that-does-not-end"),
        pytest.param("/* only */", (1, 1), id="nothing-else"),
    ],
)
def test_what_comments_cannot_save(text: str, place: tuple[int, int], tmp_path: Path) -> None:
    (tmp_path / "p.jsonc").write_text(text, encoding="utf-8")
    with pytest.raises(PolicyError) as refused:
        load([str(tmp_path / "p.jsonc")])
    (error,) = refused.value.diagnostics
    assert error.span
    assert ((error.span.line, error.span.column), error.source.text) == (place, text)


def test_a_place_after_a_comment(tmp_path: Path) -> None:
    (tmp_path / "p.jsonc").write_text(COMMENTS.replace("Allow", "allow"), encoding="utf-8")
    (error,) = (each for each in look([str(tmp_path / "p.jsonc")]).findings if each.level == "error")
    assert error.span
    assert (error.span.line, error.source.cut(error.span)) == (5, '"allow"')


@pytest.mark.parametrize("name", ["t.yaml", "t.template"])
def test_a_template_in_flow_style(name: str, tmp_path: Path) -> None:
    document = "{Version: 2012-10-17, Statement: [{Effect: Allow, Action: 's3:GetObject', Resource: !Sub 'arn:aws:s3:::${Name}/*'}]}"
    policy = f"{{Type: AWS::IAM::ManagedPolicy, Properties: {{PolicyDocument: {document}}}}}"
    text = f"{{Parameters: {{Name: {{Type: String, Default: b}}}}, Resources: {{P: {policy}}}}}"
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert [each.name for each in look([str(tmp_path / name)]).policies] == ["t/P"]
    (tmp_path / name).write_text(text[:-1], encoding="utf-8")
    (error,) = look([str(tmp_path / name)]).findings
    assert (error.code, error.message) == ("IAM004", "unexpected `Parameters`; expected a member's name in double quotes or `}`")
