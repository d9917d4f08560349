//go:build v06

package main

import (
	"sigs.k8s.io/aws-iam-authenticator/pkg/config"
	"sigs.k8s.io/aws-iam-authenticator/pkg/server"
)

func serve(cfg config.Config) {
	stop := make(chan struct{})
	go server.New(cfg, stop).Run(stop)
}
