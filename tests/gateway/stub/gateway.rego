package iam.gateway

import data.iam.authz

default allow := false

allow if authz.allow with input as request

response := {"allowed": true} if allow

response := {"allowed": false, "http_status": 403} if not allow

http := input.attributes.request.http

segments := split(trim_prefix(split(http.path, "?")[0], "/"), "/")

safe if {
	every segment in segments {
		regex.match(`^[A-Za-z0-9_-]+$`, segment)
	}
}

claims := input.attributes.metadataContext.filterMetadata["envoy.filters.http.jwt_authn"].claims

arn(kind) := sprintf("arn:aws:ecs:us-east-1:123456789012:%s", [kind])

target := ["ecs:ListClusters", "*", {}] if [http.method, segments] = ["GET", ["clusters"]]

target := ["ecs:CreateCluster", "*", {}] if [http.method, segments] = ["POST", ["clusters"]]

target := [action, arn(sprintf("cluster/%s", [cluster])), {}] if {
	["clusters", cluster] = segments
	action := {"GET": "ecs:DescribeClusters", "DELETE": "ecs:DeleteCluster"}[http.method]
}

target := [action, "*", {"ecs:cluster": arn(sprintf("cluster/%s", [cluster]))}] if {
	["clusters", cluster, kind] = segments
	action := {"GET services": "ecs:ListServices", "GET tasks": "ecs:ListTasks"}[sprintf("%s %s", [http.method, kind])]
}

target := [action, arn(sprintf("service/%s/%s", [cluster, service])), {"ecs:cluster": arn(sprintf("cluster/%s", [cluster]))}] if {
	["clusters", cluster, "services", service] = segments
	action := {"GET": "ecs:DescribeServices", "POST": "ecs:CreateService", "PUT": "ecs:UpdateService", "DELETE": "ecs:DeleteService"}[http.method]
}

target := [action, arn(sprintf("task/%s", [task])), {"ecs:cluster": arn(sprintf("cluster/%s", [cluster]))}] if {
	["clusters", cluster, "tasks", task] = segments
	action := {"GET": "ecs:DescribeTasks", "DELETE": "ecs:StopTask"}[http.method]
}

target := ["ecs:RunTask", arn(sprintf("task-definition/%s:%s", [family, revision])), {"ecs:cluster": arn(sprintf("cluster/%s", [cluster]))}] if {
	["clusters", cluster, "run", family, revision] = segments
	http.method == "POST"
}

target := [action, "*", {}] if {
	segments == ["task-definitions"]
	action := {"GET": "ecs:ListTaskDefinitions", "POST": "ecs:RegisterTaskDefinition"}[http.method]
}

request := {
	"principal": sprintf("arn:aws:iam::123456789012:user/%s", [claims.sub]),
	"action": target[0],
	"resource": target[1],
	"context": object.union(target[2], {"aws:username": claims.sub}),
} if {
	safe
}
