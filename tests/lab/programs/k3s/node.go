package main

import (
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"time"
)

var (
	agentFolder = data + "/agent"
	imageFolder = agentFolder + "/images"
)

const retry = time.Second // between two attempts to reach a server; nobody tells when it comes

// node is this machine as a member of a cluster, or one that would like to be.
type node struct {
	*agentOptions
	inside []string   // the words that bring a command to where containers run
	ended  chan error // the kubelet has ended, which is the agent's end

	mutex   sync.Mutex
	kubelet *child
	stopped bool
}

// command is one that sees the control groups that containers are in.
func (n *node) command(words ...string) *exec.Cmd {
	words = append(append([]string{}, n.inside...), words...)
	return exec.Command(words[0], words[1:]...)
}

// keepJoined runs the kubelet for as long as the agent runs, and anew when another cluster has taken the server's place.
func (n *node) keepJoined() {
	key, err := newKey(kubeletKeyFile)
	if err != nil {
		n.ended <- err
		return
	}
	cluster, said := "", ""
	for {
		joined, err := n.join(key)
		if err == nil && joined.Cluster != cluster {
			err = n.enter(joined)
		}
		if err == nil {
			cluster, said = joined.Cluster, ""
			n.untilGone()
			continue
		}
		if err.Error() != said {
			said = err.Error()
			logf("Waiting to join %s: %s", n.server, said)
		}
		time.Sleep(retry)
	}
}

// enter starts the kubelet with what the server has signed.
func (n *node) enter(joined *joinAnswer) error {
	server, err := url.Parse(n.server)
	if err != nil {
		return err
	}
	n.stop()
	steps := []func() error{
		func() error { return n.writeKubelet(joined) },
		func() error { return writeNetwork(n.nodeIP) },
		func() error { return serveAPI(server.Host) },
		importImages,
		n.startKubelet,
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	logf("Joined %s as node %s", n.server, n.nodeName)
	return nil
}

func (n *node) startKubelet() error {
	n.mutex.Lock()
	defer n.mutex.Unlock()
	command := n.command(append([]string{tools + "/kube", "kubelet"}, n.kubeletFlags()...)...)
	command.Env = append(os.Environ(), "PATH="+tools+":"+os.Getenv("PATH"))
	started, err := start("kubelet", agentFolder+"/kubelet.log", command)
	if err != nil {
		return err
	}
	n.kubelet, n.stopped = started, false
	go func() {
		<-started.ended
		n.mutex.Lock()
		defer n.mutex.Unlock()
		if !n.stopped {
			n.ended <- started.failure()
		}
	}()
	return nil
}

// stop ends the kubelet, where there is one; pods live on.
func (n *node) stop() {
	n.mutex.Lock()
	kubelet := n.kubelet
	n.kubelet, n.stopped = nil, true
	n.mutex.Unlock()
	if kubelet != nil {
		kubelet.stop()
	}
}

// writeNetwork gives pods addresses of a subnet of the node's own. They reach the node and what it serves, and no further.
func writeNetwork(nodeIP string) error {
	address := net.ParseIP(nodeIP).To4()
	if address == nil {
		return fmt.Errorf("node-ip: `%s` is not an IPv4 address", nodeIP)
	}
	text := fmt.Sprintf(`{"cniVersion": "1.0.0", "name": "lab", "plugins": [
  {"type": "ptp", "ipam": {"type": "host-local", "ranges": [[{"subnet": "10.42.%d.0/24"}]], "routes": [{"dst": "0.0.0.0/0"}]}}]}
`, address[3])
	return writeFile(this.network+"/10-lab.conflist", []byte(text), 0o644)
}

// importImages hands containerd the images that lie in the agent's folder, as k3s does, once for each file.
func importImages() error {
	files, err := filepath.Glob(imageFolder + "/*.tar")
	if err != nil {
		return err
	}
	for _, file := range files {
		done := filepath.Join(agentFolder, "containerd", "imported-"+filepath.Base(file))
		if _, err := os.Stat(done); err == nil {
			continue
		}
		begin := time.Now()
		command := exec.Command(tools+"/ctr", "--address", socket, "--namespace", "k8s.io", "images", "import", "--local", file)
		if said, err := command.CombinedOutput(); err != nil {
			return fmt.Errorf("importing %s: %w: %s", file, err, said)
		}
		logf("Imported images from %s in %s", file, time.Since(begin).Round(time.Millisecond))
		if err := writeFile(done, nil, 0o600); err != nil {
			return err
		}
	}
	return nil
}

func portOf(host string) string {
	if _, port, err := net.SplitHostPort(host); err == nil {
		return port
	}
	return strconv.Itoa(443)
}
