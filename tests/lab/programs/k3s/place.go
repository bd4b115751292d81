package main

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

const (
	cgroups    = "/sys/fs/cgroup"
	holderFile = "/run/k3s/holder" // the number of the process that keeps the namespace
	holding    = "hold"            // what that process was told to do
)

// entered sets up the mount namespace in which it runs: the controllers of version 1 that the kernel gives this machine
// stand where containerd, runc and the kubelet look, and the kernel's settings that a kubelet would change say that it has
// done so; they are the host's. Then it becomes the process that keeps the namespace, which outlives the agent as pods do.
// (A file could keep it, too, but the kernel does not always let one be bound to a mount namespace.)
const entered = `
for setting in vm/overcommit_memory=1 vm/panic_on_oom=0 kernel/panic=10 kernel/panic_on_oops=1 \
  kernel/keys/root_maxkeys=1000000 kernel/keys/root_maxbytes=25000000; do
  file=/run/k3s/settings/${setting%=*}
  mkdir -p "${file%/*}"
  echo "${setting#*=}" >"$file"
  mount --bind "$file" "/proc/sys/${setting%=*}"
done
[ $# = 0 ] || mount -t tmpfs -o mode=755 tmpfs /sys/fs/cgroup
for controllers; do
  mkdir "/sys/fs/cgroup/$controllers"
  mount -t cgroup -o "$controllers" cgroup "/sys/fs/cgroup/$controllers"
  case $controllers in
    *,*) for one in $(echo "$controllers" | tr , " "); do ln -s "$controllers" "/sys/fs/cgroup/$one"; done ;;
  esac
done
echo ready
exec </dev/null >/dev/null 2>&1 "$0" hold
`

// forContainers returns the words that bring a command into that namespace.
func forContainers() ([]string, error) {
	pid, err := held()
	if err != nil {
		if pid, err = hold(); err != nil {
			return nil, fmt.Errorf("no place for containers can be made here: %w", err)
		}
	}
	return []string{"nsenter", "--mount=/proc/" + pid + "/ns/mnt", "--"}, nil
}

// held is the process that keeps the namespace already.
func held() (string, error) {
	text, err := os.ReadFile(holderFile)
	if err != nil {
		return "", err
	}
	pid := string(text)
	command, err := os.ReadFile("/proc/" + pid + "/cmdline")
	if err == nil && !strings.HasSuffix(string(command), "\x00"+holding+"\x00") {
		err = fmt.Errorf("process %s keeps no namespace", pid)
	}
	return pid, err
}

// hold starts that process.
func hold() (string, error) {
	found, err := controllers()
	if err != nil {
		return "", err
	}
	self, err := os.Executable()
	if err != nil {
		return "", err
	}
	words := append([]string{"--mount", "--propagation", "slave", "sh", "-euc", entered, self}, found...)
	command := exec.Command("unshare", words...)
	command.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	command.Stderr = os.Stderr
	said, err := command.StdoutPipe()
	if err != nil {
		return "", err
	}
	if err := command.Start(); err != nil {
		return "", err
	}
	if line, err := bufio.NewReader(said).ReadString('\n'); err != nil {
		return "", fmt.Errorf("%w after %q", err, line)
	}
	pid := strconv.Itoa(command.Process.Pid)
	return pid, writeFile(holderFile, []byte(pid), 0o644)
}

// usable: the memory controller is of version 2, or of version 1 and mounted.
func usable() bool {
	text, err := os.ReadFile(filepath.Join(cgroups, "cgroup.controllers"))
	if err != nil {
		_, err = os.Stat(filepath.Join(cgroups, "memory"))
		return err == nil
	}
	return strings.Contains(string(text), "memory")
}

// controllers are those of version 1 that the kernel has, those of one hierarchy joined by commas; none where the machine's
// own control groups will do.
func controllers() ([]string, error) {
	if usable() {
		return nil, nil
	}
	text, err := os.ReadFile("/proc/self/cgroup")
	if err != nil {
		return nil, err
	}
	var found []string
	for _, line := range strings.Split(string(text), "\n") {
		fields := strings.SplitN(line, ":", 3)
		if len(fields) == 3 && fields[1] != "" && !strings.Contains(fields[1], "=") {
			found = append(found, fields[1])
		}
	}
	return found, nil
}
