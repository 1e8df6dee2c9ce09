"""Sources, requests, scenarios and output."""

from typing import Final

from iam2rego.diagnostics import Code
from iam2rego.lint.finding import Example, reported

FINDINGS: Final = (
    reported(
        Code.UNREADABLE,
        "A file or folder does not exist, is not a regular file, or may not be read.",
        "Or so much of a file of JSON Lines is wrong that the rest is not read.",
        "The message gives the reason of the operating system.",
    ),
    reported(
        Code.UNKNOWN_SOURCE,
        "The file is JSON or YAML, but holds no policies in a form that is known.",
        "",
        "Name the policies alone; a folder must hold nothing else in `*.json`.",
        Example(
            '{"kind": "Deployment"}',
            '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}',
        ),
    ),
    reported(
        Code.NO_POLICY,
        "A source holds no policy and says of nobody who has one, or the file no scenario.",
        (
            "An empty success would be misleading. What the AWS CLI lists without documents is no policy either; the hint names "
            "the command that prints them."
        ),
        "Check the path.",
        Example(
            '{"policies": {"identity": []}}',
            (
                '{"policies": {"identity": [{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": '
                '"s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}]}}'
            ),
        ),
    ),
    reported(
        Code.POLICY_NAME_TAKEN,
        "Two policies have the same name, which identifies a policy in every output.",
        "",
        "Name one folder that holds both, so that the path tells them apart.",
    ),
    reported(
        Code.UNKNOWN_SOURCE_MEMBER,
        "A policy set, wrapper or scenario has an unknown member.",
        "",
        "Correct the name.",
        Example(
            (
                '{"policies": {"identities": [{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": '
                '"s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}]}}'
            ),
            (
                '{"policies": {"identity": [{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": '
                '"s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}]}}'
            ),
        ),
    ),
    reported(
        Code.WRONG_SOURCE_TYPE,
        "A member of a policy set, wrapper or scenario holds a value of another type than it may.",
        "",
        "The message says what it must be.",
        Example(
            (
                '{"policies": {"identity": {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": '
                '"s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}}}'
            ),
            (
                '{"policies": {"identity": [{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": '
                '"s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}]}}'
            ),
        ),
    ),
    reported(
        Code.MISSING_SOURCE_MEMBER,
        "A policy set, wrapper or scenario is missing a required member.",
        "",
        "Add it.",
        Example(
            '{"PolicyVersion": {"VersionId": "v1"}}',
            (
                '{"PolicyVersion": {"VersionId": "v1", "Document": {"Version": "2012-10-17", "Statement": {"Effect": '
                '"Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}}}'
            ),
        ),
    ),
    reported(
        Code.UNUSED_PARAMETER,
        "No policy has the placeholder that a parameter binds; perhaps one of the two is misspelled.",
        "",
        "Remove or correct the parameter.",
        Example(
            (
                '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": '
                '"arn:aws:s3:::<bucket>/*"}}'
            ),
            (
                '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": '
                '"arn:aws:s3:::<buckets>/*"}}'
            ),
            parameters=("buckets=b",),
        ),
    ),
    reported(
        Code.BAD_PARAMETERS,
        "A parameter has two values or is empty, or the file of `--params` is not one table of names to strings.",
        "",
        'A TOML file has lines like `bucket = "my-bucket"`.',
    ),
    reported(
        Code.BAD_REQUEST,
        "The file of `--request` or `--requests` holds no request.",
        (
            "Text that is not JSON has a code of its own; a request that is JSON but not of the form N3 is refused by "
            "the engines, in `errors`. `eval` checks a file before it decides the first request. From a pipe it answers "
            "each request as it comes, so the requests before a line that is not JSON are answered, and the status is 2."
        ),
        "A request is one JSON object, or one a line, of which there may be any number.",
    ),
    reported(
        Code.BAD_OUTPUT,
        "The output cannot be written where it should go; nothing was touched.",
        (
            "The folder holds what no build wrote (a link or an empty folder counts), is a file, or cannot be used; "
            "or the archive of `--bundle` cannot be written. Or `bundle` is given a folder or an archive that `build` "
            "did not write. Or no delta leads from what `--delta` names to the new bundle: one of them is not packed, "
            "they have different modules, or they are the same."
        ),
        "Name a folder that is absent, empty, or an earlier build's.",
    ),
    reported(
        Code.UNKNOWN_REFERENCE,
        (
            "A user, group or role of an account export refers to a group, managed policy or permissions boundary that "
            "is not in the export, or a managed policy has no default version. Or a template refers to a policy of AWS or of "
            "another source that is not there, or an inline policy may be of several accounts."
        ),
        "Decisions without it would be wrong.",
        "Export the account without `--filter`, and name the files of all pages.",
        Example(
            '{"UserDetailList": [{"Arn": "arn:aws:iam::123456789012:user/u", "GroupList": ["developers"]}]}',
            (
                '{"UserDetailList": [{"Arn": "arn:aws:iam::123456789012:user/u"}], "Policies": [{"Arn": '
                '"arn:aws:iam::123456789012:policy/p", "PolicyVersionList": [{"IsDefaultVersion": true, "Document": '
                '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": '
                '"arn:aws:s3:::b/*"}}}]}]}'
            ),
        ),
    ),
    reported(
        Code.INCOMPLETE_EXPORT,
        (
            "An account export says that it goes on, and its last page is not among the sources; or nothing in it says "
            "which account it is of."
        ),
        "It goes on where `IsTruncated` is true, or where the AWS CLI left a `NextToken`.",
        "Name the files of all pages together.",
        Example(
            '{"UserDetailList": [{"Arn": "arn:aws:iam::123456789012:user/u"}], "IsTruncated": true, "Marker": "AAAA"}',
            (
                '{"UserDetailList": [{"Arn": "arn:aws:iam::123456789012:user/u"}], "Policies": [{"Arn": '
                '"arn:aws:iam::123456789012:policy/p", "PolicyVersionList": [{"IsDefaultVersion": true, "Document": '
                '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": '
                '"arn:aws:s3:::b/*"}}}]}]}'
            ),
        ),
    ),
    reported(
        Code.CONFLICTING_SOURCES,
        "Two sources say the same thing differently.",
        (
            "Both have policies of a type that is attached to everybody, or the policy of one resource; one attaches a "
            "permissions boundary to everybody and an account export to somebody; a user, group or role is there twice; or "
            "several plain files are policies of the one resource asked for."
        ),
        "Leave one of them out, or put the policies into one policy set.",
    ),
    reported(
        Code.APPLIES_TO_ALL,
        "A policy set holds session or endpoint policies, which then apply to every request.",
        "In a scenario they belong to its request.",
        "Leave them out unless every request comes through that endpoint, or in such a session.",
        Example(
            (
                '{"policies": {"vpc_endpoint": [{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": '
                '"*", "Action": "s3:*", "Resource": "*"}}]}}'
            ),
            (
                '{"policies": {"identity": [{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": '
                '"s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}]}}'
            ),
        ),
    ),
    reported(
        Code.INVALID_INPUT,
        "IAM's SimulateCustomPolicy would refuse the request, or has no such simulation.",
        (
            'A value is too long, too short, out of range or unknown; an action has a wildcard, as in `{"ActionNames": '
            '["s3:Get*"]}`; a context value is not of its type; the caller is neither a user nor a group nor a role; a '
            "role is simulated with a resource-based policy."
        ),
        (
            "Name what the API takes ([simulate.md](simulate.md)), or use `eval` or `test`, which decide for every "
            "caller and every type of policy."
        ),
    ),
    reported(
        Code.BAD_NOTES,
        "The file of `conform --resume` cannot be read or written, or belongs to another run.",
        (
            "Another run has other sources, options, seed or requests, another server, or another OPA or other bundles "
            "there. The file is left as it is."
        ),
        "Remove it to begin anew, or name another file.",
    ),
    reported(
        Code.TOO_MANY_STATEMENTS,
        "The policies to build as modules have more than 100,000 statements.",
        "OPA would take more than 4 GiB of memory and a minute to start.",
        (
            "Build with `--layout packed`, which takes [a fifteenth of the memory](building.md#two-layouts), or split "
            "the estate with `iam2rego bundle --partition-by account`, of which each OPA loads what it needs."
        ),
    ),
    reported(
        Code.DEFAULT_KEY_POLICIES,
        "Some identity-based policy allows actions of KMS, and no source gives the policy of a KMS key.",
        (
            "The sources say who has which policies. Each key is then taken to have the [default key "
            "policy](https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html), which lets the IAM "
            "policies of its account decide ([E15](semantics.md#decisions)). A key with another policy may allow less, or more."
        ),
        "Give the policies of keys in the `resources` of a [policy set](policy-sets.md#policy-sets), by the ARNs of the keys.",
    ),
)
