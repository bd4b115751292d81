#!/usr/bin/env python3
"""What `helm lint` and `gpuctl chart lint` say of the charts of tests/charts, and of some that are wrong on purpose, line by line."""

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
TOP = HERE.parent.parent
LAB = TOP / "tests/lab/lab"

METADATA = "apiVersion: v2\nname: wrong\nversion: 1.0.0\n"


def named(kind, name):
    return f"apiVersion: v1\nkind: {kind}\nmetadata: {{name: {name!r}}}\n"


def chart_with(templates=None, **files):
    """A chart's files by their paths; Chart.yaml where none is given."""
    out = {"Chart.yaml": METADATA + "icon: https://example.com/i.svg\n", "values.yaml": "a: 1\n", "templates/NOTES.txt": "notes\n"}
    out.update({f"templates/{name}": text for name, text in (templates or {}).items()})
    out.update({name.replace("__", "/"): text for name, text in files.items()})
    return out


NAMES = ("good", "Bad", "a.b", "a..b", "-a", "a-", "a_b", "", "9a", "a" * 64, "a" * 254, "x/y", "50%", "..", "grün")
KINDS = ("ConfigMap", "Service", "Namespace", "Role", "ClusterRoleBinding", "ServiceAccount", "CertificateSigningRequest", "Made", "StorageClass")
CRD = "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: a.b.c}\n"
TABLE = (TOP / "src/chart/render/deprecations.cpp").read_text(encoding="utf-8")
DEPRECATED = [(version, kind) for version, kinds in re.findall(r'\{"([^"]+)", \d+, \d+, "[^"]*", "[^"]*", "([^"]+)"\}', TABLE) for kind in kinds.split()]
# Each kind in the versions that have it or might, whether the table knows them or not.
KIND_VERSIONS = sorted({(f"{group}{version}", kind) for old, kind in DEPRECATED for group in [old[:old.rfind("/") + 1]]
                        for version in ("v1", "v1alpha1", "v1beta1", "v1beta2", "v1beta3", "v2beta1", "v2beta2", "v2")})
MAILS = ("a@b.c", "a@b", "a.b+c@d-e.f.org", "a..b@c.de", ".a@b.cd", "a.@b.cd", "a@b.c1", "a@b.1c", "a@-b.de", "a@b-.de", "ä@ö.ü", "a b@c.de", '"a b"@c.de',
         "a@b.de.", "a@b..de", "a@b_c.de", "a@b.d-e", "<a@b.de>", "a@@b.de", "@b.de", "a@", "a", "A@B.DE", "a!#$%&'*+/=?^_`{|}~-@b.de", "a@1.de", "a@b.de/")
ADDRESSES = ("https://example.com", "example.com", "example", "exa mple.com", "http://", "http://a", "http://localhost", "localhost", "localhost:80", "a.b:80/c", "a.b:123456",
             "ftp://a.b/c?d#e", "mailto:a@b.de", "gopher://a.b", "http://a.b/c d", "//a.b", "/a.b", ".a.b", "a..b", "http://1.2.3.4", "http://1.2.3.4:8080/x", "http://[::1]/",
             "http://a:b@c.de", "a@b.de", "http://a_b.de", "http://-a.de", "http://a-.de", "http://a.de.", "http://ä.de", "http://a_.de", "a-_b.de", "a.1", "a.b1", "1a.de", "a.de-e", "xn--a.b", "256.1.1.1", "a.de?x", "a.de#x", "x/y.z", "x/y", "abc", "a.b")
PEOPLE = [f"{{name: x, email: '{escaped}'}}" for escaped in (mail.replace("'", "''") for mail in MAILS)] + [f"{{name: x, url: '{address}'}}" for address in ADDRESSES]
LIST = "apiVersion: v1\nkind: List\nmetadata: {name: l}\nitems:\n- metadata: {name: a, annotations: {%s: keep}}\n"
STRICT = ("engine: gotpl\n", "Name: b\n", "home: a\nhome: b\n", "home: a\nzeta: 1\nHome: b\nHome: c\n", "a: 1\nA: 1\n", "annotations: {a: x, b: y, a: z}\n",
          "dependencies: [{name: a, version: '1', repositry: x}]\nalpha: 1\n", "maintainers: [{name: a, phone: 1}, {name: b, fax: 2}]\n", "1: a\n1: b\n", "keywords:\n- a\n- b\ntags: ''\n",
          "maintainers:\n- name: a\n  url: http://a.b\n  name: c\nhome: x\nhome: y\n", "TYPE: application\n", "true: 1\ntrue: 2\n", "annotations:\n  x: |\n    a\n  x: |\n    b\n")
NO_OBJECTS = ["apiVersion: v1\nkind: [a]\n", "apiVersion: {}\nkind: [a]\n", "- a\n", "text\n", "5\n"] + [
    f"apiVersion: v1\nkind: X\nmetadata: {metadata}\n" for metadata in
    ("[a]", "text", "{name: [a]}", "{name: 5, namespace: [a]}", "{name: [a], namespace: {}}", "{annotations: x}", "~")]
WRONG = {
    "names": chart_with({f"{kind}.yaml": "---\n".join(named(kind, name) for name in NAMES) for kind in KINDS}),
    "definitions": chart_with(**{"crds__good.yaml": CRD, "crds__kind.yaml": named("ConfigMap", "a"), "crds__two.yaml": CRD + "---\n" + named("Pod", "b"),
                                 "crds__empty.yaml": "# nothing\n"}),
    "definitions are a file": chart_with(crds="no folder\n"),
    "addresses": chart_with(**{"Chart.yaml": METADATA + "icon: no address\nsources: [https://example.com/x, nowhere, '']\n"}),
    "an icon's path": chart_with(**{"Chart.yaml": METADATA + "icon: /icon.svg\n"}),
    **{f"version {number}": chart_with(**{"Chart.yaml": f"apiVersion: v2\nname: wrong\nversion: {text!r}\nicon: https://x/y\n"})
       for number, text in enumerate(("", "abc", "1.2", "v1.2.3", "01.2.3", "1.2.3-rc.1+b", "0.0.0", "1.2.3-01"))},
    **{f"strictly {number}": chart_with(**{"Chart.yaml": METADATA + "icon: https://x/y\n" + text}) for number, text in enumerate(STRICT)},
    "no icon, no values": {"Chart.yaml": METADATA, "templates/a.yaml": named("ConfigMap", "a")},
    "no templates": {"Chart.yaml": METADATA, "values.yaml": ""},
    "selectors": chart_with({"a.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\nspec: {}\n"}),
    "extensions": chart_with({"a.json": "{}", "b.yaml": "  a: 1\n"}),
    "deprecated": chart_with({f"{number}.yaml": f"apiVersion: {version}\nkind: {kind}\nmetadata: {{name: a}}\nspec: {{matchLabels: a}}\n"
                              for number, (version, kind) in enumerate(KIND_VERSIONS)}),
    **{f"maintainer {number}": chart_with(**{"Chart.yaml": f"{METADATA}icon: https://x/y\nmaintainers: [{one}]\n"}) for number, one in enumerate(PEOPLE)},
    "maintainers": chart_with(**{"Chart.yaml": METADATA + "icon: https://x/y\nmaintainers: [{name: a}, {email: x}, {}, {name: b, url: x}]\n"}),
    "a list": chart_with({"kept.yaml": LIST % "helm.sh/resource-policy", "plain.yaml": LIST % "helm.sh/other", "none.yaml": "apiVersion: v1\nkind: List\n"}),
    # One a chart: behind the first that is no object Helm reads no further, and gpuctl does.
    **{f"no object {number}": chart_with({"a.yaml": text}) for number, text in enumerate(NO_OBJECTS)},
    "what fails": chart_with({"a.yaml": '{{ fail "no" }}'}),
    "what is required": chart_with({"a.yaml": named("ConfigMap", "a") + "data: {a: '{{ required \"say it\" .Values.nope }}'}\n"}),
}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gpuctl", default=TOP / "build/src/gpuctl", help="the program that is tried")
    parser.add_argument("--helm", help="the program that knows; built by the lab when none is named")
    return parser.parse_args()


def write(folder, files):
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def said(program, chart):
    done = subprocess.run([*program, chart], check=False, capture_output=True, text=True, timeout=120)
    # What is indented goes on with the line above.
    findings = sorted(line for line in re.sub(r"\n(?=\s+\S)", " / ", done.stdout).splitlines() if line.startswith("["))
    return findings, done.returncode != 0


# Flags with which both are asked.
FLAGS = {"deprecated": [[], *(["--kube-version", version] for version in ("1.8.0", "1.15.2", "1.21.0", "1.22.9", "1.25.0", "1.33.1", "1.34.0", "1.40.0"))]}


def main():
    args = arguments()
    helm = args.helm or subprocess.run([LAB, "program", "helm"], check=True, text=True, stdout=subprocess.PIPE).stdout.strip()
    programs = [args.gpuctl, "chart", "lint"], [helm, "lint"]
    asked = differing = 0
    with tempfile.TemporaryDirectory() as room:
        charts = {path.parent.name: path.parent for path in sorted((TOP / "tests/charts").glob("*/Chart.yaml"))}
        for name, files in WRONG.items():
            charts[name] = Path(room) / name.replace(" ", "-").replace(",", "").replace("'", "")
            write(charts[name], files)
        for name, chart in charts.items():
            for flags in FLAGS.get(name, [[]]):
                asked += 1
                ours, theirs = (said([*program, *flags], chart) for program in programs)
                if ours == theirs:
                    continue
                differing += 1
                print(name, *flags, *(f"  gpuctl  {line}" for line in ours[0] if line not in theirs[0]), *(f"  Helm    {line}" for line in theirs[0] if line not in ours[0]), sep="\n")
                print(f"  fails: gpuctl {ours[1]}, Helm {theirs[1]}")
    print(f"{asked} times asked of {len(charts)} charts, {differing} differ")
    return 1 if differing or not asked else 0


if __name__ == "__main__":
    sys.exit(main())
