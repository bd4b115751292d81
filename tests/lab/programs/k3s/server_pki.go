package main

import (
	"errors"
	"os"
	"strings"
)

// pki is what the server signs with; the names of its files are k3s's.
type pki struct{ serverCA, clientCA *authority }

func openPKI(o *serverOptions) (*pki, error) {
	var authorities [3]*authority
	for i, name := range []string{"server-ca", "client-ca", "request-header-ca"} {
		opened, err := openAuthority(o.folder("tls"), name)
		if err != nil {
			return nil, err
		}
		authorities[i] = opened
	}
	serverCA, clientCA, headerCA := authorities[0], authorities[1], authorities[2]
	for name, holder := range map[string]holder{
		"client-admin":          {name: "system:admin", groups: []string{"system:masters"}},
		"client-kube-apiserver": {name: "system:apiserver", groups: []string{"system:masters"}},
		"client-controller":     {name: "system:kube-controller-manager"},
		"client-scheduler":      {name: "system:kube-scheduler"},
	} {
		if err := clientCA.issue(name, holder); err != nil {
			return nil, err
		}
	}
	if err := headerCA.issue("client-auth-proxy", holder{name: "system:auth-proxy"}); err != nil {
		return nil, err
	}
	if err := serverCA.issue("serving-kube-apiserver", holder{name: "kube-apiserver", names: serverNames(o)}); err != nil {
		return nil, err
	}
	// The key that signs ServiceAccount tokens outlives a restart, as the tokens in pods do.
	if _, err := os.Stat(o.tls("service.key")); errors.Is(err, os.ErrNotExist) {
		if _, err := newKey(o.tls("service.key")); err != nil {
			return nil, err
		}
	}
	return &pki{serverCA, clientCA}, nil
}

func serverNames(o *serverOptions) []string {
	host, _ := os.Hostname()
	names := []string{"kubernetes", "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local", "localhost"}
	names = append(names, "127.0.0.1", "::1", serviceIP, host, o.advertise)
	names = append(names, o.sans...)
	if !strings.HasPrefix(o.bind, "0.0.0.0") {
		names = append(names, o.bind)
	}
	return names
}
