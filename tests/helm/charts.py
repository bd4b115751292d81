"""Small charts for the cases of this folder, as mappings of paths to texts."""

HELPERS = '{{- define "labels" -}}\napp: {{ .Release.Name }}\n{{- end -}}\n'

SHOP = {
    "Chart.yaml": "apiVersion: v2\nname: shop\nversion: 1.0.0\nappVersion: v9\n",
    "values.yaml": "colour: red\nextra: true\nports: {http: 80}\n",
    "templates/_helpers.tpl": HELPERS,
    "templates/settings.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}-settings\n"
    "  labels: {{- include \"labels\" . | nindent 4 }}\ndata:\n  colour: {{ .Values.colour }}\n  size: {{ .Values.size | default 1 | quote }}\n",
    "templates/service.yaml": "apiVersion: v1\nkind: Service\nmetadata: {name: {{ .Release.Name }}}\nspec:\n  selector: {app: x}\n"
    "  ports:\n  - port: {{ .Values.ports.http }}\n    name: http\n",
    "templates/extra.yaml": "{{ if .Values.extra }}\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: {{ .Release.Name }}-extra}\n{{ end }}\n",
    "templates/NOTES.txt": "Have fun with {{ .Release.Name }}.\n",
}

DICE = {
    "Chart.yaml": "apiVersion: v2\nname: dice\nversion: 0.1.0\n",
    "values.yaml": "",
    "templates/keys.yaml": '{{ $ca := genCA "dice" 365 }}\napiVersion: v1\nkind: Secret\nmetadata: {name: {{ .Release.Name }}-keys}\n'
    "data:\n  ca.crt: {{ $ca.Cert | b64enc }}\n  ca.key: {{ $ca.Key | b64enc }}\nstringData:\n  password: {{ randAlphaNum 20 }}\n",
    "templates/when.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: {{ .Release.Name }}-when}\ndata: {now: {{ now | date \"150405.000\" | quote }}}\n",
}

LOOKING = {
    "Chart.yaml": "apiVersion: v2\nname: looking\nversion: 0.1.0\n",
    "templates/password.yaml": '{{ $old := lookup "v1" "Secret" .Release.Namespace "the-password" }}\napiVersion: v1\nkind: Secret\n'
    "metadata: {name: the-password}\ndata:\n  password: {{ if $old }}{{ $old.data.password }}{{ else }}{{ randAlphaNum 12 | b64enc }}{{ end }}\n",
    "templates/spaces.yaml": '{{ $all := lookup "v1" "Namespace" "" "" }}\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: looked}\n'
    "data: {any: {{ gt (len $all.items) 0 | quote }}, kind: {{ (first $all.items).kind }}}\n",
}

WIDGETS = {
    "Chart.yaml": "apiVersion: v2\nname: widgets\nversion: 2.0.0\n",
    "crds/widget.yaml": "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: widgets.shop.example}\n"
    "spec:\n  group: shop.example\n  scope: Cluster\n  names: {plural: widgets, singular: widget, kind: Widget}\n  versions:\n"
    "  - name: v1\n    served: true\n    storage: true\n    schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}\n",
    "templates/widget.yaml": '{{ if .Capabilities.APIVersions.Has "shop.example/v1" }}\napiVersion: shop.example/v1\nkind: Widget\n'
    "metadata: {name: {{ .Release.Name }}}\nspec: {size: {{ .Values.size | default 3 }}}\n{{ end }}\n",
}

HOOKS = {
    "Chart.yaml": "apiVersion: v2\nname: hooked\nversion: 0.3.0\n",
    "values.yaml": "text: a\n",
    "templates/main.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: {{ .Release.Name }}}\ndata: {text: {{ .Values.text }}}\n",
    "templates/before.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}-before\n  annotations:\n"
    "    helm.sh/hook: pre-install,pre-upgrade\n    helm.sh/hook-weight: \"-1\"\ndata: {revision: {{ .Release.Revision | quote }}}\n",
    "templates/job.yaml": "apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: {{ .Release.Name }}-job\n  annotations:\n    helm.sh/hook: pre-upgrade\n"
    "    helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded\nspec:\n  backoffLimit: 0\n  template:\n    spec:\n      restartPolicy: Never\n"
    "      containers: [{name: x, image: nothing, command: [x]}]\n",
}

CROWD = {
    "Chart.yaml": "apiVersion: v2\nname: crowd\nversion: 1.0.0\n",
    "templates/all.yaml": "{{ range until 60 }}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: one-of-{{ . }}}\ndata: {a: b}\n{{ end }}\n",
}

ZEROS = {
    "Chart.yaml": "apiVersion: v2\nname: zeros\nversion: 1.0.0\n",
    "templates/all.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: zeros, labels: {empty: \"\"}}\nspec:\n  replicas: 0\n  paused: false\n"
    "  selector: {matchLabels: {a: b}}\n  template:\n    metadata: {labels: {a: b}}\n    spec:\n      hostNetwork: false\n      hostIPC: false\n"
    "      automountServiceAccountToken: false\n      priorityClassName: \"\"\n      tolerations: [{key: x, operator: Equal, value: \"\"}]\n"
    "      containers:\n      - {name: x, image: none, stdin: false, tty: false, workingDir: \"\", env: [{name: A, value: \"\"}],\n"
    "         securityContext: {privileged: false, allowPrivilegeEscalation: false, runAsUser: 0}}\n",
}
