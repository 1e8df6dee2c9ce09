# Compiled by iam2rego from "create-service.json"
package iam.policies.create_service

# METADATA
# labels:
#   policy: "create-service"
#   sid: ""
#   index: 0
allow contains 0 if {
	input.action in {
		"application-autoscaling:putscalingpolicy",
		"application-autoscaling:registerscalabletarget",
		"cloudwatch:describealarms",
		"cloudwatch:putmetricalarm",
		"ecs:createservice",
		"iam:attachrolepolicy",
		"iam:createrole",
		"iam:getpolicy",
		"iam:getpolicyversion",
		"iam:getrole",
		"iam:listattachedrolepolicies",
		"iam:listroles",
		"iam:listgroups",
		"iam:listusers",
	}
}

# METADATA
# labels:
#   policy: "create-service"
#   sid: ""
#   index: 0
allow contains 0 if {
	strings.any_prefix_match(input.action, {
		"application-autoscaling:describe",
		"ecs:list",
		"ecs:describe",
		"elasticloadbalancing:describe",
	})
}
