package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
)

const definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"

// applyCRDs brings the definitions of the folder, each in a file of its name, to what the files say.
func applyCRDs(ctx context.Context, folder string) error {
	return eachCRD(folder, func(a *api, name string, text []byte) error {
		fmt.Println("applying", name)
		return a.finish(a.sendText(ctx, http.MethodPatch, definitions+"/"+name+"?force=true&fieldManager="+manager, "application/apply-patch+yaml", text))
	})
}

// removeCRDs deletes them, and with them every object of their kinds.
func removeCRDs(ctx context.Context, folder string) error {
	return eachCRD(folder, func(a *api, name string, _ []byte) error {
		fmt.Println("removing", name)
		return a.remove(ctx, definitions+"/"+name)
	})
}

func eachCRD(folder string, do func(a *api, name string, text []byte) error) error {
	a, err := connect()
	if err != nil {
		return err
	}
	files, err := filepath.Glob(folder + "/*.yaml")
	if err == nil && len(files) == 0 {
		err = fmt.Errorf("%s holds no definitions", folder)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		if err := do(a, strings.TrimSuffix(filepath.Base(file), ".yaml"), bytes.TrimSpace(text)); err != nil {
			return err
		}
	}
	return err
}

// prune takes off the nodes what feature discovery and its like have put there: whoever applies nothing owns nothing.
func prune(ctx context.Context) error {
	a, err := connect()
	if err != nil {
		return err
	}
	var all nodeList
	if err := a.get(ctx, nodes, &all); err != nil {
		return err
	}
	for _, n := range all.Items {
		for _, by := range []string{discoverer, labeller} {
			if err := a.apply(ctx, nodes+"/"+n.Metadata.Name, by, nodeWith(n.Metadata.Name, map[string]any{})); err != nil {
				return err
			}
		}
		fmt.Printf("node %s has no labels of %s and %s\n", n.Metadata.Name, discoverer, labeller)
	}
	return nil
}
