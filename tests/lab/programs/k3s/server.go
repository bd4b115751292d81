package main

import (
	"context"
	"flag"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"syscall"
)

var (
	optionsFile = "/etc/rancher/" + this.name + "/config.yaml"
	adminFile   = "/etc/rancher/" + this.name + "/" + this.name + ".yaml"
)

const (
	serviceNet = "10.43.0.0/16"
	serviceIP  = "10.43.0.1" // of the Service `kubernetes`, which agents serve on their nodes
)

// serverOptions are k3s's own flags, and after them the lab's.
type serverOptions struct {
	data, bind, advertise, kubeconfig, kubeconfigMode, token string
	port                                                     int
	sans                                                     list

	kube                       string
	supervisor                 int
	noScheduler, noControllers bool
}

func readServerOptions(arguments []string) (*serverOptions, error) {
	o := &serverOptions{}
	flags := flag.NewFlagSet("k3s server", flag.ContinueOnError)
	flags.StringVar(&o.data, "data-dir", data, "folder of all state")
	flags.StringVar(&o.bind, "bind-address", "0.0.0.0", "address that the API server listens on")
	flags.StringVar(&o.advertise, "advertise-address", "", "address that nodes reach it by")
	flags.IntVar(&o.port, "https-listen-port", 6443, "port of the API server")
	flags.Var(&o.sans, "tls-san", "further name or address in its certificate; repeatable")
	flags.StringVar(&o.kubeconfig, "write-kubeconfig", "", "file of the administrator's kubeconfig")
	flags.StringVar(&o.kubeconfigMode, "write-kubeconfig-mode", "0600", "its mode")
	flags.StringVar(&o.token, "token", "", "what an agent must know to join")
	flags.StringVar(&o.kube, "kube-program", "", "the program that all parts of Kubernetes are in")
	flags.IntVar(&o.supervisor, "supervisor-port", 0, "port that agents join at; 0: none can")
	flags.BoolVar(&o.noScheduler, "no-scheduler", false, "no scheduler")
	flags.BoolVar(&o.noControllers, "no-controller-manager", false, "no controllers, so no default ServiceAccount either")
	if err := parse(flags, optionsFile, arguments); err != nil {
		return nil, err
	}
	o.complete()
	return o, nil
}

func (o *serverOptions) complete() {
	if o.kube == "" {
		o.kube = filepath.Join(o.data, "data/current/bin/kube")
	}
	if o.kubeconfig == "" {
		o.kubeconfig = adminFile
		if o.data != data {
			o.kubeconfig = filepath.Join(o.data, "k3s.yaml")
		}
	}
	if o.advertise == "" {
		o.advertise = o.bind
	}
	if address := net.ParseIP(o.advertise); address == nil || address.IsUnspecified() {
		o.advertise = "127.0.0.1"
	}
}

func (o *serverOptions) folder(name string) string { return filepath.Join(o.data, "server", name) }

func (o *serverOptions) tls(name string) string { return filepath.Join(o.folder("tls"), name) }

// url is how the parts on this machine reach the API server.
func (o *serverOptions) url() string {
	address := "127.0.0.1"
	if bound := net.ParseIP(o.bind); bound != nil && !bound.IsUnspecified() {
		address = o.bind
	}
	return "https://" + net.JoinHostPort(address, strconv.Itoa(o.port))
}

// server runs a control plane until it is told to stop or a part of it ends.
func server(arguments []string) error {
	o, err := readServerOptions(arguments)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	c := &controlPlane{options: o}
	c.context, c.fail = context.WithCancelCause(ctx)
	err = c.run()
	c.stop()
	if ctx.Err() != nil {
		return nil // told to
	}
	return err
}

// controlPlane is the running parts, in the order in which they were started.
type controlPlane struct {
	options *serverOptions
	context context.Context // ends with a cause when a part ends
	fail    context.CancelCauseFunc
	parts   []*child
}

// run returns when the control plane is over, with why.
func (c *controlPlane) run() error {
	o := c.options
	mode, err := strconv.ParseUint(o.kubeconfigMode, 8, 32)
	if err != nil {
		return fmt.Errorf("--write-kubeconfig-mode: %w", err)
	}
	for _, folder := range []string{o.folder("tls"), o.folder("logs"), o.folder("db")} {
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return err
		}
	}
	pki, err := openPKI(o)
	if err != nil {
		return err
	}
	if err := c.startAll(); err != nil {
		return err
	}
	admin, err := kubeconfig(o.url(), o.tls("server-ca.crt"), o.tls("client-admin.crt"), o.tls("client-admin.key"))
	if err != nil {
		return err
	}
	if err := writeFile(o.kubeconfig, admin, os.FileMode(mode)); err != nil {
		return err
	}
	if err := c.fill(); err != nil {
		return err
	}
	if o.supervisor != 0 {
		if err := c.supervise(pki); err != nil {
			return err
		}
	}
	notify("READY=1")
	fmt.Printf("ready %s %s\n", o.url(), o.kubeconfig)
	<-c.context.Done()
	return context.Cause(c.context)
}

// start runs one part of the program kube.
func (c *controlPlane) start(name string, arguments ...string) error {
	o := c.options
	command := exec.Command(o.kube, append([]string{name}, arguments...)...)
	command.Dir = o.folder("db")
	part, err := start(name, filepath.Join(o.folder("logs"), name+".log"), command)
	if err != nil {
		return err
	}
	c.parts = append(c.parts, part)
	go func() {
		<-part.ended
		c.fail(part.failure())
	}()
	return nil
}

// stop ends the parts, the last that was started first.
func (c *controlPlane) stop() {
	for i := len(c.parts) - 1; i >= 0; i-- {
		c.parts[i].stop()
	}
}
