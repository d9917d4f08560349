//go:build !v06

package main

import (
	"context"

	"sigs.k8s.io/aws-iam-authenticator/pkg/config"
	"sigs.k8s.io/aws-iam-authenticator/pkg/server"
)

func serve(cfg config.Config) {
	go server.New(context.Background(), cfg).Run(make(chan struct{}))
}
