# Compiled by iam2rego from "update-service.json"
package iam.policies.update_service

# METADATA
# labels:
#   policy: "update-service"
#   sid: ""
#   index: 0
allow contains 0 if {
	input.action in {
		"application-autoscaling:putscalingpolicy",
		"application-autoscaling:deletescalingpolicy",
		"application-autoscaling:registerscalabletarget",
		"cloudwatch:describealarms",
		"cloudwatch:putmetricalarm",
		"ecs:updateservice",
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
#   policy: "update-service"
#   sid: ""
#   index: 0
allow contains 0 if {
	strings.any_prefix_match(input.action, {"application-autoscaling:describe", "ecs:list", "ecs:describe"})
}
