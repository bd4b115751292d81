package main

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
)

// The data of a question. With `integers` a number that is written as an integer is an int; else each is a float64, as
// those of a values file are.
func decode(text json.RawMessage, integers bool) (any, error) {
	if len(text) == 0 {
		return nil, nil
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var data any
	if err := decoder.Decode(&data); err != nil {
		return nil, err
	}
	return numbers(data, integers)
}

func numbers(data any, integers bool) (any, error) {
	var err error
	switch held := data.(type) {
	case json.Number:
		if integers && !strings.ContainsAny(string(held), ".eE") {
			if n, err := strconv.Atoi(string(held)); err == nil {
				return n, nil
			}
		}
		return held.Float64()
	case map[string]any:
		for key, value := range held {
			if held[key], err = numbers(value, integers); err != nil {
				return nil, err
			}
		}
	case []any:
		for i, value := range held {
			if held[i], err = numbers(value, integers); err != nil {
				return nil, err
			}
		}
	}
	return data, nil
}
