package main

import (
	"bytes"
	"crypto/tls"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"reflect"
	"strings"
	"time"

	"github.com/sirupsen/logrus"
	authentication "k8s.io/api/authentication/v1beta1"
	"sigs.k8s.io/aws-iam-authenticator/pkg/config"
	"sigs.k8s.io/aws-iam-authenticator/pkg/mapper"
)

// authenticator is the server, and what is around it.
type authenticator struct {
	around  *surroundings
	log     *logListener
	client  *http.Client
	address string
	folder  string
}

func start() (*authenticator, error) {
	folder, err := os.MkdirTemp("", "authenticator")
	if err != nil {
		return nil, err
	}
	log := listenToLog()
	around, err := surround()
	if err != nil {
		return nil, err
	}
	serve(config.Config{
		PartitionID:            "aws",
		ClusterID:              clusterID,
		KubeconfigPregenerated: true,
		Hostname:               "127.0.0.1",
		Address:                "127.0.0.1",
		StateDir:               folder,
		Master:                 around.address,
		BackendMode:            []string{mapper.ModeEKSConfigMap},
	})
	// The certificate is made for this run by the server itself.
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}
	return &authenticator{around: around, log: log, client: client, address: <-log.address, folder: folder}, nil
}

func (a *authenticator) stop() { _ = os.RemoveAll(a.folder) }

// hold gives the server a ConfigMap. It is sent twice: once the second one is received, the first is held.
func (a *authenticator) hold(data map[string]string) error {
	for range 2 {
		if err := a.around.send(data); err != nil {
			return err
		}
	}
	for range 2 {
		select {
		case <-a.log.received:
		case <-time.After(30 * time.Second):
			return fmt.Errorf("the authenticator does not take the ConfigMap %q", data)
		}
	}
	return nil
}

func (a *authenticator) judge(caller caller) (verdict, error) {
	given := verdict{Identities: []identity{}}
	for range max(caller.Times, 1) {
		found, err := a.authenticate(caller.ARN)
		if err != nil {
			return verdict{}, err
		}
		if found == nil {
			given.Error = a.log.denied
			continue
		}
		if !contains(given.Identities, *found) {
			given.Identities = append(given.Identities, *found)
		}
	}
	return given, nil
}

func contains(all []identity, one identity) bool {
	for _, other := range all {
		if reflect.DeepEqual(other, one) {
			return true
		}
	}
	return false
}

// authenticate asks as the API server does, and returns nil for a caller that is denied.
func (a *authenticator) authenticate(arn string) (*identity, error) {
	body, err := json.Marshal(authentication.TokenReview{Spec: authentication.TokenReviewSpec{Token: tokenOf(arn)}})
	if err != nil {
		return nil, err
	}
	response, err := a.client.Post("https://"+a.address+"/authenticate", "application/json", bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, err
	}
	var review authentication.TokenReview
	if err := json.Unmarshal(text, &review); err != nil {
		return nil, fmt.Errorf("status %d: %s", response.StatusCode, text)
	}
	if !review.Status.Authenticated {
		return nil, nil
	}
	user := review.Status.User
	return &identity{Username: user.Username, Groups: append([]string{}, user.Groups...)}, nil
}

const (
	clusterID   = "cluster"
	accessKeyID = "AKIAIOSFODNN7EXAMPLE"
)

// tokenOf makes a token: the address of a signed request to STS. Who calls stands in it, for the STS of surroundings.go.
// Source: https://github.com/kubernetes-sigs/aws-iam-authenticator#api-authorization-from-outside-a-cluster
func tokenOf(arn string) string {
	now := time.Now().UTC()
	query := url.Values{
		"Action":               {"GetCallerIdentity"},
		"Version":              {"2011-06-15"},
		"X-Amz-Algorithm":      {"AWS4-HMAC-SHA256"},
		"X-Amz-Credential":     {accessKeyID + "/" + now.Format("20060102") + "/us-east-1/sts/aws4_request"},
		"X-Amz-Date":           {now.Format("20060102T150405Z")},
		"X-Amz-Expires":        {"60"},
		"X-Amz-Security-Token": {arn},
		"X-Amz-Signature":      {"0"},
		"X-Amz-SignedHeaders":  {"host;x-k8s-aws-id"},
	}
	return "k8s-aws-v1." + base64.RawURLEncoding.EncodeToString([]byte("https://sts.amazonaws.com/?"+query.Encode()))
}

// logListener learns from the server's log what it tells nowhere else.
type logListener struct {
	address  chan string
	received chan struct{}
	denied   string
}

func listenToLog() *logListener {
	listener := &logListener{address: make(chan string, 1), received: make(chan struct{}, 2)}
	logrus.SetOutput(io.Discard)
	logrus.AddHook(listener)
	return listener
}

func (*logListener) Levels() []logrus.Level { return logrus.AllLevels }

func (l *logListener) Fire(entry *logrus.Entry) error {
	address, found := strings.CutPrefix(entry.Message, "listening on ")
	switch {
	case found:
		l.address <- address
	case entry.Message == "Received aws-auth watch event":
		l.received <- struct{}{}
	case entry.Message == "access denied":
		l.denied = fmt.Sprint(entry.Data[logrus.ErrorKey])
	case entry.Level <= logrus.FatalLevel:
		fmt.Fprintln(os.Stderr, entry.Message, entry.Data[logrus.ErrorKey])
	}
	return nil
}
