// Asks the real aws-iam-authenticator what an aws-auth ConfigMap grants. It runs the authenticator's server with the backend that EKS
// has for aws-auth, gives it the ConfigMap as a Kubernetes API does, and sends it the token of a caller. One question a line on
// stdin, one answer a line on stdout; see README.md.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"

	"sigs.k8s.io/aws-iam-authenticator/pkg/config"
	"sigs.k8s.io/aws-iam-authenticator/pkg/mapper/configmap"
)

// question is a ConfigMap, and who calls.
type question struct {
	Data    map[string]string `json:"data"`
	Callers []caller          `json:"callers"`
}

// caller has the ARN that STS tells of it, and asks so many times.
type caller struct {
	ARN   string `json:"arn"`
	Times int    `json:"times"`
}

// answer is what the authenticator keeps of the ConfigMap, and what each caller is to Kubernetes.
type answer struct {
	Roles    []config.RoleMapping `json:"roles"`
	Users    []config.UserMapping `json:"users"`
	Accounts []string             `json:"accounts"`
	Error    string               `json:"error,omitempty"`
	Callers  []verdict            `json:"callers"`
}

// verdict has one identity for each different one that was given, or says why there is none.
type verdict struct {
	Identities []identity `json:"identities"`
	Error      string     `json:"error,omitempty"`
}

type identity struct {
	Username string   `json:"username"`
	Groups   []string `json:"groups"`
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	authenticator, err := start()
	if err != nil {
		return err
	}
	defer authenticator.stop()
	input := bufio.NewReader(os.Stdin)
	output := bufio.NewWriter(os.Stdout)
	defer output.Flush()
	questions := json.NewDecoder(input)
	answers := json.NewEncoder(output)
	for questions.More() {
		var asked question
		if err := questions.Decode(&asked); err != nil {
			return err
		}
		given, err := authenticator.answer(asked)
		if err != nil {
			return err
		}
		if err := answers.Encode(given); err != nil {
			return err
		}
		// Whoever asks one by one waits for the line; whoever asks at once does not pay for each.
		if input.Buffered() == 0 {
			if err := output.Flush(); err != nil {
				return err
			}
		}
	}
	return nil
}

func (a *authenticator) answer(asked question) (answer, error) {
	users, roles, accounts, err := configmap.ParseMap(asked.Data)
	given := answer{Roles: roles, Users: users, Accounts: accounts, Callers: []verdict{}}
	if err != nil {
		given.Error = err.Error()
	}
	if err := a.hold(asked.Data); err != nil {
		return answer{}, err
	}
	for _, caller := range asked.Callers {
		verdict, err := a.judge(caller)
		if err != nil {
			return answer{}, err
		}
		given.Callers = append(given.Callers, verdict)
	}
	return given, nil
}
