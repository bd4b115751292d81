package main

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"runtime"
	"syscall"
)

// child is a process that ends with this one.
type child struct {
	name    string
	logFile string
	process *os.Process
	ended   chan struct{} // closed when it has ended
	err     error         // how it ended; read after ended
}

// start runs a command whose output goes to the end of logFile.
func start(name, logFile string, command *exec.Cmd) (*child, error) {
	log, err := os.OpenFile(logFile, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return nil, err
	}
	defer log.Close()
	command.Stdout, command.Stderr = log, log
	command.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGTERM}
	c := &child{name: name, logFile: logFile, ended: make(chan struct{})}
	started := make(chan error)
	go func() {
		runtime.LockOSThread() // the death signal is sent when the thread that started the child ends
		err := command.Start()
		c.process = command.Process
		started <- err
		if err == nil {
			c.err = command.Wait()
			close(c.ended)
		}
	}()
	if err := <-started; err != nil {
		return nil, fmt.Errorf("%s does not start: %w", name, err)
	}
	return c, nil
}

// stop ends the child and waits until it has ended.
func (c *child) stop() {
	c.process.Signal(syscall.SIGTERM)
	<-c.ended
}

// failure is what an unexpected end means.
func (c *child) failure() error {
	return fmt.Errorf("%s exited: %w (see %s)", c.name, errors.Join(c.err), c.logFile)
}

// notify tells systemd, where it listens.
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
