{{/* The chart's name, or another, as a label takes it. */}}
{{- define "operator.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "operator.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- printf "%s-%s" .Release.Name $name | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "operator.labels" -}}
app.kubernetes.io/name: {{ include "operator.name" . }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- if .Chart.AppVersion }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
{{- end }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- if .Values.daemonsets.labels }}
{{ toYaml .Values.daemonsets.labels }}
{{- end }}
{{- end -}}

{{- define "operator.image" -}}
{{- if .version -}}
{{ .repository }}/{{ .image }}:{{ .version }}
{{- else -}}
{{ .repository }}/{{ .image }}:{{ .default }}
{{- end -}}
{{- end -}}

{{- define "operator.crd-hash" -}}
{{- range $path, $_ := .Files.Glob "crds/*.yaml" }}{{ $.Files.Get $path | sha256sum | trunc 8 }}{{ end -}}
{{- end -}}
