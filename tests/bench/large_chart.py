"""A chart that makes about 600 KB of manifests: dashboards from files, and objects from values through helpers."""

import json
import pathlib

OBJECTS = 300

HELPERS = """\
{{- define "large.name" -}}
{{- printf "%s-%s" .root.Release.Name .item.name | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- define "large.labels" -}}
app.kubernetes.io/name: {{ include "large.name" . }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{- with .item.labels }}
{{ toYaml . }}
{{- end }}
{{- end -}}
"""

OBJECT = """\
{{- range $item := .Values.items }}
{{- $context := dict "root" $ "item" $item }}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "large.name" $context }}
  labels: {{- include "large.labels" $context | nindent 4 }}
spec:
  replicas: {{ $item.replicas }}
  selector:
    matchLabels: {{- include "large.labels" $context | nindent 6 }}
  template:
    metadata:
      labels: {{- include "large.labels" $context | nindent 8 }}
      annotations: {checksum: {{ toJson $item | sha256sum }}}
    spec:
      containers:
        - name: main
          image: "{{ $item.image.repository }}:{{ $item.image.tag | default $.Chart.AppVersion }}"
          {{- if $item.env }}
          env:
            {{- range $name, $value := $item.env }}
            - name: {{ $name | upper | quote }}
              value: {{ $value | quote }}
            {{- end }}
          {{- end }}
          resources: {{- toYaml $item.resources | nindent 12 }}
{{- end }}
"""

DASHBOARDS = """\
{{- range $path, $_ := .Files.Glob "dashboards/*.json" }}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ $path | base | trimSuffix ".json" }}
data:
  {{ base $path }}: |-
    {{- $.Files.Get $path | nindent 4 }}
{{- end }}
"""


def item(number):
    return {
        "name": f"part-{number}",
        "replicas": number % 5 + 1,
        "labels": {"team": f"team-{number % 7}", "tier": "back"},
        "image": {"repository": f"registry.example.com/group/part-{number}", "tag": "" if number % 3 else f"1.{number}"},
        "env": {f"setting_{i}": f"value {i} of {number}" for i in range(6)},
        "resources": {"limits": {"cpu": "500m", "memory": "256Mi"}, "requests": {"cpu": f"{number}m", "memory": "128Mi"}},
    }


def dashboard(number):
    panels = [{"id": i, "title": f"Panel {i}", "targets": [{"expr": f'sum(rate(requests_total{{part="{number}"}}[5m])) by (code) > {i}'}]}
              for i in range(60)]
    return json.dumps({"title": f"Dashboard {number}", "panels": panels}, indent=2)


def write(folder, times=1):
    """The chart in a folder, which is made; `times` as much of it."""
    folder = pathlib.Path(folder)
    (folder / "templates").mkdir(parents=True)
    (folder / "dashboards").mkdir()
    (folder / "Chart.yaml").write_text("apiVersion: v2\nname: large\nversion: 1.0.0\nappVersion: 2.0.0\n")
    (folder / "values.yaml").write_text(json.dumps({"items": [item(i) for i in range(OBJECTS * times)]}, indent=1) + "\n")
    (folder / "templates/_helpers.tpl").write_text(HELPERS)
    (folder / "templates/objects.yaml").write_text(OBJECT)
    (folder / "templates/dashboards.yaml").write_text(DASHBOARDS)
    for number in range(10 * times):
        (folder / f"dashboards/dashboard-{number}.json").write_text(dashboard(number))


if __name__ == "__main__":
    import sys

    write(sys.argv[1])
