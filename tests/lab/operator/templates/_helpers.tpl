{{/* What objects are named after, as a label takes it. */}}
{{- define "gpu-operator.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "gpu-operator.chart" -}}
{{- printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "gpu-operator.labels" -}}
app.kubernetes.io/name: {{ include "gpu-operator.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- with .Chart.AppVersion }}
app.kubernetes.io/version: {{ . | quote }}
{{- end }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ include "gpu-operator.chart" . }}
{{- end }}

{{/* Given one of the parts in values.yaml: its image. A version that is a digest stands behind `@`. */}}
{{- define "gpu-operator.image" -}}
{{- $join := ternary "@" ":" (hasPrefix "sha256:" .version) -}}
{{- if .repository -}}
{{ .repository }}/{{ .image }}{{ $join }}{{ .version }}
{{- else -}}
{{ .image }}{{ $join }}{{ .version }}
{{- end -}}
{{- end }}

{{- define "gpu-operator.operator-image" -}}
{{- include "gpu-operator.image" (dict "repository" .Values.operator.repository "image" .Values.operator.image "version" (.Values.operator.version | default .Chart.AppVersion)) }}
{{- end }}

{{/* Given one of the parts: how the policy names it. */}}
{{- define "gpu-operator.part" -}}
{{- if hasKey . "enabled" }}
enabled: {{ .enabled }}
{{- end }}
{{- with .repository }}
repository: {{ . }}
{{- end }}
{{- with .image }}
image: {{ . }}
{{- end }}
{{- with .version }}
version: {{ . | quote }}
{{- end }}
{{- with .imagePullPolicy }}
imagePullPolicy: {{ . }}
{{- end }}
{{- with .imagePullSecrets }}
imagePullSecrets: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .resources }}
resources: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .args }}
args: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .env }}
env: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* Where a pod of the operator's own may run: its Deployment's and its hooks'. */}}
{{- define "gpu-operator.placement" -}}
{{- with .Values.operator.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.operator.affinity }}
affinity: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.operator.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.operator.imagePullSecrets }}
imagePullSecrets:
{{- range . }}
  - name: {{ . }}
{{- end }}
{{- end }}
{{- end }}

{{/* Given the root, an event, a weight: a hook that goes when it has succeeded, or before it is made anew. */}}
{{- define "gpu-operator.hook" -}}
helm.sh/hook: {{ .event }}
helm.sh/hook-weight: {{ .weight | quote }}
helm.sh/hook-delete-policy: hook-succeeded,before-hook-creation
{{- end }}
