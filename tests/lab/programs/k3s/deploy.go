package main

import (
	"bufio"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
)

//go:embed runtimes.yaml
var runtimes []byte

// fill brings a fresh cluster to what k3s's users find: its built-in objects, and what else lies in server/manifests. What
// was deleted since does not come back at a restart.
func (c *controlPlane) fill() error {
	o := c.options
	done := o.folder("manifests-applied")
	if _, err := os.Stat(done); errors.Is(err, os.ErrNotExist) {
		if err := writeFile(filepath.Join(o.folder("manifests"), "runtimes.yaml"), runtimes, 0o600); err != nil {
			return err
		}
		host, err := os.Hostname()
		if err != nil {
			return err
		}
		create := exec.CommandContext(c.context, o.kube, "kubectl", "--kubeconfig="+o.kubeconfig, "--cache-dir="+o.folder("kubectl"),
			"create", "--field-manager=deploy@"+host, "-f", o.folder("manifests"))
		if said, err := create.CombinedOutput(); err != nil {
			return fmt.Errorf("%s could not be applied: %w: %s", o.folder("manifests"), err, said)
		}
		if err := writeFile(done, nil, 0o600); err != nil {
			return err
		}
	}
	if o.noControllers {
		return nil
	}
	return c.waitForAccount()
}

// waitForAccount returns when pods can be made: the default namespace has its ServiceAccount.
func (c *controlPlane) waitForAccount() error {
	client, err := c.options.client()
	if err != nil {
		return err
	}
	path := "/api/v1/namespaces/default/serviceaccounts?watch=1&fieldSelector=metadata.name%3Ddefault"
	request, err := http.NewRequestWithContext(c.context, http.MethodGet, c.options.url()+path, nil)
	if err != nil {
		return err
	}
	answer, err := client.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("watching the default ServiceAccount: %s", answer.Status)
	}
	if _, err := bufio.NewReader(answer.Body).ReadString('\n'); err != nil {
		return errors.Join(context.Cause(c.context), fmt.Errorf("watching the default ServiceAccount: %w", err))
	}
	return nil
}
