# METADATA
# title: Percent-encoding
# description: |
#   The encoded characters beyond ASCII and its controls, as alternatives of a regular expression: those of two, three and four
#   bytes by Unicode's table of well-formed sequences, which excludes overlong forms.
package iam.lib.gateway.percent

beyond_ascii := concat("", [
	`|%[Cc]2%[ABab][0-9A-Fa-f]`,
	`|(?:%[Cc][3-9A-Fa-f]|%[Dd][0-9A-Fa-f])%[89ABab][0-9A-Fa-f]`,
	`|(?:%[Ee]0%[ABab]|%[Ee][1-9A-CEFa-cef]%[89ABab]|%[Ee][Dd]%[89])[0-9A-Fa-f]%[89ABab][0-9A-Fa-f]`,
	`|(?:%[Ff]0%[9ABab]|%[Ff][1-3]%[89ABab]|%[Ff]4%8)[0-9A-Fa-f](?:%[89ABab][0-9A-Fa-f]){2}`,
])
