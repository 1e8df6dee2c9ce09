# METADATA
# title: Tokens
# description: |
#   The claims of a JSON Web Token. `io.jwt.decode_verify` accepts too much: several spellings of a signature, a payload that is not
#   UTF-8, a token within a token. These are rejected here, after the signature is verified, so that only tokens of the issuer are
#   examined.
package iam.lib.gateway.token

# METADATA
# title: The claims of a valid token that a key of the set has signed for this audience
# description: |
#   `wanted` has the issuer, and the other required values in `pinned`. The issuer is compared here, because the built-in function
#   panics if it is not text (OPA 1.22.2). A token without `exp` would be valid forever.
claims(token, wanted, key_set) := payload if {
	regex.match(form, token)
	pinned := object.union(wanted.pinned, {"cert": json.marshal(key_set), "time": time.now_ns()})
	[valid, _, payload] := io.jwt.decode_verify(token, pinned)
	valid
	payload.iss == wanted.issuer
	is_number(payload.exp)
	[head_text, payload_text] := [base64url.decode(part) | some part in array.slice(split(token, "."), 0, 2)]
	head := json.unmarshal(head_text)
	object.keys(head) & {"b64", "crit", "cty"} == set()
	is_understood(head_text, head)
	is_understood(payload_text, payload)
}

# Three texts of base64url without padding, whose unused bits are zero, so that each octet has one spelling (RFC 4648, section 3.5).
form := concat("", ["^", part, "[.]", part, "[.]", part, "$"])

part := `(?:[\w-]{4})*(?:[\w-][AQgw]|[\w-]{2}[AEIMQUYcgkosw048])?`

# UTF-8 (regular expressions read other octets as U+FFFD), with at most 200 nested arrays and objects.
is_understood(text, value) if {
	regex.match(`^[^\x{FFFD}]*$`, replace(text, "\ufffd", "?"))
	not is_too_deep(text, value)
}

# Most texts have fewer brackets than that.
is_too_deep(text, value) if {
	strings.count(text, "[") + strings.count(text, "{") > 200
	walk(value, [path, inner])
	count(path) == 200
	is_container(inner)
}

is_container(value) if is_array(value)

is_container(value) if is_object(value)
