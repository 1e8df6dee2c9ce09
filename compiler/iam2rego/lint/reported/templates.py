"""Templates."""

from typing import Final

from iam2rego.diagnostics import Code
from iam2rego.lint.finding import Example, reported


def _template(resource: str, sections: str = "") -> str:
    return f'{{{sections}"Resources": {{"Reader": {{"Type": "AWS::IAM::ManagedPolicy", "Properties": {{"PolicyDocument": {resource}}}}}}}}}'


def _document(resource: str) -> str:
    return f'{{"Version": "2012-10-17", "Statement": {{"Effect": "Allow", "Action": "s3:GetObject", "Resource": {resource}}}}}'


FINDINGS: Final = (
    reported(
        Code.UNKNOWN_NAME,
        "A policy of a template depends on a name that nothing tells: a parameter without a default, the account, what AWS names.",
        "Nothing is invented: a policy with an invented ARN would decide wrongly, and a `Deny` would deny nothing.",
        (
            "Bind the name by `--param`, or name a file of `--stack`; `iam2rego params` prints all names that are needed. "
            "`check --partial` leaves such policies out."
        ),
        Example(
            _template(_document('{"Fn::Sub": "arn:aws:s3:::${Bucket}/*"}'), '"Parameters": {"Bucket": {"Type": "String"}}, '),
            _template(
                _document('{"Fn::Sub": "arn:aws:s3:::${Bucket}/*"}'), '"Parameters": {"Bucket": {"Type": "String", "Default": "b"}}, '
            ),
        ),
    ),
    reported(
        Code.OUTSIDE_PATTERN,
        "A value from outside a template has `*`, `?` or `${`, and is part of a policy.",
        "AWS puts such values into the policy as they are, so the characters keep their meaning there and widen it.",
        "Bind a value without them; that a condition of the template tests it is no problem.",
        Example(
            _template(_document('{"Fn::Sub": "arn:aws:s3:::${Bucket}/x"}'), '"Parameters": {"Bucket": {"Type": "String"}}, '),
            _template(
                _document('{"Fn::If": ["All", "arn:aws:s3:::b/x", "arn:aws:s3:::c/x"]}'),
                '"Parameters": {"Bucket": {"Type": "String"}}, "Conditions": {"All": {"Fn::Equals": [{"Ref": "Bucket"}, "*"]}}, ',
            ),
            parameters=("Bucket=*",),
        ),
    ),
    reported(
        Code.NOT_CREATED,
        "The condition of a resource is false, so the resource and its policies do not exist.",
        "They are left out of a build, and not checked.",
        "Nothing, if the parameters are those of the stack.",
    ),
    reported(
        Code.NOT_ATTACHED,
        "A policy of a template takes part in no decision: the name of who or what has it is not known, or its type has no place here.",
        "It is checked. A build leaves it out, and warns.",
        "Bind the name of the user, role or resource by `--param`, or name a file of `--stack`.",
    ),
    reported(
        Code.INVALID_TEMPLATE,
        "A part of a template that a policy depends on is not what CloudFormation or SAM accepts, or a macro would change it first.",
        "",
        "Correct it; of a template with macros, read what CloudFormation makes of it.",
        Example(_template(_document('{"Ref": "Nothing"}')), _template(_document('"arn:aws:s3:::b/x"'))),
    ),
    reported(
        Code.TEMPLATE_READ,
        "Some policies of a template are not read, or hold invented names; the message counts them.",
        "",
        "Nothing.",
    ),
    reported(
        Code.PASSED_OVER,
        "A folder holds YAML, or JSON with comments, that is neither a template nor a policy.",
        "Folders of repositories hold workflows and settings; a file that is named by itself is never passed over.",
        "Nothing, or name the file.",
    ),
)
