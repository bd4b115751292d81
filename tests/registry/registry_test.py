"""`gpuctl chart template` against chart repositories and an OCI registry on the loopback, well and broken.

usage: registry_test.py GPUCTL
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from servers import (ENDING, FOLDER, Home, Registry, Repository, certificate, endless, index, pack, redirect, sha256,
                     silent, truncated)

OLD, NEW, RC = (pack("operator", version) for version in ("1.2.0", "1.10.0", "2.0.0-rc.1"))
CHARTS = [("operator", "1.2.0", OLD, "charts/operator-1.2.0.tgz"), ("operator", "2.0.0-rc.1", RC, "rc.tgz"),
          ("operator", "1.10.0", NEW, "charts/operator-1.10.0.tgz")]


def files():
    return {"/r/index.yaml": index(CHARTS), "/r/charts/operator-1.2.0.tgz": OLD, "/r/charts/operator-1.10.0.tgz": NEW, "/r/rc.tgz": RC}


class Case(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.home = Home(GPUCTL)

    def template(self, *words):
        return self.home.chart("template", "rel", *words)

    def brings(self, version, *words):
        done = self.template(*words)
        self.assertEqual((done.returncode, f'version: "{version}"' in done.stdout), (0, True), done.stderr + done.stdout)
        return done

    def fails(self, *said, words, code=1):
        done = self.template(*words)
        self.assertEqual(done.returncode, code, done.stderr + done.stdout)
        self.assertEqual(done.stdout, "")
        flat = " ".join(done.stderr.split())
        for text in said:
            self.assertIn(text, flat)
        return flat


class Repositories(Case):
    def test_the_version_that_is_wanted(self):
        server = Repository(files())
        repo = ("--repo", f"{server.url}/r", "operator")
        self.brings("1.10.0", *repo)
        self.brings("2.0.0-rc.1", *repo, "--devel")
        self.brings("1.2.0", *repo, "--devel", "--version", "~1.2")
        done = self.brings("1.2.0", *repo, "--version", "v1.2.0")
        self.assertIn("has no version v1.2.0 of operator: 1.2.0 is taken", done.stderr)
        self.assertEqual(self.brings("1.2.0", *repo, "--version", "1.2.0").stderr, "")
        self.fails('chart "operator" version "3.x" not found in', "it has 2.0.0-rc.1, 1.10.0, 1.2.0", words=(*repo, "--version", "3.x"))
        self.fails('chart "oprator" not found in', "did you mean operator?", words=(*repo[:2], "oprator"))
        self.fails('version "one": improper constraint', words=(*repo, "--version", "one"))

    def test_names_of_helms_repositories_file(self):
        server = Repository(files(), user=("me", "pass word"))
        entry = {"name": "nvidia", "url": f"{server.url}/r/", "username": "me", "password": "pass word"}
        path = self.home.repositories(entry, {"name": "other", "url": "https://other.example"})
        self.brings("1.2.0", "nvidia/operator", "--version", "1.2.0")
        # A chart, or a repository, that is named by its address means the same repository.
        self.brings("1.2.0", f"{server.url}/r/charts/operator-1.2.0.tgz")
        self.brings("1.10.0", "operator", "--repo", f"{server.url}/r")
        self.fails("repo nvdia not found", str(path), "names nvidia, other", "helm repo add nvdia URL", words=("nvdia/operator",))
        self.fails("there is no file or folder operator, and it names no repository", words=("operator",))
        self.fails('path "./operator" not found', words=("./operator",))
        self.home.environment["HELM_REPOSITORY_CONFIG"] = str(self.home.write("elsewhere.yaml", "repositories: 1"))
        self.fails("elsewhere.yaml cannot be read", words=("nvidia/operator",))

    def test_a_folder_of_that_name_comes_first(self):
        self.home.write("nvidia/operator/Chart.yaml", "apiVersion: v2\nname: here\nversion: 9.0.0\n")
        self.home.write("nvidia/operator/templates/a.yaml", 'x: {version: "{{ .Chart.Version }}"}\n')
        self.brings("9.0.0", "nvidia/operator")

    def test_who_asks(self):
        server = Repository(files(), user=("me", "secret"))
        words = ("--repo", f"{server.url}/r", "operator", "--username", "me", "--password")
        self.brings("1.10.0", *words, "secret")
        self.brings("1.10.0", "--repo", f"http://me:secret@{server.host}/r", "operator")
        said = self.fails(f"GET {server.url}/r/index.yaml: HTTP status 401 (no)", "--username and --password", words=(*words, "wr0ng"))
        self.assertNotIn("wr0ng", said)
        said = self.fails("HTTP status 401", words=("--repo", f"http://me:wr0ng@{server.host}/r", "operator"))
        self.assertNotIn("wr0ng", said)

    def test_credentials_stay_with_their_server(self):
        other = Repository({"/x.tgz": NEW})
        server = Repository(user=("me", "secret"))
        server.files = {"/index.yaml": index([("far", "1.10.0", NEW, f"{other.url}/x.tgz"), ("moved", "1.10.0", NEW, "moved.tgz")]),
                        "/moved.tgz": redirect(f"{other.url}/x.tgz")}
        words = ("--repo", server.url, "--username", "me", "--password", "secret")
        for name in ("far", "moved"):
            self.brings("1.10.0", *words, name)
            shutil.rmtree(self.home.cache)
        self.assertEqual([asked.authorization for asked in other.asked], [None, None])
        self.brings("1.10.0", *words, "far", "--pass-credentials")
        self.assertEqual(other.asked.pop().authorization, server.basic("me", "secret"))
        shutil.rmtree(self.home.cache)
        self.brings("1.10.0", *words, "moved", "--pass-credentials")
        self.assertIsNone(other.asked.pop().authorization)

    def test_redirects(self):
        server = Repository(files())
        server.files |= {"/old/index.yaml": redirect("/r/index.yaml"), "/old/charts/operator-1.10.0.tgz": redirect("../../r/charts/operator-1.10.0.tgz"),
                         "/loop/index.yaml": redirect("index.yaml")}
        self.brings("1.10.0", "--repo", f"{server.url}/old", "operator")
        self.fails("redirects more than 10 times", words=("--repo", f"{server.url}/loop", "operator"))

    def test_what_is_no_chart_and_no_index(self):
        server = Repository({"/html/index.yaml": b"<!doctype html><html>", "/empty/index.yaml": b"", "/list/index.yaml": b"- a\n",
                             "/api/index.yaml": b"entries: {}\n", "/a.tgz": b"<html>", "/tab/index.yaml": b"apiVersion: v1\nentries:\n\ta: []\n"})
        for folder, said in (("html", "it is a page for a browser"), ("empty", "it is empty"), ("list", "it holds no mapping"),
                             ("api", "no API version specified"), ("tab", "yaml: line 3: ")):
            self.fails(f"{server.url}/{folder} (index.yaml) is no index of a chart repository: {said}",
                       words=("--repo", f"{server.url}/{folder}", "operator"))
        self.fails(f"GET {server.url}/none/index.yaml: HTTP status 404 (not here)", "is that the address of a chart repository?",
                   words=("--repo", f"{server.url}/none", "operator"))
        self.fails("does not appear to be a gzipped archive", words=(f"{server.url}/a.tgz",))
        self.fails("HTTP status 404", words=(f"{server.url}/b.tgz",))
        self.fails("ftp: is not fetched", words=("--repo", "ftp://x/y", "operator"))

    def test_entries_that_helm_skips(self):
        entries = json.loads(index(CHARTS))
        entries["entries"]["operator"] += [None, {"name": "operator", "version": "new"}, {"version": "9.0.0"}]
        server = Repository(files() | {"/r/index.yaml": json.dumps(entries).encode()})
        done = self.brings("1.10.0", "--repo", f"{server.url}/r", "operator")
        self.assertEqual(done.stderr.count("skipping loading invalid entry"), 3, done.stderr)

    def test_another_digest(self):
        server = Repository(files() | {"/r/charts/operator-1.10.0.tgz": OLD})
        self.fails(f"{server.url}/r/charts/operator-1.10.0.tgz is not the chart that the index of {server.url}/r means",
                   f"{len(OLD)} bytes came with sha256 {sha256(OLD)}, expected sha256 {sha256(NEW)}",
                   words=("--repo", f"{server.url}/r", "operator"))
        self.assertFalse(list(self.home.cache.rglob("*.tgz")))

    def test_a_body_that_breaks_off_and_one_that_never_ends(self):
        server = Repository(files() | {"/r/charts/operator-1.10.0.tgz": truncated(NEW), "/big/index.yaml": endless(b"apiVersion: v1\nx:\n", b"- a\n" * 65536)})
        self.fails("the connection to 127.0.0.1 was lost before the answer was whole", words=("--repo", f"{server.url}/r", "operator"))
        self.fails(f"GET {server.url}/big/index.yaml: the file is larger than 67108864 bytes", words=("--repo", f"{server.url}/big", "operator"))
        server.files["/s/index.yaml"] = silent
        self.fails("did not deliver within 1000 ms", "--fetch-timeout", words=("--repo", f"{server.url}/s", "operator", "--fetch-timeout", "1"))

    def test_a_server_that_says_a_chart_is_packed_for_the_way(self):
        def encoded(server, request):
            server.answer(request, 200, NEW, Content_Encoding="gzip")
        server = Repository(files() | {"/r/charts/operator-1.10.0.tgz": encoded})
        self.brings("1.10.0", "--repo", f"{server.url}/r", "operator")


class Tls(Case):
    @classmethod
    def setUpClass(cls):
        for name in ("server", "client"):
            certificate(name, "issuer")
        certificate("stranger", "nobody")

    def test_certificates(self):
        server = Repository(files(), tls="server", client_issuer="issuer")
        repo = ("--repo", f"{server.url}/r", "operator")
        ca, who = ("--ca-file", FOLDER / "issuer.pem"), ("--cert-file", FOLDER / "client.pem", "--key-file", FOLDER / "client.key")
        self.brings("1.10.0", *repo, *ca, *who)
        self.brings("1.10.0", *repo, "--insecure-skip-tls-verify", *who)
        self.fails("the certificate of 127.0.0.1 is not accepted", "--ca-file", words=(*repo, *who))
        self.fails("GET", words=(*repo, *ca))
        self.fails("cannot read /none", words=(*repo, *ca, "--cert-file", "/none", "--key-file", "/none"))
        self.fails("belong together", words=(*repo, *ca, *who[:2]), code=64)
        self.home.repositories({"name": "nvidia", "url": f"{server.url}/r", "caFile": str(ca[1]), "certFile": str(who[1]), "keyFile": str(who[3])})
        self.brings("1.10.0", "nvidia/operator")

    def test_no_way_back_from_https(self):
        plain = Repository(files())
        server = Repository({"/index.yaml": redirect(f"{plain.url}/r/index.yaml")}, tls="server")
        self.fails("it redirects from https to http://", words=("--repo", server.url, "operator", "--ca-file", FOLDER / "issuer.pem"))
        self.assertEqual(plain.asked, [])


class Playbooks(Case):
    """What a step `helm_release` fetches, before the cluster is asked, which is not there."""

    KUBECONFIG = {"apiVersion": "v1", "kind": "Config", "current-context": "a", "contexts": [{"name": "a", "context": {"cluster": "a", "user": "a"}}],
                  "clusters": [{"name": "a", "cluster": {"server": "https://127.0.0.1:1"}}], "users": [{"name": "a", "user": {"token": "a-token"}}]}

    def asked(self, server, version):
        """What a plan asks the repository for, by the ends of the paths."""
        release = {"name": "one", "namespace": "x", "chart": "operator", "repository": f"{server.url}/r", "version": version}
        config = self.home.write("kubeconfig", json.dumps(self.KUBECONFIG))
        playbook = self.home.write("site.yaml", json.dumps({
            "apiVersion": "gpuctl/v1", "hosts": {"n": {"address": "127.0.0.1"}}, "cluster": {"kubeconfig": str(config)},
            "steps": [{"helm_release": release}]}))
        before = len(server.paths())
        done = self.home.run(GPUCTL, "plan", playbook)
        self.assertEqual(done.returncode, 3, done.stderr + done.stdout)
        return [path.rsplit("/", 1)[1] for path in server.paths()[before:]]

    def test_a_range_is_looked_up_each_time_and_a_version_once(self):
        server = Repository(files())
        self.assertEqual(self.asked(server, "1.2.0"), ["index.yaml", "operator-1.2.0.tgz"])
        self.assertEqual(self.asked(server, "1.2.0"), [])
        self.assertEqual(self.asked(server, "^1.0"), ["index.yaml", "operator-1.10.0.tgz"])
        newer = pack("operator", "1.11.0")
        server.files["/r/charts/operator-1.11.0.tgz"] = newer
        server.files["/r/index.yaml"] = index([*CHARTS, ("operator", "1.11.0", newer, "charts/operator-1.11.0.tgz")])
        self.assertEqual(self.asked(server, "^1.0"), ["index.yaml", "operator-1.11.0.tgz"])
        self.assertEqual(self.asked(server, "1.10.0"), [])


class Caching(Case):
    def test_nothing_is_fetched_twice(self):
        server = Repository(files())
        server.etags = True
        repo = ("--repo", f"{server.url}/r", "operator")
        self.brings("1.10.0", *repo)
        self.brings("1.10.0", *repo)
        self.assertEqual(server.paths(), ["/r/index.yaml", "/r/charts/operator-1.10.0.tgz", "/r/index.yaml"])
        self.assertIn("If-None-Match", server.asked[-1].headers)
        # Another version of the index is another answer, whatever was kept.
        server.files["/r/index.yaml"] = index(CHARTS[:1])
        self.brings("1.2.0", *repo)
        self.assertFalse([path for path in self.home.cache.rglob("*") if path.stat().st_mode & 0o077])

    def test_a_damaged_file_is_fetched_again(self):
        server = Repository(files())
        server.etags = True
        repo = ("--repo", f"{server.url}/r", "operator")
        self.brings("1.10.0", *repo)
        kept = [path for path in self.home.cache.rglob("*") if path.is_file()]
        self.assertEqual(len(kept), 2)
        for damage in (lambda data: data[:-9], lambda data: data[:-9] + b"x" * 9, lambda data: b""):
            for path in kept:
                path.write_bytes(damage(path.read_bytes()))
            server.asked.clear()
            self.brings("1.10.0", *repo)
            self.assertEqual(server.paths(), ["/r/index.yaml", "/r/charts/operator-1.10.0.tgz"])
            self.assertNotIn("If-None-Match", server.asked[0].headers)

    def test_a_cache_that_cannot_be_written_is_a_warning(self):
        server = Repository(files())
        self.home.environment["XDG_CACHE_HOME"] = str(self.home.write("file", ""))
        done = self.brings("1.10.0", "--repo", f"{server.url}/r", "operator")
        self.assertEqual(done.stderr.count("nothing is kept for the next time"), 1, done.stderr)

    def test_runs_side_by_side(self):
        server = Repository(files())
        server.etags = True
        words = [GPUCTL, "chart", "template", "rel", "--repo", f"{server.url}/r", "operator"]
        for _ in range(2):
            runs = [subprocess.Popen(words, env=self.home.environment, stdout=subprocess.PIPE, text=True) for _ in range(6)]
            for run in runs:
                self.assertIn('version: "1.10.0"', run.communicate(timeout=60)[0])
        names = [path.name for path in self.home.cache.rglob("*") if path.is_file()]
        self.assertEqual((len(names), sha256(NEW) + ".tgz" in names), (2, True), names)

    def test_last_modified_will_do(self):
        date = "Wed, 21 Oct 2015 07:28:00 GMT"

        def dated(server, request):
            same = request.headers.get("If-Modified-Since") == date
            server.answer(request, 304 if same else 200, b"" if same else index(CHARTS), Last_Modified=date)
        server = Repository(files() | {"/r/index.yaml": dated})
        for _ in range(2):
            self.brings("1.10.0", "--repo", f"{server.url}/r", "operator")
        self.assertEqual(server.asked[-1].headers.get("If-Modified-Since"), date)


class Registries(Case):
    def setUp(self):
        super().setUp()
        self.registry = Registry(user=("me", "secret"), public=["open/operator"])
        for name in ("charts/operator", "open/operator"):
            for tag, chart in (("1.2.0", OLD), ("1.10.0", NEW), ("2.0.0-rc.1", RC), ("1.1.0_b7", OLD), ("latest", OLD)):
                self.registry.push(name, tag, chart)
        self.at = f"oci://{self.registry.host}/charts/operator"
        self.me = ("--plain-http", "--username", "me", "--password", "secret")

    def test_versions(self):
        self.brings("1.10.0", self.at, *self.me)
        self.assertIn("/v2/charts/operator/tags/list?last=1.10.0", self.registry.paths())
        self.brings("1.2.0", self.at, *self.me, "--version", "~1.2")
        self.brings("1.2.0", self.at, *self.me, "--version", "1.1.0+b7")
        self.brings("2.0.0-rc.1", self.at, *self.me, "--devel")
        self.brings("1.2.0", self.at + ":1.2.0", *self.me)
        self.brings("1.2.0", self.at + ":latest", *self.me)
        self.brings("1.2.0", "operator", "--repo", self.at.removesuffix("/operator"), *self.me, "--version", "1.2.0")
        digest = self.registry.tags["charts/operator"]["1.2.0"]
        self.brings("1.2.0", f"{self.at}@{digest}", *self.me)
        self.fails("chart reference and version mismatch: 1.10.0 is not 1.2.0", words=(self.at + ":1.2.0", *self.me, "--version", "1.10.0"))
        self.fails("has no tag that is a version 3.x", "its newest is 2.0.0-rc.1", words=(self.at, *self.me, "--version", "3.x"))
        self.fails("/v2/charts/operator/manifests/9.0.0: HTTP status 404", words=(self.at, *self.me, "--version", "9.0.0"))

    def test_a_chart_is_not_fetched_twice(self):
        for _ in range(2):
            self.brings("1.2.0", self.at, *self.me, "--version", "1.2.0")
        self.assertEqual(len([path for path in self.registry.paths() if "/blobs/" in path]), 1)

    def test_who_asks(self):
        self.brings("1.10.0", f"oci://{self.registry.host}/open/operator", "--plain-http")
        self.fails("HTTP status 401", "nobody was named: helm registry login", words=(self.at, "--plain-http"))
        said = self.fails("/token", "HTTP status 401 (wrong password)", "it was asked as me",
                          words=(self.at, "--plain-http", "--username", "me", "--password", "wr0ng"))
        self.assertNotIn("wr0ng", said)
        auth = self.registry.basic("me", "secret").removeprefix("Basic ")
        self.home.write(".docker/config.json", json.dumps({"auths": {self.registry.host: {"auth": auth}}}))
        self.brings("1.10.0", self.at, "--plain-http")
        self.home.write(".docker/config.json", "no json")
        self.fails(".docker/config.json: the file of credentials is not JSON", words=(self.at, "--plain-http"))
        own = self.home.write("registry.json", json.dumps({"auths": {self.registry.host: {"identitytoken": "identity"}}}))
        self.home.environment["HELM_REGISTRY_CONFIG"] = str(own)
        self.brings("1.10.0", self.at, "--plain-http")

    def test_credential_helpers_are_not_run(self):
        self.home.write(".docker/config.json", json.dumps({"credsStore": "desktop", "auths": {self.registry.host: {}}}))
        self.brings("1.10.0", f"oci://{self.registry.host}/open/operator", "--plain-http")
        self.fails("docker-credential-desktop, and credential helpers are not run here", "helm registry login", words=(self.at, "--plain-http"))

    def test_a_registry_that_wants_the_password_itself(self):
        registry = Registry(user=("me", "secret"), basic_only=True)
        registry.push("operator", "1.2.0", OLD)
        self.brings("1.2.0", f"oci://{registry.host}/operator", *self.me)

    def test_tokens_come_from_where_they_are_safe(self):
        certificate("registry", "issuer")
        registry = Registry(user=("me", "secret"), tls="registry")
        registry.push("operator", "1.2.0", OLD)
        words = (f"oci://{registry.host}/operator", "--username", "me", "--password", "secret", "--ca-file", FOLDER / "issuer.pem")
        self.brings("1.2.0", *words)
        registry.realm = f"{self.registry.url}/token"
        self.fails("which is not https", words=words)
        self.assertEqual(self.registry.asked, [])
        self.fails(f"GET https://{self.registry.host}/v2/charts/operator/tags/list: 127.0.0.1: no TLS connection", words=(self.at, *self.me[1:]))

    def test_blobs_elsewhere_get_no_token(self):
        store = Repository({"/blob": OLD})
        self.registry.damage["sha256:" + sha256(OLD)] = redirect(f"{store.url}/blob")
        self.brings("1.2.0", self.at, *self.me, "--version", "1.2.0")
        self.assertEqual([asked.authorization for asked in store.asked], [None])

    def test_what_is_no_chart(self):
        self.registry.push("charts/image", "1.0.0", OLD, layer="application/vnd.oci.image.layer.v1.tar+gzip")
        self.fails("/charts/image:1.0.0 is no chart: its manifest has config", "layers application/vnd.oci.image.layer.v1.tar+gzip",
                   "expected a layer application/vnd.cncf.helm.chart.content.v1.tar+gzip", words=(f"oci://{self.registry.host}/charts/image", *self.me))
        self.registry.push("charts/many", "1.0.0", OLD, layers=None, manifests=[])
        self.fails("an index of manifests", words=(f"oci://{self.registry.host}/charts/many", *self.me))

    def test_damage(self):
        manifest, blob = self.registry.tags["charts/operator"]["1.2.0"], "sha256:" + sha256(OLD)
        words = (self.at, *self.me, "--version", "1.2.0")
        self.registry.damage = {blob: NEW}
        self.fails(f"{len(NEW)} bytes came with sha256 {sha256(NEW)}, expected sha256 {sha256(OLD)}", words=words)
        self.registry.damage = {blob: truncated(OLD)}
        self.fails("was lost before the answer was whole", words=words)
        self.registry.damage = {manifest: b"{}"}
        self.fails(f"a manifest of 2 bytes came with sha256:{sha256(b'{}')}, expected {manifest}", words=words)
        self.assertFalse(list(self.home.cache.rglob("*.tgz")))

    def test_an_index_may_lead_to_a_registry(self):
        server = Repository({"/index.yaml": index([("operator", "1.2.0", OLD, f"oci://{self.registry.host}/open/operator:1.2.0")])})
        self.brings("1.2.0", "operator", "--repo", server.url, "--plain-http")


class Values(Case):
    def test_values_from_an_address(self):
        server = Repository(files() | {"/v.yaml": b"x: far\n", "/x": b"file", "/bad.yaml": b"a: ["})
        words = ("--repo", f"{server.url}/r", "operator")
        self.assertIn('x: "far"', self.brings("1.10.0", *words, "-f", f"{server.url}/v.yaml").stdout)
        self.assertIn('x: "file"', self.brings("1.10.0", *words, "--set-file", f"x={server.url}/x").stdout)
        self.fails(f"GET {server.url}/none: HTTP status 404", words=(*words, "-f", f"{server.url}/none"))
        self.fails(f"failed to parse {server.url}/bad.yaml", words=(*words, "-f", f"{server.url}/bad.yaml"))
        self.fails("holds charts and no values", words=(*words, "-f", f"oci://{server.host}/x"))


if __name__ == "__main__":
    GPUCTL = os.path.abspath(sys.argv.pop(1))
    try:
        unittest.main()
    finally:
        ENDING.set()
        shutil.rmtree(FOLDER)
