"""Templates."""

import json
from typing import Final

from iam2rego.diagnostics import Code
from iam2rego.lint.finding import Example, reported


def _template(resource: str, sections: str = "") -> str:
    return f'{{{sections}"Resources": {{"Reader": {{"Type": "AWS::IAM::ManagedPolicy", "Properties": {{"PolicyDocument": {resource}}}}}}}}}'


def _document(resource: str) -> str:
    return f'{{"Version": "2012-10-17", "Statement": {{"Effect": "Allow", "Action": "s3:GetObject", "Resource": {resource}}}}}'


_TRUST: Final = (
    '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "ec2.amazonaws.com"}}}'
)


_ROLE: Final = "arn:aws:iam::111122223333:role/job"
_BUCKET: Final = '"arn:aws:s3:::b/*"'


def _plan(unknown: str, after: str) -> str:
    change = f'{{"actions": ["create"], "after": {{"name": "job"{after and ", "}{after}}}, "after_unknown": {unknown}}}'
    role = f'{{"address": "aws_iam_role.job", "mode": "managed", "type": "aws_iam_role", "change": {change}}}'
    return f'{{"format_version": "1.2", "resource_changes": [{role}]}}'


def _exclusive(names: str) -> str:
    role = f'{{"address": "aws_iam_role.job", "mode": "managed", "type": "aws_iam_role", "values": {{"name": "job", "arn": "{_ROLE}"}}}}'
    inline = f'{{"name": "write", "role": "job", "policy": {json.dumps(_document(_BUCKET))}}}'
    policy = f'{{"address": "aws_iam_role_policy.write", "mode": "managed", "type": "aws_iam_role_policy", "values": {inline}}}'
    kind = "aws_iam_role_policies_exclusive"
    values = f'{{"role_name": "job", "policy_names": {names}}}'
    exclusive = f'{{"address": "{kind}.job", "mode": "managed", "type": "{kind}", "values": {values}}}'
    return f'{{"format_version": "1.0", "values": {{"root_module": {{"resources": [{role}, {policy}, {exclusive}]}}}}}}'


FINDINGS: Final = (
    reported(
        Code.UNKNOWN_NAME,
        "A policy of a template or plan depends on a name that nothing tells: a parameter without a default, the account, what AWS names.",
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
        Code.AFTER_APPLY,
        "A policy of a Terraform plan is known only after apply.",
        "A document with one unknown part is unknown as a whole in a plan. A build without it would decide wrongly.",
        "Apply, and read the state: `terraform show -json > state.json`. Or plan again, once what the document refers to is there.",
        Example(
            _plan('{"assume_role_policy": true}', ""),
            _plan("{}", f'"assume_role_policy": {json.dumps(_TRUST)}'),
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
        "The condition of a resource is false, or a Terraform plan takes the resource away, so its policies do not exist.",
        "They are left out of a build, and not checked.",
        "Nothing, if the parameters are those of the stack, and the plan is to be applied.",
    ),
    reported(
        Code.NOT_ATTACHED,
        "A policy takes part in no decision: the name of who or what has it is not known, or its type has no place here.",
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
        "Some policies of a template, plan or state are not read, or hold invented names; the message counts them.",
        "",
        "Nothing, if the account that it names is right.",
    ),
    reported(
        Code.PASSED_OVER,
        "A folder holds YAML, or JSON with comments, that is neither a template nor a policy.",
        "Folders of repositories hold workflows and settings; a file that is named by itself is never passed over.",
        "Nothing, or name the file.",
    ),
    reported(
        Code.NOT_EXCLUSIVE,
        "A resource of Terraform lists all policies that a user, group or role may have, and the plan or state gives it others.",
        (
            "`aws_iam_role_policies_exclusive` and the like say which policies there are at most. Terraform removes all others when it "
            "applies them, and what gives those adds them again. Or the resource lists an inline policy that the file does not have: "
            "it may exist, but its document is not known."
        ),
        "List the policy, or remove what gives it. Add the source of one that is elsewhere.",
        Example(_exclusive("[]"), _exclusive('["write"]')),
    ),
)
