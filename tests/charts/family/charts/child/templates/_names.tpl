{{- define "shared.name" -}}child says {{ .Chart.Name }}{{- end -}}
