package main

import (
	"fmt"
	"strings"
	"text/template"
	_ "unsafe" // linkname

	"helm.sh/helm/v4/pkg/engine"
)

// The file's name in a chart named `chart`.
const file = "chart/templates/x.yaml"

// Helm's engine executes a file over the objects of a chart alone (.Values, .Chart ...). Here the data is the dot itself,
// which takes the engine's parts one by one: its functions, and what it makes of errors.

//go:linkname bindFunctions helm.sh/helm/v4/pkg/engine.Engine.initFunMap
func bindFunctions(e engine.Engine, set *template.Template)

//go:linkname parseError helm.sh/helm/v4/pkg/engine.cleanupParseError
func parseError(name string, err error) error

//go:linkname executionError helm.sh/helm/v4/pkg/engine.reformatExecErrorMsg
func executionError(name string, err error) error

// One file of a chart, rendered as Engine.render does.
func helm(text string, dot any) (said string, failed error) {
	defer func() {
		if panicked := recover(); panicked != nil {
			failed = fmt.Errorf("rendering template failed: %v", panicked)
		}
	}()
	set := template.New("gotpl").Option("missingkey=zero")
	bindFunctions(engine.Engine{}, set)
	if _, err := set.New(file).Parse(text); err != nil {
		return "", parseError(file, err)
	}
	var out strings.Builder
	if err := set.ExecuteTemplate(&out, file, dot); err != nil {
		return "", executionError(file, err)
	}
	return strings.ReplaceAll(out.String(), "<no value>", ""), nil
}
