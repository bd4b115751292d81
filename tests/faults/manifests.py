"""Manifests that are wrong, or that the cluster refuses: the file and its line, the object, the field; and put right, the
next run converges."""

from labtest import expect
from labtest.control_plane import hook
from labtest.loopback import CONFIG_MAP, case


def wrong(t, name, text, code=1):
    """Nothing is asked where the text itself is wrong."""
    t.manifests(text)
    t.golden(name, t.gpuctl.plan().ended(code).said)


@case("a manifest that is no YAML")
def no_yaml(t):
    wrong(t, "manifest-no-yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings\n")


@case("a manifest without a kind")
def no_kind(t):
    wrong(t, "manifest-no-kind", CONFIG_MAP.replace("kind: ConfigMap\n", ""))


@case("a manifest without a name")
def no_name(t):
    wrong(t, "manifest-no-name", CONFIG_MAP.replace("  name: settings\n", "  labels: {}\n"))


@case("two objects of one name")
def twice(t):
    wrong(t, "manifest-twice", f"{CONFIG_MAP}---\n{CONFIG_MAP}")


@case("a manifest that is not there")
def absent(t):
    t.playbook({"manifests": {"path": "no-such-folder"}})
    t.golden("manifest-absent", t.gpuctl.plan().ended(1).said)


def refused(t, name, text, **more):
    """The server's dry run says so already: nothing is done."""
    t.manifests(text, prune=False, **more)
    t.golden(name, t.gpuctl.plan().ended(2).said)
    expect.lacks_text(t.gpuctl.provision().ended(1).out, "  done ", "what provision says")


def put_right(t, text=CONFIG_MAP, **more):
    t.manifests(text, prune=False, **more)
    t.converges()


@case("a kind that the cluster does not know")
def unknown_kind(t):
    text = CONFIG_MAP.replace("kind: ConfigMap", "kind: ConfigMaps")
    refused(t, "unknown-kind", text)
    put_right(t)


@case("a group that the cluster does not know, as where a definition is missing")
def unknown_group(t):
    refused(t, "unknown-group", "apiVersion: nvidia.com/v1\nkind: ClusterPolicy\nmetadata: {name: cluster-policy}\n")
    put_right(t)


@case("a namespace that is not there")
def no_namespace(t):
    (t.folder / "objects.yaml").write_text(CONFIG_MAP)
    t.playbook({"manifests": {"path": "objects.yaml", "namespace": "nowhere", "prune": False}})
    t.golden("no-namespace", t.gpuctl.plan().ended(2).said)
    expect.lacks_text(t.gpuctl.provision().ended(1).out, "  done ", "what provision says")
    t.kubectl("create", "namespace", "nowhere")
    t.converges()


DEPLOYMENT = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 0
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
      - name: web
        image: web:1
"""


@case("422: a field that the server does not know, and a value that it does not take")
def invalid(t):
    refused(t, "unknown-field", DEPLOYMENT.replace("replicas: 0", "replica: 0"))
    refused(t, "wrong-type", DEPLOYMENT.replace("replicas: 0", "replicas: none"))
    refused(t, "invalid-value", DEPLOYMENT.replace("replicas: 0", "replicas: -1").replace("{app: web}\n    spec", "{app: other}\n    spec"))
    put_right(t, DEPLOYMENT)


@case("422: a field that cannot be changed any more")
def immutable(t):
    put_right(t, DEPLOYMENT)
    refused(t, "immutable-field", DEPLOYMENT.replace("{app: web}", "{app: other}"))
    put_right(t, DEPLOYMENT)


@case("409: a field that somebody else owns is left alone, and taken with force")
def conflict(t):
    put_right(t)
    theirs = CONFIG_MAP.replace("value", "theirs").replace("  name: settings\n", "  name: settings\n  namespace: faults\n")
    t.kubectl("apply", "--server-side", "--force-conflicts", "--field-manager=colleague", "-f", "-", stdin=theirs)
    refused(t, "conflict", CONFIG_MAP)
    put_right(t, force=True)


WEBHOOK = """\
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {{name: fridays}}
webhooks:
- name: fridays.example.com
  sideEffects: None
  failurePolicy: Fail
  admissionReviewVersions: [v1]
  clientConfig: {{url: {url}, caBundle: {issuer}}}
  rules: [{{apiGroups: [""], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [resourcequotas]}}]
"""
QUOTA = "apiVersion: v1\nkind: ResourceQuota\nmetadata: {name: few}\nspec: {hard: {pods: 3}}\n"


@case("a webhook that refuses, and one that does not answer")
def webhook(t):
    url, issuer = hook(t.folder)
    t.kubectl("apply", "-f", "-", stdin=WEBHOOK.format(url=url, issuer=issuer))
    refused(t, "webhook-refuses", QUOTA)
    t.kubectl("apply", "-f", "-", stdin=WEBHOOK.format(url="https://127.0.0.1:1/", issuer=issuer))
    refused(t, "webhook-away", QUOTA)
    t.kubectl("delete", "validatingwebhookconfiguration", "fridays")
    put_right(t, QUOTA)


PRIVILEGED = """\
apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: plugin
spec:
  selector:
    matchLabels: {app: plugin}
  template:
    metadata:
      labels: {app: plugin}
    spec:
      containers:
      - name: plugin
        image: plugin:1
        securityContext: {privileged: true}
"""


@case("PodSecurity refuses a privileged DaemonSet's pods")
def pod_security(t):
    t.kubectl("apply", "-f", "-", stdin="apiVersion: v1\nkind: Node\nmetadata: {name: node1}\n")
    steps = [{"namespace": {"name": "strict", "labels": {"pod-security.kubernetes.io/enforce": "restricted"}}},
             {"manifests": {"path": "objects.yaml", "namespace": "strict", "prune": False}},
             {"rollout": {"kind": "DaemonSet", "name": "plugin", "namespace": "strict"}, "settle": "3s"}]
    (t.folder / "objects.yaml").write_text(PRIVILEGED)
    t.playbook(*steps)
    t.failed("pod-security")
    t.golden("pod-security-verify", t.gpuctl.verify().ended(2).said)
    t.kubectl("delete", "daemonset", "-n", "strict", "plugin")
    bare_pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: plugin}\nspec: {containers: [{name: plugin, image: \"plugin:1\"}]}\n"
    (t.folder / "objects.yaml").write_text(bare_pod)
    t.playbook(*steps[:2])
    t.golden("pod-security-pod", t.gpuctl.plan().ended(2).said)
    t.kubectl("delete", "node", "node1")
