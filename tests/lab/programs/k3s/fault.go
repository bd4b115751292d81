package main

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"
)

// A test that needs an agent which does not come back makes this file.
const faultFile = "/etc/gpuctl-lab/agent-fails"

// failAsTold is the end of an agent that a test wants not to come back. A real one fails a while after its start; with Type=exec
// one that ends at once may end before systemd has seen it start, which is another message.
func failAsTold(unit string) error {
	reason, err := os.ReadFile(faultFile)
	if err != nil {
		return nil
	}
	deadline := time.Now().Add(10 * time.Second)
	for os.Getenv("NOTIFY_SOCKET") == "" && exec.Command("systemctl", "is-active", "--quiet", unit).Run() != nil {
		if time.Now().After(deadline) {
			return fmt.Errorf("told to fail, and %s was not active within 10 s", unit)
		}
		time.Sleep(20 * time.Millisecond)
	}
	return fmt.Errorf("failed to start: %s", strings.TrimSpace(string(reason)))
}
