// Oracle answers lines of JSON as `gpuctl chart eval` must: with what the real engine says.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"text/template"

	"github.com/Masterminds/sprig/v3"
	"helm.sh/helm/v4/pkg/strvals"
)

type question struct {
	ID       json.RawMessage `json:"id"`
	Mode     string          `json:"mode"`
	Numbers  string          `json:"numbers"`
	Template string          `json:"template"`
	Data     json.RawMessage `json:"data"`
}

type answer struct {
	ID    json.RawMessage `json:"id,omitempty"`
	Out   *string         `json:"out,omitempty"`
	Error *string         `json:"error,omitempty"`
}

func main() {
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := bufio.NewWriterSize(os.Stdout, 1<<20)
	defer out.Flush()
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	for {
		line, end := in.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			if err := encoder.Encode(answered(line)); err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(1)
			}
		}
		if end != nil {
			return
		}
	}
}

func answered(line []byte) answer {
	var q question
	if err := json.Unmarshal(line, &q); err != nil {
		said := err.Error()
		return answer{Error: &said}
	}
	out, err := evaluate(q)
	if err != nil {
		said := err.Error()
		return answer{ID: q.ID, Error: &said}
	}
	return answer{ID: q.ID, Out: &out}
}

func evaluate(q question) (string, error) {
	data, err := decode(q.Data, q.Numbers == "int")
	if err != nil {
		return "", err
	}
	switch q.Mode {
	case "go":
		return plain(q.Template, data)
	case "helm":
		return helm(q.Template, data)
	case "set":
		return set(strvals.ParseInto, q.Template, data)
	case "set-string":
		return set(strvals.ParseIntoString, q.Template, data)
	case "set-literal":
		return set(strvals.ParseLiteralInto, q.Template, data)
	}
	return "", fmt.Errorf("no such mode: %q", q.Mode)
}

func plain(text string, data any) (string, error) {
	parsed, err := template.New("eval").Funcs(sprig.TxtFuncMap()).Parse(text)
	if err != nil {
		return "", err
	}
	var out bytes.Buffer
	err = parsed.Execute(&out, data)
	return out.String(), err
}

// The map that the flag makes of what is there already; null data is none.
func set(parse func(string, map[string]any) error, text string, data any) (string, error) {
	there, ok := data.(map[string]any)
	if !ok {
		there = map[string]any{}
	}
	if err := parse(text, there); err != nil {
		return "", err
	}
	out, err := json.Marshal(there)
	return string(out), err
}
