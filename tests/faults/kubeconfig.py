"""A kubeconfig that leads nowhere: one clear error with its place, exit 3; and with a sound one all is well."""

import shlex

from labtest import expect, kubeconfig
from labtest.control_plane import authority
from labtest.loopback import case

SPACE = {"namespace": {"name": "kubeconfig"}}


def refused(t, name, **cluster):
    """verify cannot ask the cluster, and says why."""
    t.playbook(SPACE, **cluster)
    run = t.gpuctl.verify().ended(3)
    expect.within(run.seconds, 0, 15, "seconds")
    t.golden(name, run.said)


def plugin(t, script, *lines):
    """The user's exec plugin is this shell script."""
    path = t.folder / "plugin"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    t.kubeconfig(user=kubeconfig.plugin("./plugin", *lines))


@case("there is no kubeconfig")
def missing(t):
    refused(t, "kubeconfig-missing", kubeconfig=str(t.folder / "none"))


@case("the kubeconfig is no YAML")
def no_yaml(t):
    t.config.write_text("apiVersion: v1\nclusters: [\n")
    refused(t, "kubeconfig-no-yaml")


@case("the kubeconfig is something else")
def other(t):
    t.config.write_text("apiVersion: v1\nkind: Pod\n")
    refused(t, "kubeconfig-other-kind")


@case("no context is the current one")
def no_current_context(t):
    t.kubeconfig(current="")
    refused(t, "no-current-context")


@case("the current context is not there")
def unknown_current_context(t):
    t.kubeconfig(current="current-context: mian\n")
    refused(t, "unknown-current-context")


@case("the playbook's context is not there")
def unknown_context(t):
    refused(t, "unknown-context", kubeconfig=str(t.config), context="production")


@case("the context's user is not there")
def unknown_user(t):
    t.kubeconfig(wanted="root")
    refused(t, "unknown-user")


@case("the client certificate has expired")
def expired(t):
    t.kubeconfig(user=kubeconfig.pair(t.certificate("admin", days=-1)))
    refused(t, "client-certificate-expired")


@case("the client certificate's file is missing")
def no_certificate(t):
    t.kubeconfig(user=kubeconfig.pair(t.folder / "nobody"))
    refused(t, "client-certificate-missing")


@case("the CA is another cluster's")
def wrong_issuer(t):
    t.kubeconfig(issuer=authority(t.folder, "other-ca"))
    refused(t, "wrong-ca")


@case("the exec plugin fails")
def plugin_fails(t):
    plugin(t, "echo 'login first: aws sso login' >&2; exit 7")
    refused(t, "plugin-fails")


@case("the exec plugin prints rubbish")
def plugin_rubbish(t):
    plugin(t, "echo 'Please visit https://login.example.invalid to log in'")
    refused(t, "plugin-rubbish")


@case("the exec plugin's credentials are past their time")
def plugin_expired(t):
    plugin(t, f"echo {shlex.quote(credential('t0', '2001-01-01T00:00:00Z'))}")
    refused(t, "plugin-expired")


@case("the exec plugin is not there")
def plugin_absent(t):
    t.kubeconfig(user=kubeconfig.plugin("gpuctl-no-such-plugin", "installHint: install it with your package manager"))
    refused(t, "plugin-absent")


def credential(token, until=""):
    ends = f', "expirationTimestamp": "{until}"' if until else ""
    return f'{{"apiVersion": "client.authentication.k8s.io/v1", "kind": "ExecCredential", "status": {{"token": "{token}"{ends}}}}}'


@case("with a sound kubeconfig the next run converges")
def afterwards(t):
    t.playbook(SPACE)
    t.converges()
