package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"
)

// list is a flag that can be given several times, or once with commas.
type list []string

func (l *list) String() string { return strings.Join(*l, ",") }

func (l *list) Set(value string) error {
	*l = append(*l, strings.Split(value, ",")...)
	return nil
}

// parse reads the file of options that k3s reads (a key is the name of a flag), where there is one, then the arguments.
// What the file says beside these flags is for parts of k3s that are not here.
func parse(flags *flag.FlagSet, file string, arguments []string) error {
	text, err := os.ReadFile(file)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	for _, option := range options(string(text)) {
		if flags.Lookup(option.name) == nil {
			continue
		}
		if err := flags.Set(option.name, option.value); err != nil {
			return fmt.Errorf("%s: %s: %w", file, option.name, err)
		}
	}
	return flags.Parse(arguments)
}

type option struct{ name, value string }

// options reads the YAML that k3s's file is made of: `key: value`, or `key:` with `- value` below it.
func options(text string) []option {
	var found []option
	name := ""
	for _, line := range strings.Split(text, "\n") {
		trimmed := strings.TrimSpace(line)
		if trimmed == "" || strings.HasPrefix(trimmed, "#") {
			continue
		}
		if item, isItem := strings.CutPrefix(trimmed, "- "); isItem {
			found = append(found, option{name, bare(item)})
			continue
		}
		key, value, _ := strings.Cut(trimmed, ":")
		name = strings.TrimSpace(key)
		if value = strings.TrimSpace(value); value != "" {
			found = append(found, option{name, bare(value)})
		}
	}
	return found
}

func bare(value string) string {
	value = strings.TrimSpace(value)
	if len(value) > 1 && (value[0] == '"' || value[0] == '\'') && value[len(value)-1] == value[0] {
		return value[1 : len(value)-1]
	}
	return value
}
