package main

import (
	"errors"
	"flag"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

var (
	data       = this.data
	tools      = data + "/" + this.tools
	configFile = data + "/agent/etc/containerd/config.toml"
	logFile    = data + "/agent/containerd/containerd.log"
)

const (
	state  = "/run/k3s/containerd" // RKE2's, too
	socket = state + "/containerd.sock"
)

// agentOptions are k3s's own flags; those of the site that are not here (flannel-iface) are for parts that are not.
type agentOptions struct {
	server, token, nodeName, nodeIP string
	supervisor                      int
	labels, taints                  list
}

func readAgentOptions(arguments []string) (*agentOptions, error) {
	if _, err := os.Stat(optionsFile); err != nil {
		return nil, fmt.Errorf("%s: --server is required", optionsFile)
	}
	host, err := os.Hostname()
	if err != nil {
		return nil, err
	}
	o := &agentOptions{}
	flags := flag.NewFlagSet(this.name+" agent", flag.ContinueOnError)
	flags.StringVar(&o.server, "server", "", "https address of the API server")
	flags.StringVar(&o.token, "token", "", "what the server wants to hear")
	flags.StringVar(&o.nodeName, "node-name", host, "the node's name")
	flags.StringVar(&o.nodeIP, "node-ip", "", "the node's address")
	flags.Var(&o.labels, "node-label", "label that the node registers with; repeatable")
	flags.Var(&o.taints, "node-taint", "taint that the node registers with; repeatable")
	flags.IntVar(&o.supervisor, "supervisor-port", 9345, "port of the server's that nodes join at")
	if err := parse(flags, optionsFile, arguments); err != nil || this.name == "k3s" {
		return o, err
	}
	return o, o.findAPI()
}

// findAPI is for RKE2, which is told where nodes join and finds the API server on the same machine.
func (o *agentOptions) findAPI() error {
	server, err := url.Parse(o.server)
	if err == nil {
		o.supervisor, err = strconv.Atoi(server.Port())
	}
	if err != nil {
		return fmt.Errorf("%s: server: expected https://HOST:9345: %w", optionsFile, err)
	}
	o.server = "https://" + net.JoinHostPort(server.Hostname(), "6443")
	return nil
}

func agent(arguments []string) error {
	logf("Starting %s agent %s", this.name, this.version)
	if err := failAsTold(this.name + "-agent.service"); err != nil {
		return err
	}
	o, err := readAgentOptions(arguments)
	if err != nil {
		return err
	}
	if err := writeConfig(findRuntimes()); err != nil {
		return err
	}
	inside, err := forContainers()
	if err != nil {
		return err
	}
	return run(&node{agentOptions: o, inside: inside, ended: make(chan error, 1)})
}

// findRuntimes looks along the PATH and where the GPU operator installs: name of the handler to its program.
func findRuntimes() map[string]string {
	found := map[string]string{}
	os.Setenv("PATH", os.Getenv("PATH")+":/usr/local/nvidia/toolkit")
	for handler, program := range map[string]string{
		"nvidia": "nvidia-container-runtime", "nvidia-cdi": "nvidia-container-runtime.cdi",
	} {
		if path, err := exec.LookPath(program); err == nil {
			logf("Found %s container runtime at %s", handler, path)
			found[handler] = path
		}
	}
	return found
}

func writeConfig(runtimes map[string]string) error {
	if err := os.MkdirAll(filepath.Dir(configFile), 0o700); err != nil {
		return err
	}
	text, err := fromTemplate(render(runtimes))
	if err != nil {
		return err
	}
	return os.WriteFile(configFile, text, 0o644)
}

// run runs containerd, tells systemd when it answers, and the kubelet when there is a server; it ends when one of them does.
func run(n *node) error {
	for _, folder := range []string{state, filepath.Dir(logFile)} {
		if err := os.MkdirAll(folder, 0o711); err != nil {
			return err
		}
	}
	ready, err := listenNotify(state + "/notify")
	if err != nil {
		return err
	}
	logf("Running containerd -c %s", configFile)
	command := n.command(tools+"/containerd", "-c", configFile)
	command.Env = append(os.Environ(), "PATH="+tools+":"+os.Getenv("PATH"), "NOTIFY_SOCKET="+state+"/notify")
	containerd, err := start("containerd", logFile, command)
	if err != nil {
		return err
	}
	return watch(n, ready, containerd)
}

func watch(n *node, ready <-chan struct{}, containerd *child) error {
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM, syscall.SIGINT)
	for {
		select {
		case <-ready:
			ready = nil
			logf("containerd is now running")
			notify("READY=1")
			go n.keepJoined()
		case <-containerd.ended:
			return containerd.failure()
		case err := <-n.ended:
			return err
		case <-stop:
			logf("Shutting down")
			n.stop()
			containerd.stop()
			return nil
		}
	}
}

// listenNotify closes the channel when containerd has sent READY=1 to the socket at path.
func listenNotify(path string) (<-chan struct{}, error) {
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	listening, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: path, Net: "unixgram"})
	if err != nil {
		return nil, err
	}
	ready := make(chan struct{})
	go func() {
		message := make([]byte, 4096)
		for {
			size, err := listening.Read(message)
			if err != nil || strings.Contains(string(message[:size]), "READY=1") {
				close(ready)
				return
			}
		}
	}()
	return ready, nil
}
