// Decides by cedar-go what the standard input asks: a list of cases, each with policies in Cedar. Prints, by the name of the
// case, whether it is allowed, and the microseconds and allocations that one decision takes.
package main

import (
	"encoding/json"
	"log"
	"os"
	"testing"

	"github.com/cedar-policy/cedar-go"
)

type question struct {
	Name, Policies, Principal, Action, Resource string
	Context                                     map[string]string
}

type answer struct {
	Allowed      bool    `json:"allowed"`
	Microseconds float64 `json:"microseconds"`
	Allocations  float64 `json:"allocations"`
}

func main() {
	var questions []question
	if err := json.NewDecoder(os.Stdin).Decode(&questions); err != nil {
		log.Fatalf("the standard input is no list of cases: %v", err)
	}
	answers := map[string]answer{}
	for _, each := range questions {
		answers[each.Name] = decide(each)
	}
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		log.Fatal(err)
	}
}

func decide(asked question) answer {
	policies, err := cedar.NewPolicySetFromBytes(asked.Name, []byte(asked.Policies))
	if err != nil {
		log.Fatalf("%s: %v", asked.Name, err)
	}
	request, allowed := asked.request(), false
	measured := testing.Benchmark(func(b *testing.B) {
		b.ReportAllocs()
		for range b.N {
			decision, _ := cedar.Authorize(policies, cedar.EntityMap{}, request)
			allowed = decision == cedar.Allow
		}
	})
	return answer{allowed, float64(measured.T.Nanoseconds()) / float64(measured.N) / 1e3, float64(measured.AllocsPerOp())}
}

func (asked question) request() cedar.Request {
	context := cedar.RecordMap{}
	for key, value := range asked.Context {
		context[cedar.String(key)] = cedar.String(value)
	}
	return cedar.Request{
		Principal: cedar.NewEntityUID("User", cedar.String(asked.Principal)),
		Action:    cedar.NewEntityUID("Action", cedar.String(asked.Action)),
		Resource:  cedar.NewEntityUID("Resource", cedar.String(asked.Resource)),
		Context:   cedar.NewRecord(context),
	}
}
