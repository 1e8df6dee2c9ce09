# Compiled by iam2rego from "first-run-wizard.json"
package iam.policies.first_run_wizard

import data.iam.lib.context

# METADATA
# labels:
#   policy: "first-run-wizard"
#   sid: ""
#   index: 0
allow contains 0 if {
	input.action in {
		"application-autoscaling:deletescalingpolicy",
		"application-autoscaling:deregisterscalabletarget",
		"application-autoscaling:describescalabletargets",
		"application-autoscaling:describescalingactivities",
		"application-autoscaling:describescalingpolicies",
		"application-autoscaling:putscalingpolicy",
		"application-autoscaling:registerscalabletarget",
		"appmesh:listmeshes",
		"appmesh:listvirtualnodes",
		"appmesh:describevirtualnode",
		"autoscaling:updateautoscalinggroup",
		"autoscaling:createautoscalinggroup",
		"autoscaling:createlaunchconfiguration",
		"autoscaling:deleteautoscalinggroup",
		"autoscaling:deletelaunchconfiguration",
		"cloudformation:createstack",
		"cloudformation:deletestack",
		"cloudformation:updatestack",
		"cloudwatch:describealarms",
		"cloudwatch:deletealarms",
		"cloudwatch:getmetricstatistics",
		"cloudwatch:putmetricalarm",
		"codedeploy:createapplication",
		"codedeploy:createdeployment",
		"codedeploy:createdeploymentgroup",
		"codedeploy:getapplication",
		"codedeploy:getdeployment",
		"codedeploy:getdeploymentgroup",
		"codedeploy:listapplications",
		"codedeploy:listdeploymentgroups",
		"codedeploy:listdeployments",
		"codedeploy:stopdeployment",
		"codedeploy:getdeploymenttarget",
		"codedeploy:listdeploymenttargets",
		"codedeploy:getdeploymentconfig",
		"codedeploy:getapplicationrevision",
		"codedeploy:registerapplicationrevision",
		"codedeploy:batchgetapplicationrevisions",
		"codedeploy:batchgetdeploymentgroups",
		"codedeploy:batchgetdeployments",
		"codedeploy:batchgetapplications",
		"codedeploy:listapplicationrevisions",
		"codedeploy:listdeploymentconfigs",
		"codedeploy:continuedeployment",
		"sns:listtopics",
		"lambda:listfunctions",
		"ec2:associateroutetable",
		"ec2:attachinternetgateway",
		"ec2:authorizesecuritygroupingress",
		"ec2:cancelspotfleetrequests",
		"ec2:createinternetgateway",
		"ec2:createlaunchtemplate",
		"ec2:createroute",
		"ec2:createroutetable",
		"ec2:createsecuritygroup",
		"ec2:createsubnet",
		"ec2:createvpc",
		"ec2:deletelaunchtemplate",
		"ec2:deletesubnet",
		"ec2:deletevpc",
		"ec2:detachinternetgateway",
		"ec2:disassociateroutetable",
		"ec2:modifysubnetattribute",
		"ec2:modifyvpcattribute",
		"ec2:runinstances",
		"ec2:requestspotfleet",
		"elasticloadbalancing:createlistener",
		"elasticloadbalancing:createloadbalancer",
		"elasticloadbalancing:createrule",
		"elasticloadbalancing:createtargetgroup",
		"elasticloadbalancing:deletelistener",
		"elasticloadbalancing:deleteloadbalancer",
		"elasticloadbalancing:deleterule",
		"elasticloadbalancing:deletetargetgroup",
		"elasticloadbalancing:describelisteners",
		"elasticloadbalancing:describeloadbalancers",
		"elasticloadbalancing:describerules",
		"elasticloadbalancing:describetargetgroups",
		"events:describerule",
		"events:deleterule",
		"events:listrulenamesbytarget",
		"events:listtargetsbyrule",
		"events:putrule",
		"events:puttargets",
		"events:removetargets",
		"iam:listattachedrolepolicies",
		"iam:listinstanceprofiles",
		"iam:listroles",
		"logs:createloggroup",
		"logs:describeloggroups",
		"logs:filterlogevents",
		"route53:gethostedzone",
		"route53:listhostedzonesbyname",
		"route53:createhostedzone",
		"route53:deletehostedzone",
		"route53:gethealthcheck",
		"servicediscovery:createprivatednsnamespace",
		"servicediscovery:createservice",
		"servicediscovery:getnamespace",
		"servicediscovery:getoperation",
		"servicediscovery:getservice",
		"servicediscovery:listnamespaces",
		"servicediscovery:listservices",
		"servicediscovery:updateservice",
		"servicediscovery:deleteservice",
	}
}

# METADATA
# labels:
#   policy: "first-run-wizard"
#   sid: ""
#   index: 0
allow contains 0 if {
	strings.any_prefix_match(input.action, {
		"autoscaling:describe",
		"cloudformation:describestack",
		"ec2:describe",
		"ecs:",
	})
}

# METADATA
# labels:
#   policy: "first-run-wizard"
#   sid: ""
#   index: 1
allow contains 1 if {
	input.action in {"ssm:getparametersbypath", "ssm:getparameters", "ssm:getparameter"}
	glob.match("arn:aws:ssm:*:*:parameter/aws/service/ecs*", null, input.resource)
}

# METADATA
# labels:
#   policy: "first-run-wizard"
#   sid: ""
#   index: 2
allow contains 2 if {
	input.action in {"ec2:deleteinternetgateway", "ec2:deleteroute", "ec2:deleteroutetable", "ec2:deletesecuritygroup"}
	startswith(context.text("ec2:resourcetag/aws:cloudformation:stack-name"), "EC2ContainerService-")
}

reads_context contains 2 if {
	input.action in {"ec2:deleteinternetgateway", "ec2:deleteroute", "ec2:deleteroutetable", "ec2:deletesecuritygroup"}
}

# METADATA
# labels:
#   policy: "first-run-wizard"
#   sid: ""
#   index: 3
allow contains 3 if {
	input.action == "iam:passrole"
	context.texts["iam:passedtoservice"] == "ecs-tasks.amazonaws.com"
}

reads_context contains 3 if input.action == "iam:passrole"

# METADATA
# labels:
#   policy: "first-run-wizard"
#   sid: ""
#   index: 4
allow contains 4 if {
	input.action == "iam:passrole"
	glob.match("arn:aws:iam::*:role/ecsInstanceRole*", null, input.resource)
	context.texts["iam:passedtoservice"] in {"ec2.amazonaws.com", "ec2.amazonaws.com.cn"}
}

# METADATA
# labels:
#   policy: "first-run-wizard"
#   sid: ""
#   index: 5
allow contains 5 if {
	input.action == "iam:passrole"
	glob.match("arn:aws:iam::*:role/ecsAutoscaleRole*", null, input.resource)
	context.texts["iam:passedtoservice"] in {
		"application-autoscaling.amazonaws.com",
		"application-autoscaling.amazonaws.com.cn",
	}
}

# METADATA
# labels:
#   policy: "first-run-wizard"
#   sid: ""
#   index: 6
allow contains 6 if {
	input.action == "iam:createservicelinkedrole"
	context.texts["iam:awsservicename"] in {
		"ecs.amazonaws.com",
		"spot.amazonaws.com",
		"spotfleet.amazonaws.com",
		"ecs.application-autoscaling.amazonaws.com",
		"autoscaling.amazonaws.com",
	}
}

reads_context contains 6 if input.action == "iam:createservicelinkedrole"
