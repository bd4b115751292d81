{{- define "count" -}}
{{- if gt (int .) 0 }}{{ . }} {{ include "count" (sub (int .) 1) }}{{ end -}}
{{- end -}}
{{- define "endless" }}{{ include "endless" . }}{{ end -}}
{{- define "twice" }}first{{ end -}}
{{- define "twice" }}second{{ end -}}
