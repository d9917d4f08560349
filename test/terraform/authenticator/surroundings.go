package main

import (
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
)

// surroundings are the three services that the authenticator asks: the Kubernetes API, STS and EC2.
type surroundings struct {
	address string
	events  chan []byte
}

func surround() (*surroundings, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &surroundings{address: "http://" + listener.Addr().String(), events: make(chan []byte, 2)}
	for name, value := range map[string]string{
		"AWS_REGION":                  "us-east-1",
		"AWS_ACCESS_KEY_ID":           accessKeyID,
		"AWS_SECRET_ACCESS_KEY":       "secret",
		"AWS_EC2_METADATA_DISABLED":   "true",
		"AWS_CONFIG_FILE":             os.DevNull,
		"AWS_SHARED_CREDENTIALS_FILE": os.DevNull,
		// With a bundle the earlier clients make a transport of their own.
		"AWS_CA_BUNDLE": "",
		// Of the clients of AWS, the later ones go by this; the earlier ones use the default transport.
		"AWS_ENDPOINT_URL_EC2": s.address,
	} {
		if err := os.Setenv(name, value); err != nil {
			return nil, err
		}
	}
	http.DefaultTransport = &awsTransport{aws: s.aws(), others: http.DefaultTransport}
	handler := http.NewServeMux()
	handler.HandleFunc("/api/v1/namespaces/kube-system/configmaps", s.watch)
	handler.Handle("/", s.aws())
	go func() { _ = http.Serve(listener, handler) }()
	return s, nil
}

// awsTransport answers what is asked of AWS.
type awsTransport struct {
	aws    http.Handler
	others http.RoundTripper
}

func (t *awsTransport) RoundTrip(request *http.Request) (*http.Response, error) {
	if !strings.HasSuffix(request.URL.Hostname(), ".amazonaws.com") {
		return t.others.RoundTrip(request)
	}
	recorder := httptest.NewRecorder()
	t.aws.ServeHTTP(recorder, request)
	return recorder.Result(), nil
}

func (s *surroundings) send(data map[string]string) error {
	event, err := json.Marshal(map[string]any{
		"type": "MODIFIED",
		"object": map[string]any{
			"apiVersion": "v1",
			"kind":       "ConfigMap",
			"metadata":   map[string]string{"name": "aws-auth", "namespace": "kube-system"},
			"data":       data,
		},
	})
	if err == nil {
		s.events <- event
	}
	return err
}

func (s *surroundings) watch(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	for {
		w.(http.Flusher).Flush()
		select {
		case event := <-s.events:
			_, _ = w.Write(append(event, '\n'))
		case <-r.Context().Done():
			return
		}
	}
}

func (s *surroundings) aws() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Get("Action") == "GetCallerIdentity" {
			callerIdentity(w, r.URL.Query().Get("X-Amz-Security-Token"))
			return
		}
		_ = r.ParseForm()
		instances(w, r.PostForm.Get("InstanceId.1"))
	})
}

// callerIdentity tells of a caller what STS tells: a session has its name behind the id of the role, and a federated user its own
// behind the account. Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable
func callerIdentity(w http.ResponseWriter, arn string) {
	parts := append(strings.SplitN(arn, ":", 6), make([]string, 6)...)
	account, resource := parts[4], parts[5]
	kind, _, _ := strings.Cut(resource, "/")
	name := resource[strings.LastIndex(resource, "/")+1:]
	userID := map[string]string{
		"root":           account,
		"federated-user": account + ":" + name,
		"user":           "AIDACKCEVSQ6C2EXAMPLE",
	}[kind]
	if userID == "" {
		userID = "AROADBQP57FF2AEXAMPLE:" + name
	}
	_ = json.NewEncoder(w).Encode(map[string]any{
		"GetCallerIdentityResponse": map[string]any{
			"GetCallerIdentityResult": map[string]string{"Account": account, "Arn": arn, "UserId": userID},
		},
	})
}

// instances knows every instance by a name made from its id.
func instances(w http.ResponseWriter, id string) {
	w.Header().Set("Content-Type", "text/xml")
	fmt.Fprintf(w, `<DescribeInstancesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><reservationSet><item><instancesSet>`+
		`<item><instanceId>%s</instanceId><privateDnsName>%s.ec2.internal</privateDnsName></item>`+
		`</instancesSet></item></reservationSet></DescribeInstancesResponse>`, id, id)
}
