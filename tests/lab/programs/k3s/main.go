// Command k3s stands in for k3s's agent as far as container runtimes go: at start it looks for NVIDIA's runtime, writes
// containerd's configuration with or without a handler for it, and runs containerd. It never reads /etc/containerd.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

const version = "v1.33.4+k3s1"

func main() {
	if filepath.Base(os.Args[0]) == "ctr" {
		ctr(os.Args[1:])
		return
	}
	if len(os.Args) < 2 {
		fail("usage: k3s agent | ctr ARGUMENTS | --version")
	}
	switch os.Args[1] {
	case "--version", "-v":
		fmt.Printf("k3s version %s (lab)\n", version)
	case "ctr":
		ctr(os.Args[2:])
	case "agent":
		if err := agent(); err != nil {
			fail(err.Error())
		}
	default:
		fail("unknown command " + os.Args[1])
	}
}

// ctr runs containerd's client against the agent's socket, as k3s's own does.
func ctr(arguments []string) {
	command := exec.Command(tools+"/ctr", append([]string{"--address", socket}, arguments...)...)
	command.Env = append(os.Environ(), "CONTAINERD_NAMESPACE=k8s.io")
	command.Stdin, command.Stdout, command.Stderr = os.Stdin, os.Stdout, os.Stderr
	if err := command.Run(); err != nil {
		fail(err.Error())
	}
}

func fail(message string) {
	fmt.Fprintln(os.Stderr, message)
	os.Exit(1)
}
