package main

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
)

const (
	data       = "/var/lib/rancher/k3s"
	tools      = data + "/data/current/bin"
	configFile = data + "/agent/etc/containerd/config.toml"
	logFile    = data + "/agent/containerd/containerd.log"
	state      = "/run/k3s/containerd"
	socket     = state + "/containerd.sock"
	agentFile  = "/etc/rancher/k3s/config.yaml"
	// A test that needs an agent which does not come back makes this file.
	faultFile = "/etc/gpuctl-lab/agent-fails"
)

func agent() error {
	logf("Starting k3s agent %s", version)
	if reason, err := os.ReadFile(faultFile); err == nil {
		return fmt.Errorf("failed to start: %s", strings.TrimSpace(string(reason)))
	}
	if _, err := os.Stat(agentFile); err != nil {
		return fmt.Errorf("%s: --server is required", agentFile)
	}
	if err := writeConfig(findRuntimes()); err != nil {
		return err
	}
	return runContainerd()
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
	return os.WriteFile(configFile, []byte(render(runtimes)), 0o644)
}

// runContainerd runs containerd as a child that dies with the agent, tells systemd when it answers, and ends when it ends.
func runContainerd() error {
	for _, folder := range []string{state, filepath.Dir(logFile)} {
		if err := os.MkdirAll(folder, 0o711); err != nil {
			return err
		}
	}
	ready, err := listenNotify(state + "/notify")
	if err != nil {
		return err
	}
	log, err := os.OpenFile(logFile, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	logf("Running containerd -c %s", configFile)
	containerd := exec.Command(tools+"/containerd", "-c", configFile)
	containerd.Env = append(os.Environ(), "PATH="+tools+":"+os.Getenv("PATH"), "NOTIFY_SOCKET="+state+"/notify")
	containerd.Stdout, containerd.Stderr = log, log
	containerd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGTERM}
	ended := make(chan error, 1)
	go func() {
		runtime.LockOSThread() // the death signal is sent when the thread that started the child ends
		ended <- containerd.Run()
	}()
	return watch(ready, ended, containerd)
}

func watch(ready <-chan struct{}, ended <-chan error, containerd *exec.Cmd) error {
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM, syscall.SIGINT)
	for {
		select {
		case <-ready:
			ready = nil
			logf("containerd is now running")
			notify("READY=1")
		case err := <-ended:
			return fmt.Errorf("containerd exited: %w (see %s)", errors.Join(err), logFile)
		case <-stop:
			logf("Shutting down")
			containerd.Process.Signal(syscall.SIGTERM)
			<-ended
			return nil
		}
	}
}

// listenNotify closes the channel when containerd has sent READY=1 to the socket at path.
func listenNotify(path string) (<-chan struct{}, error) {
	os.Remove(path)
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

func notify(message string) {
	address := os.Getenv("NOTIFY_SOCKET")
	if address == "" {
		return
	}
	if connection, err := net.Dial("unixgram", address); err == nil {
		fmt.Fprint(connection, message)
		connection.Close()
	}
}

func logf(format string, values ...any) {
	fmt.Fprintf(os.Stderr, format+"\n", values...)
}
