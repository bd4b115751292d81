#include "kube/kubeconfig.hpp"

#include <doctest/doctest.h>

#include <map>

#include "core/error.hpp"
#include "support/error_text.hpp"
#include "unit/kube/certificates.hpp"
#include "util/base64.hpp"
#include "util/strings.hpp"
#include "yaml/parse.hpp"

using namespace gpuctl;
using kube::Access;
using kube::Kubeconfig;

namespace {

struct Fixture {
  std::map<std::string, std::string> files;  // that exist in a test alone
  std::string context;
  std::vector<std::string> paths{"/home/u/.kube/config"};
  kube::Ran ran;
  std::vector<std::string> argv;
  std::map<std::string, std::string> environment;

  Access access(const std::string& text) {
    files["/home/u/.kube/config"] = text;
    const kube::Outside outside{
        [&](const std::string& path) {
          if (const auto file = files.find(path); file != files.end()) return file->second;
          throw core::Error(core::ErrorKind::invalid, path + " does not exist");
        },
        [&](const std::vector<std::string>& words, const std::vector<std::pair<std::string, std::string>>& variables) {
          argv = words;
          environment = {variables.begin(), variables.end()};
          return ran;
        },
        std::chrono::system_clock::from_time_t(1'800'000'000)};
    const auto parse = [&](const std::string& path) -> std::optional<core::Node> {
      const auto file = files.find(path);
      if (file == files.end()) return {};
      return yaml::parse(file->second, path);
    };
    return Kubeconfig::load(paths, parse).access(context, outside);
  }
  std::string error(const std::string& text) {
    try {
      access(text);
    } catch (const core::Error& error) {
      return test::error_text(error);
    }
    return "no error";
  }
};

/// A kubeconfig of one context, with these lines in its cluster and its user.
std::string config(const std::string& cluster, const std::string& user) {
  return "apiVersion: v1\nkind: Config\ncurrent-context: c\ncontexts:\n- name: c\n  context: {cluster: k, user: u, "
         "namespace: ml}\n"
         "clusters:\n- name: k\n  cluster:\n    server: https://10.0.0.1:6443\n" +
         cluster + "users:\n- name: u\n  user:\n" + user;
}

std::string data(const char* pem) {
  return util::base64_encode(pem);
}

}  // namespace

TEST_CASE_FIXTURE(Fixture, "certificates as data") {
  const auto out = access(config("    certificate-authority-data: " + data(test::good_certificate) + "\n",
                                 "    client-certificate-data: " + data(test::good_certificate) +
                                     "\n    client-key-data: " + data(test::good_key) + "\n"));
  CHECK(out.server == "https://10.0.0.1:6443");
  CHECK(out.issuers == test::good_certificate);
  CHECK(out.certificate == test::good_certificate);
  CHECK(out.key.reveal() == test::good_key);
  CHECK(out.namespace_ == "ml");
  CHECK(out.who == "the client certificate of user \"u\"");
  CHECK(out.secrets().size() == 1);
}

TEST_CASE_FIXTURE(Fixture, "files beside the kubeconfig") {
  files["/home/u/.kube/ca.pem"] = test::good_certificate;
  files["/run/token"] = "tok\n";
  const auto out =
      access(config("    certificate-authority: ca.pem\n", "    token: other\n    tokenFile: /run/token\n"));
  CHECK(out.issuers == test::good_certificate);
  CHECK(out.token.reveal() == "tok");
}

TEST_CASE_FIXTURE(Fixture, "proxy, server name, password, no verification") {
  const auto out = access(
      config("    insecure-skip-tls-verify: true\n    tls-server-name: kubernetes\n    proxy-url: socks5://p:1\n",
             "    username: me\n    password: 12345\n"));
  CHECK(!out.verify);
  CHECK(out.server_name == "kubernetes");
  CHECK(out.proxy == "socks5://p:1");
  CHECK(out.username == "me");
  CHECK(out.password.reveal() == "12345");
}

TEST_CASE_FIXTURE(Fixture, "several files: the first that says something wins, an absent one does not count") {
  paths = kube::kubeconfig_paths("/absent::/etc/first:/home/u/.kube/config", "/home/u");
  CHECK(paths == std::vector<std::string>{"/absent", "/etc/first", "/home/u/.kube/config"});
  CHECK(kube::kubeconfig_paths("", "/home/u") == std::vector<std::string>{"/home/u/.kube/config"});
  files["/etc/first"] =
      "current-context: other\ncontexts:\n- {name: other, context: {cluster: k, user: v}}\nusers:\n- {name: v, user: "
      "{token: first}}\n";
  auto out = access(config("", "    token: second\n"));
  CHECK(out.context == "other");
  CHECK(out.token.reveal() == "first");
  CHECK(out.server == "https://10.0.0.1:6443");
  context = "c";
  out = access(config("", "    token: second\n"));
  CHECK(out.token.reveal() == "second");
}

TEST_CASE_FIXTURE(Fixture, "what is wrong with a kubeconfig, at its place") {
  struct Case {
    std::string text, error;
  };
  const std::string at = "/home/u/.kube/config";
  const std::vector<Case> cases{
      {"[]", at + ":1:1: a kubeconfig is a mapping, this is a list"},
      {"kind: Pod", at + ":1:7: a kubeconfig has kind Config, this has Pod"},
      {"contexts: 1", at + ":1:11: contexts must be a list, not a number"},
      {"contexts: [{name: a}]", at + ":1:12: each of contexts has a name and a context"},
      {"contexts: [{name: prod, context: {}}]",
       at + ": " + at + " names no current-context\n  hint: choose one of its contexts; it has prod"},
      {"{}", at + ": " + at + " names no current-context\n  hint: choose one of its contexts; it has none"},
      {"current-context: prdo\ncontexts: [{name: prod, context: {}}]",
       at + ":1:18: " + at + " has no context \"prdo\"\n  hint: did you mean prod?"},
      {"current-context: a\ncontexts: [{name: a, context: {user: u}}]", at + ":2:31: context \"a\" names no cluster"},
      {"current-context: a\ncontexts: [{name: a, context: {cluster: cu, user: u}}]\nclusters: [{name: cx, cluster: "
       "{server: x}}]",
       at + ":2:41: context \"a\" names cluster \"cu\", which the kubeconfig does not have\n  hint: did you mean cx?"},
      {"current-context: a\ncontexts: [{name: a, context: {cluster: k, user: u}}]\nclusters: [{name: k, cluster: "
       "{server: 10.0.0.1}}]",
       at + ":3:40: server of cluster \"k\" must be an https:// URL, not \"10.0.0.1\""},
      {config("    certificate-authority-data: '!'\n", "    token: t\n"),
       at + ":11:33: certificate-authority-data of cluster \"k\" is not base64"},
      {config("    certificate-authority-data: YWJj\n", "    token: t\n"),
       at + ":11:33: certificate-authority-data of cluster \"k\" holds no PEM certificate"},
      {config("    certificate-authority: no.pem\n", "    token: t\n"),
       at + ":11:28: certificate-authority of cluster \"k\": /home/u/.kube/no.pem does not exist"},
      {config(
           "    insecure-skip-tls-verify: true\n    certificate-authority-data: " + data(test::good_certificate) + "\n",
           "    token: t\n"),
       at + ":12:33: cluster \"k\" has both a certificate authority and insecure-skip-tls-verify"},
      {config("    insecure-skip-tls-verify: 'yes'\n", "    token: t\n"),
       at + ":11:31: insecure-skip-tls-verify of cluster \"k\" must be true or false, not a string"},
      {config("", "    auth-provider: {name: gcp}\n"), at + ":14:20: user \"u\" logs in by auth-provider gcp, which "
                                                            "Kubernetes has given up\n  hint: use its exec plugin, a "
                                                            "token or a client certificate"},
      {config("", "    client-certificate-data: " + data(test::expired_certificate) +
                      "\n    client-key-data: " + data(test::good_key) + "\n"),
       at + ":14:30: the client certificate of user \"u\" has expired at 2021-01-01 00:00:00 UTC\n  hint: have a new "
            "one "
            "issued (k3s and RKE2 renew theirs when the server is restarted)"},
      {config("", "    client-certificate-data: " + data(test::good_certificate) + "\n"),
       at + ":14:30: user \"u\" has a client certificate and no client-key"},
      {config("", "    client-certificate-data: " + data(test::good_certificate) +
                      "\n    client-key-data: " + data(test::other_key) + "\n"),
       at + ":15:22: the client-key of user \"u\" is not the key of its certificate"},
      {config("", "    tokenFile: gone\n"), at + ":14:16: tokenFile of user \"u\": /home/u/.kube/gone does not exist"},
  };
  for (const auto& [text, expected] : cases) {
    INFO(text);
    CHECK(error(text) == expected);
  }
  paths = {"/nowhere", "/none"};
  CHECK(error("") ==
        "there is no kubeconfig: /nowhere nor /none does not exist\n  hint: name another one by `kubeconfig` of the "
        "playbook's "
        "cluster, or by `through` the host that has one");
}

namespace {

std::string plugin(const std::string& more = "") {
  return config(
      "",
      "    exec:\n      apiVersion: client.authentication.k8s.io/v1\n      command: bin/login\n      args: [get, 1]\n"
      "      env: [{name: PROFILE, value: prod}]\n      installHint: install the login tool\n" +
          more);
}

kube::Ran printed(const std::string& status) {
  return {true, 0,
          R"({"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":)" + status + "}", ""};
}

}  // namespace

TEST_CASE_FIXTURE(Fixture, "an exec plugin") {
  ran = printed(R"({"token":"t1"})");
  CHECK(access(plugin()).token.reveal() == "t1");
  CHECK(argv == std::vector<std::string>{"/home/u/.kube/bin/login", "get", "1"});
  CHECK(environment["PROFILE"] == "prod");
  CHECK(environment["KUBERNETES_EXEC_INFO"] ==
        R"({"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","spec":{"interactive":false}})");
  access(plugin("      provideClusterInfo: true\n"));
  CHECK(environment["KUBERNETES_EXEC_INFO"].find(R"("cluster":{"server":"https://10.0.0.1:6443"})") !=
        std::string::npos);
}

TEST_CASE_FIXTURE(Fixture, "an exec plugin that does not do its work") {
  const std::string at = "/home/u/.kube/config:16:16: the exec plugin of user \"u\", /home/u/.kube/bin/login, ";
  const std::string by_hand = "\n  hint: run it by hand to see what it prints";
  struct Case {
    kube::Ran ran;
    std::string error;
  };
  const std::vector<Case> cases{
      {{false, 0, "", "No such file or directory"},
       "could not be started: No such file or directory\n  hint: install the login tool"},
      {{true, 3, "", "usage\nno session, log in first\n\n"},
       "ended with exit code 3: no session, log in first\n  hint: run it by hand to see why"},
      {{true, 137, "", "", true},
       "did not come to its end within 60 s and was stopped\n  hint: it gets no terminal here: log in with it first"},
      {{true, 0, "token: x", ""}, "printed no JSON object (8 bytes)" + by_hand},
      {{true, 0, "{}", ""}, "printed a JSON object without a kind, and no ExecCredential" + by_hand},
      {{true, 0, R"({"kind":"Pod"})", ""}, "printed kind \"Pod\", not ExecCredential" + by_hand},
      {{true, 0, R"({"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1beta1"})", ""},
       "answered in \"client.authentication.k8s.io/v1beta1\" where client.authentication.k8s.io/v1 was asked for" +
           by_hand},
      {{true, 0, R"({"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1"})", ""},
       "printed an ExecCredential without a status" + by_hand},
      {printed("{}"), "gave neither a token nor a client certificate" + by_hand},
      {printed(R"({"clientCertificateData":"x"})"), "gave only one of client certificate and key" + by_hand},
      {printed(R"({"token":"t","expirationTimestamp":"2020-01-01T00:00:00Z"})"),
       "gave credentials that have expired at 2020-01-01T00:00:00Z" + by_hand},
  };
  for (const auto& [how, expected] : cases) {
    ran = how;
    CHECK(error(plugin()) == at + expected);
  }
  CHECK(error(plugin("      interactiveMode: Always\n")) ==
        "/home/u/.kube/config:20:24: the exec plugin of user \"u\" always wants a terminal, and gets none here");
}
