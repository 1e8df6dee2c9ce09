# METADATA
# title: The description of statements
# description: |
#   For decision documents. For each statement, `data.iam.statements` has a list of its Sid, the places of its start and end, and the
#   context keys that it reads.
package iam.lib.description

# METADATA
# title: The descriptions of statements, in order
# description: |
#   Each of `matched` is a type of policy, the policy's name, the statement's index, and the policy's name in `data.iam.statements`.
#   The order is that in which OPA iterates over a set.
of(matched, effect) := [{
	"policy": policy,
	"policy_type": type,
	"sid": sid,
	"index": index,
	"effect": effect,
	"start": {"line": line, "column": column},
	"end": {"line": last_line, "column": last_column},
} |
	some [type, policy, index, name] in matched
	[sid, line, column, last_line, last_column, _] := data.iam.statements[name].statements[index]
]
