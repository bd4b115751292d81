// Command api-proxy stands in front of a real API server, counts what is asked of it and spoils answers on request. It ends
// TLS with a certificate of the cluster's own CA, and passes on who a client is as an aggregation proxy does, so that
// client certificates work through it.
package main

import (
	"crypto/tls"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
)

func main() {
	listen := flag.String("listen", "127.0.0.1:0", "address to listen on")
	upstream := flag.String("upstream", "127.0.0.1:6443", "address of the API server")
	folder := flag.String("tls-dir", "/var/lib/rancher/k3s/server/tls", "folder with the cluster's CAs")
	control := flag.String("control", "", "Unix socket on which faults are set and counts are read")
	flag.Parse()
	if err := run(*listen, *upstream, *folder, *control); err != nil {
		fmt.Fprintln(os.Stderr, "api-proxy:", err)
		os.Exit(1)
	}
}

func run(listen, upstream, folder, control string) error {
	keys, err := openKeys(folder)
	if err != nil {
		return err
	}
	listening, err := net.Listen("tcp", listen)
	if err != nil {
		return err
	}
	address := listening.Addr().(*net.TCPAddr)
	serving, err := keys.serving(address.IP)
	if err != nil {
		return err
	}
	p := newProxy(keys, upstream)
	ended := make(chan error, 2)
	if control != "" {
		if err := serveControl(control, p, ended); err != nil {
			return err
		}
		defer os.Remove(control)
	}
	server := &http.Server{Handler: p, ConnContext: remember, TLSConfig: &tls.Config{
		Certificates: []tls.Certificate{serving},
		ClientAuth:   tls.VerifyClientCertIfGiven,
		ClientCAs:    keys.clients,
		NextProtos:   []string{"h2", "http/1.1"},
	}}
	go func() { ended <- server.ServeTLS(listening, "", "") }()
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM, syscall.SIGINT)
	fmt.Printf("ready https://%s\n", address)
	select {
	case err := <-ended:
		return err
	case <-stop:
		return server.Close()
	}
}

// serveControl lets tests at the proxy over a Unix socket.
func serveControl(path string, p *proxy, ended chan<- error) error {
	os.Remove(path)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	listening, err := net.Listen("unix", path)
	if err != nil {
		return err
	}
	go func() { ended <- http.Serve(listening, p.control()) }()
	return nil
}
