package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"time"
)

// startAll starts etcd and the API server, and when that answers what talks to it.
func (c *controlPlane) startAll() error {
	ports, err := freePorts(2)
	if err != nil {
		return err
	}
	client, peer := fmt.Sprintf("http://127.0.0.1:%d", ports[0]), fmt.Sprintf("http://127.0.0.1:%d", ports[1])
	if err := c.startEtcd(client, peer); err != nil {
		return err
	}
	if err := c.startAPIServer(client); err != nil {
		return err
	}
	if err := c.waitReady(); err != nil {
		return err
	}
	if !c.options.noControllers {
		if err := c.startControllers(); err != nil {
			return err
		}
	}
	if !c.options.noScheduler {
		return c.startScheduler()
	}
	return nil
}

func (c *controlPlane) startEtcd(client, peer string) error {
	return c.start("etcd",
		"--name=lab", "--data-dir="+c.options.folder("db/etcd"), "--unsafe-no-fsync", "--log-level=warn",
		"--listen-client-urls="+client, "--advertise-client-urls="+client,
		"--listen-peer-urls="+peer, "--initial-advertise-peer-urls="+peer, "--initial-cluster=lab="+peer)
}

func (c *controlPlane) startAPIServer(etcd string) error {
	o := c.options
	reconciler := "lease"
	if net.ParseIP(o.advertise).IsLoopback() {
		reconciler = "none" // an Endpoints object may not hold a loopback address
	}
	return c.start("kube-apiserver",
		"--etcd-servers="+etcd,
		"--bind-address="+o.bind, "--secure-port="+strconv.Itoa(o.port),
		"--advertise-address="+o.advertise, "--endpoint-reconciler-type="+reconciler,
		"--service-cluster-ip-range="+serviceNet,
		"--anonymous-auth=false", "--authorization-mode=Node,RBAC", "--enable-admission-plugins=NodeRestriction", "--allow-privileged=true",
		"--tls-cert-file="+o.tls("serving-kube-apiserver.crt"), "--tls-private-key-file="+o.tls("serving-kube-apiserver.key"),
		"--client-ca-file="+o.tls("client-ca.crt"),
		"--requestheader-client-ca-file="+o.tls("request-header-ca.crt"), "--requestheader-allowed-names=system:auth-proxy",
		"--requestheader-username-headers=X-Remote-User", "--requestheader-group-headers=X-Remote-Group",
		"--requestheader-extra-headers-prefix=X-Remote-Extra-",
		"--proxy-client-cert-file="+o.tls("client-auth-proxy.crt"), "--proxy-client-key-file="+o.tls("client-auth-proxy.key"),
		"--kubelet-certificate-authority="+o.tls("server-ca.crt"),
		"--kubelet-client-certificate="+o.tls("client-kube-apiserver.crt"), "--kubelet-client-key="+o.tls("client-kube-apiserver.key"),
		"--kubelet-preferred-address-types=InternalIP,ExternalIP,Hostname",
		"--service-account-issuer=https://kubernetes.default.svc.cluster.local",
		"--service-account-key-file="+o.tls("service.key"), "--service-account-signing-key-file="+o.tls("service.key"))
}

func (c *controlPlane) startControllers() error {
	o := c.options
	file, err := o.componentKubeconfig("controller")
	if err != nil {
		return err
	}
	return c.start("kube-controller-manager",
		"--kubeconfig="+file, "--authentication-kubeconfig="+file, "--authorization-kubeconfig="+file, "--secure-port=0",
		"--leader-elect=false", "--use-service-account-credentials",
		"--service-account-private-key-file="+o.tls("service.key"), "--root-ca-file="+o.tls("server-ca.crt"),
		"--cluster-signing-cert-file="+o.tls("client-ca.crt"), "--cluster-signing-key-file="+o.tls("client-ca.key"))
}

func (c *controlPlane) startScheduler() error {
	file, err := c.options.componentKubeconfig("scheduler")
	if err != nil {
		return err
	}
	return c.start("kube-scheduler",
		"--kubeconfig="+file, "--authentication-kubeconfig="+file, "--authorization-kubeconfig="+file, "--secure-port=0", "--leader-elect=false")
}

// componentKubeconfig writes server/cred/NAME.kubeconfig for the client of that name.
func (o *serverOptions) componentKubeconfig(name string) (string, error) {
	text, err := kubeconfig(o.url(), o.tls("server-ca.crt"), o.tls("client-"+name+".crt"), o.tls("client-"+name+".key"))
	if err != nil {
		return "", err
	}
	file := filepath.Join(o.folder("cred"), name+".kubeconfig")
	return file, writeFile(file, text, 0o600)
}

// waitReady asks /readyz until it says yes: no other process is told when an API server is ready.
func (c *controlPlane) waitReady() error {
	client, err := c.options.client()
	if err != nil {
		return err
	}
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		if answer, err := client.Get(c.options.url() + "/readyz"); err == nil {
			answer.Body.Close()
			if answer.StatusCode == http.StatusOK {
				return nil
			}
		}
		select {
		case <-tick.C:
		case <-c.context.Done():
			return context.Cause(c.context)
		}
	}
}

// client speaks to the API server as the administrator.
func (o *serverOptions) client() (*http.Client, error) {
	certificate, err := tls.LoadX509KeyPair(o.tls("client-admin.crt"), o.tls("client-admin.key"))
	if err != nil {
		return nil, err
	}
	text, err := os.ReadFile(o.tls("server-ca.crt"))
	if err != nil {
		return nil, err
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(text)
	config := &tls.Config{RootCAs: roots, Certificates: []tls.Certificate{certificate}}
	return &http.Client{Transport: &http.Transport{TLSClientConfig: config}}, nil
}

// freePorts returns loopback ports on which nobody listens.
func freePorts(count int) ([]int, error) {
	var ports []int
	for range count {
		listening, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return nil, err
		}
		defer listening.Close()
		ports = append(ports, listening.Addr().(*net.TCPAddr).Port)
	}
	return ports, nil
}
