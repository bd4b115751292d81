{{/* Given the root, a hook's name, event, verbs and command: a Job that does something with CustomResourceDefinitions, and what it
     needs for it. Lower weights come first. */}}
{{- define "gpu-operator.crd-hook" -}}
{{- $first := include "gpu-operator.hook" (dict "event" .event "weight" 0) -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ .name }}
  namespace: {{ .root.Release.Namespace }}
  labels: {{- include "gpu-operator.labels" .root | nindent 4 }}
  annotations: {{- $first | nindent 4 }}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: {{ .name }}
  labels: {{- include "gpu-operator.labels" .root | nindent 4 }}
  annotations: {{- $first | nindent 4 }}
rules:
  - {apiGroups: [apiextensions.k8s.io], resources: [customresourcedefinitions], verbs: {{ toJson .verbs }}}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: {{ .name }}
  labels: {{- include "gpu-operator.labels" .root | nindent 4 }}
  annotations: {{- $first | nindent 4 }}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: {{ .name }}}
subjects:
  - {kind: ServiceAccount, name: {{ .name }}, namespace: {{ .root.Release.Namespace }}}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .name }}
  namespace: {{ .root.Release.Namespace }}
  labels: {{- include "gpu-operator.labels" .root | nindent 4 }}
  annotations: {{- $first | nindent 4 }}
data: {{- (.root.Files.Glob "crds/*.yaml").AsConfig | nindent 2 }}
---
apiVersion: batch/v1
kind: Job
metadata:
  name: {{ .name }}
  namespace: {{ .root.Release.Namespace }}
  labels: {{- include "gpu-operator.labels" .root | nindent 4 }}
  annotations: {{- include "gpu-operator.hook" (dict "event" .event "weight" 1) | nindent 4 }}
spec:
  backoffLimit: 3
  template:
    metadata:
      labels:
        {{- include "gpu-operator.labels" .root | nindent 8 }}
        app: {{ .name }}
    spec:
      serviceAccountName: {{ .name }}
      restartPolicy: Never
      {{- include "gpu-operator.placement" .root | trim | nindent 6 }}
      containers:
        - name: crds
          image: {{ include "gpu-operator.operator-image" .root }}
          imagePullPolicy: {{ .root.Values.operator.imagePullPolicy }}
          command: [/operator, {{ .command }}, /crds]
          volumeMounts:
            - {name: crds, mountPath: /crds, readOnly: true}
      volumes:
        - name: crds
          configMap: {name: {{ .name }}}
{{- end }}
