"""An API server that is not there, or does not let us in: what was asked, who asked, what to do."""

import http.server
import shlex
import socket
import threading

from labtest import expect, kubeconfig
from labtest.control_plane import free_port
from labtest.loopback import CONFIG_MAP, case

SPACE = {"namespace": {"name": "access"}}


@case("nothing listens where the API server should be")
def refused(t):
    port = free_port()
    t.kubeconfig(server=f"https://127.0.0.1:{port}")
    t.playbook(SPACE)
    t.golden("connection-refused", t.gpuctl.verify().ended(3).said.replace(str(port), "PORT"))


@case("what listens there says nothing")
def silent(t):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        t.kubeconfig(server=f"https://127.0.0.1:{port}")
        t.playbook(SPACE)
        run = t.gpuctl.verify().ended(3)
        expect.within(run.seconds, 0, 18, "seconds")  # twice the patience would be 20
        t.golden("silent", run.said.replace(str(port), "PORT"))


@case("what listens there is another web server")
def web_server(t):
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_address[1]}"
        t.kubeconfig(server=url)
        t.playbook(SPACE)
        t.golden("no-api-server", t.gpuctl.verify().ended(3).said.replace(url, "<web>"))
        server.shutdown()


class Page(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"<html>Welcome!</html>\n")


@case("401: a token that the cluster does not know")
def unknown_token(t):
    t.kubeconfig(user=kubeconfig.token("no-such-token"))
    t.playbook(SPACE)
    t.golden("unknown-token", t.gpuctl.verify().ended(3).said)


@case("401: no credentials at all")
def anonymous(t):
    t.kubeconfig(user="{}")
    t.playbook(SPACE)
    t.golden("no-credentials", t.gpuctl.verify().said)


def credential(token):
    return f'{{"apiVersion": "client.authentication.k8s.io/v1", "kind": "ExecCredential", "status": {{"token": "{token}"}}}}'


def account(t, name):
    """A ServiceAccount that may do nothing yet; its token."""
    t.kubectl("create", "serviceaccount", name)
    return t.kubectl("create", "token", name).strip()


@case("401: the exec plugin is asked again, once")
def plugin_again(t):
    token = account(t, "renewed")
    t.kubectl("create", "clusterrolebinding", "renewed", "--clusterrole=cluster-admin", "--serviceaccount=default:renewed")
    count = t.folder / "count"
    (t.folder / "plugin").write_text(f"""#!/bin/sh
echo asked >>{count}
if [ "$(wc -l <{count})" = 1 ]; then echo {shlex.quote(credential("stale"))}; else echo {shlex.quote(credential(token))}; fi
""")
    (t.folder / "plugin").chmod(0o755)
    t.kubeconfig(user=kubeconfig.plugin("./plugin"))
    t.playbook(SPACE)
    t.gpuctl.verify().ended(2)
    expect.equal(count.read_text(), "asked\n" * 2, "how often the plugin was asked")
    t.gpuctl.provision().ended(0)
    expect.equal(count.read_text(), "asked\n" * 3, "how often the plugin was asked")


@case("401: an exec plugin that gives bad credentials again is not asked for ever")
def plugin_useless(t):
    count = t.folder / "count"
    (t.folder / "plugin").write_text(f"""#!/bin/sh
echo asked >>{count}
printf '%s' {shlex.quote(credential("@"))} | sed "s/@/stale-$(wc -l <{count})/"
""")
    (t.folder / "plugin").chmod(0o755)
    t.kubeconfig(user=kubeconfig.plugin("./plugin"))
    t.playbook(SPACE)
    t.golden("plugin-useless", t.gpuctl.verify().ended(3).said)
    expect.equal(count.read_text(), "asked\n" * 2, "how often the plugin was asked")


@case("403: an account that may do nothing, and one that may only read")
def forbidden(t):
    t.kubeconfig(user=kubeconfig.token(account(t, "few")))
    t.manifests(CONFIG_MAP, space="access")
    t.golden("forbidden-to-read", t.gpuctl.verify().ended(2).said)
    t.grant("few", '{apiGroups: [""], resources: [namespaces, configmaps], verbs: [get, list, watch]}')
    t.failed("forbidden-to-change")
    t.kubectl("create", "clusterrolebinding", "much", "--clusterrole=cluster-admin", "--serviceaccount=default:few")
    t.converges()
