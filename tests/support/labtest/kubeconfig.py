"""Kubeconfigs as tests write them: text, so that a message's line and column mean something."""


def pair(path):
    """A user who shows the certificate PATH.crt."""
    return f"client-certificate: {path}.crt\n    client-key: {path}.key"


def token(text):
    return f"token: {text}"


def plugin(command, *lines):
    """A user whose exec plugin is this."""
    rows = ["exec:", "  apiVersion: client.authentication.k8s.io/v1", f"  command: {command}", "  interactiveMode: Never", *(f"  {row}" for row in lines)]
    return "\n    ".join(rows)


def text(server, issuer, user, current="current-context: main\n", wanted="admin", more=""):
    return f"""\
apiVersion: v1
kind: Config
{current}clusters:
- name: lab
  cluster:
    server: {server}
    certificate-authority: {issuer}
{more}users:
- name: admin
  user:
    {user}
contexts:
- name: main
  context:
    cluster: lab
    user: {wanted}
"""
