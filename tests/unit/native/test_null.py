"""The operator Null (C5, C11, C26)."""

import pytest

from iam2rego.ir.condition import Condition, Operator
from iam2rego.native.conditions import condition_holds
from iam2rego.native.request import Context
from tests.unit.native.conditions import holds, literal


@pytest.mark.parametrize(
    ("values", "qualifier", "context", "want"),
    [
        pytest.param(["true"], "", {}, True, id="true/missing"),
        pytest.param(["true"], "", {"k:v": "a"}, False, id="true/present"),
        pytest.param(["true"], "", {"k:v": ""}, False, id="C5/an-empty-string-is-present"),
        pytest.param(["false"], "", {}, False, id="false/missing"),
        pytest.param(["FALSE"], "", {"k:v": "a"}, True, id="false/present-other-case"),
        pytest.param(["false"], "", {"k:v": ("a",)}, True, id="false/a-list-is-present"),
        pytest.param(["true", "false"], "", {}, True, id="both/missing"),
        pytest.param(["true", "false"], "", {"k:v": "a"}, True, id="both/present"),
        pytest.param([], "", {}, False, id="C27/no-values"),
        pytest.param(["maybe"], "", {}, False, id="C15/unreadable"),
        pytest.param(["true"], "", {"k:v": ("",)}, True, id="C5/a-list-of-an-empty-string-is-missing"),
        pytest.param(["false"], "", {"k:v": ("", "")}, False, id="C5/a-list-of-empty-strings-is-not-present"),
        pytest.param(["false"], "", {"k:v": ("", "a")}, True, id="C5/an-empty-string-beside-a-value"),
        pytest.param(["true"], "ForAllValues", {"k:v": "a"}, True, id="for-all-values-is-always-true"),
        pytest.param(["false"], "ForAnyValue", {"k:v": "a"}, False, id="for-any-value-is-always-false"),
    ],
)
def test_c11_null(values: list[str], qualifier: str, context: Context, want: bool) -> None:
    assert holds(Operator.NULL, [literal(value) for value in values], context, qualifier=qualifier) is want


@pytest.mark.parametrize(
    ("key", "missing"),
    [
        pytest.param("aws:TagKeys", True, id="C26/tag-keys"),
        pytest.param("AWS:calledvia", True, id="C26/called-via-in-another-case"),
        pytest.param("aws:PrincipalOrgPaths", True, id="C26/principal-org-paths"),
        pytest.param("aws:ResourceOrgPaths", True, id="C26/resource-org-paths"),
        pytest.param("aws:PrincipalServiceNamesList", True, id="C26/principal-service-names"),
        pytest.param("aws:SourceOrgPaths", True, id="C26/source-org-paths"),
        pytest.param("aws:VpceOrgPaths", True, id="C26/vpce-org-paths"),
        pytest.param("aws:PrincipalTag/TagKeys", False, id="C26/tag"),
        pytest.param("aws:username", False, id="C26/single-valued"),
        pytest.param("s3:TagKeys", False, id="C26/of-a-service"),
    ],
)
def test_c5_null_takes_an_empty_multivalued_key_for_missing(key: str, missing: bool) -> None:
    def null(wanted: str, actual: str) -> bool:
        return condition_holds(Condition(operator=Operator.NULL, key=key, values=(literal(wanted),)), {key.lower(): actual})

    assert [null("true", ""), null("false", "")] == [missing, not missing]
    assert [null("true", "a"), null("false", "a")] == [False, True]
