// Command k3s stands in for k3s and, called rke2, for an agent of RKE2: `k3s server` is a real control plane with k3s's files and built-ins around it, `k3s agent`
// looks for NVIDIA's runtime, writes containerd's configuration with or without a handler for it, and runs containerd and
// a real kubelet. Neither reads /etc/containerd. The parts of Kubernetes come from the lab's program `kube`.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
)

func main() {
	switch filepath.Base(os.Args[0]) {
	case "ctr":
		ctr(os.Args[1:])
		return
	case "kubectl":
		kubectl(os.Args[1:])
		return
	}
	if len(os.Args) < 2 {
		fail("usage: " + this.name + " server | agent | ctr ARGUMENTS | kubectl ARGUMENTS | --version")
	}
	var err error
	switch os.Args[1] {
	case "--version", "-v":
		fmt.Printf("%s version %s (lab)\n", this.name, this.version)
	case "ctr":
		ctr(os.Args[2:])
	case "kubectl":
		kubectl(os.Args[2:])
	case "agent":
		err = agent(os.Args[2:])
	case "server":
		if this.name != "k3s" {
			fail("a server of " + this.name + " is not in the lab; its agents join k3s's")
		}
		err = server(os.Args[2:])
	case holding:
		for {
			syscall.Pause()
		}
	default:
		fail("unknown command " + os.Args[1])
	}
	if err != nil {
		fail(err.Error())
	}
}

// ctr runs containerd's client against the agent's socket, as k3s's own does.
func ctr(arguments []string) {
	command := exec.Command(tools+"/ctr", append([]string{"--address", socket}, arguments...)...)
	command.Env = append(os.Environ(), "CONTAINERD_NAMESPACE=k8s.io")
	become(command)
}

// kubectl is the administrator's on a server.
func kubectl(arguments []string) {
	command := exec.Command(tools+"/kube", append([]string{"kubectl"}, arguments...)...)
	command.Env = os.Environ()
	if os.Getenv("KUBECONFIG") == "" {
		command.Env = append(command.Env, "KUBECONFIG="+adminFile)
	}
	become(command)
}

func become(command *exec.Cmd) {
	command.Stdin, command.Stdout, command.Stderr = os.Stdin, os.Stdout, os.Stderr
	if err := command.Run(); err != nil {
		fail(err.Error())
	}
}

func fail(message string) {
	fmt.Fprintln(os.Stderr, message)
	os.Exit(1)
}

func logf(format string, values ...any) {
	fmt.Fprintf(os.Stderr, format+"\n", values...)
}
