package main

import (
	"fmt"
	"io"
	"net"
	"os/exec"
	"strings"
	"sync"
)

var apiServer struct {
	sync.Mutex
	address string
}

// serveAPI makes the Service `kubernetes` reachable on this node, as pods expect it, without a kube-proxy: its address is
// the loopback's, and connections to it go on to the server.
func serveAPI(server string) error {
	apiServer.Lock()
	defer apiServer.Unlock()
	serving := apiServer.address != ""
	apiServer.address = net.JoinHostPort(strings.TrimSuffix(server, ":"+portOf(server)), portOf(server))
	if serving {
		return nil
	}
	said, err := exec.Command("ip", "address", "replace", serviceIP+"/32", "dev", "lo").CombinedOutput()
	if err != nil {
		return fmt.Errorf("ip address: %w: %s", err, said)
	}
	listening, err := net.Listen("tcp", serviceIP+":443")
	if err != nil {
		return err
	}
	go func() {
		for {
			connection, err := listening.Accept()
			if err != nil {
				return
			}
			go forward(connection.(*net.TCPConn))
		}
	}()
	return nil
}

func forward(from *net.TCPConn) {
	defer from.Close()
	apiServer.Lock()
	address := apiServer.address
	apiServer.Unlock()
	dialed, err := net.DialTimeout("tcp", address, patience)
	if err != nil {
		return
	}
	to := dialed.(*net.TCPConn)
	defer to.Close()
	var both sync.WaitGroup
	both.Go(func() { io.Copy(to, from); to.CloseWrite() })
	both.Go(func() { io.Copy(from, to); from.CloseWrite() })
	both.Wait()
}
