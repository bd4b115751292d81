{{- define "shared.name" -}}parent says {{ .Chart.Name }}{{- end -}}
{{- define "family.show" -}}
{{ .Template.Name }} {{ .Template.BasePath }} root={{ .Chart.IsRoot }}
{{ toYaml .Values }}
{{- end -}}
