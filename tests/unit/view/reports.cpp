#include "unit/view/reports.hpp"

namespace gpuctl::samples {

using namespace core;

namespace {

const std::string list = "/etc/apt/sources.list.d/nvidia-container-toolkit.list";
const std::string legacy_list = "/etc/apt/sources.list.d/nvidia-docker.list";
const std::string line = "deb [signed-by=/usr/share/keyrings/n.gpg] https://example.org/deb/$(ARCH) /\n";

Check passed(const std::string& what, const std::string& value) {
  return {what, value, value, Outcome::passed, ""};
}

Gap gap(const std::string& what, const std::string& observed, const std::string& expected, Remedy remedy,
        const std::string& because = "") {
  Gap out;
  out.check = {what, expected, observed, Outcome::failed, because};
  out.remedy = std::move(remedy);
  return out;
}

StepResult step(const std::string& kind, const std::string& title, StepState state, int at) {
  StepResult out;
  out.name = kind;
  out.kind = kind;
  out.title = title;
  out.state = state;
  out.where = {"site.yaml", at, 5};
  return out;
}

StepResult driver() {
  auto out = step("driver", "535.274.02", StepState::held, 10);
  out.change.held = {passed("driver version", "535.274.02"), passed("persistence daemon", "active")};
  return out;
}

StepResult repository() {
  auto out = step("apt_repository", "nvidia-container-toolkit", StepState::change, 11);
  auto written = gap("source list", "absent", "as declared", Mend{WriteFile{list, line}, {}});
  written.diffs = {{list, "", line, true}};
  auto legacy = gap("legacy list", legacy_list, "none", Mend{RemoveFile{legacy_list}, {}},
                    "two lists of one repository break apt-get update");
  legacy.diffs = {{legacy_list, "deb https://example.org/old /\n", "", false, true}};
  out.change.gaps = {written, legacy};
  return out;
}

StepResult packages() {
  auto out = step("apt_packages", "nvidia-container-toolkit 1.18.1-1, held", StepState::change, 12);
  out.change.held = {passed("package libnvidia-container1", "1.18.1-1, held")};
  out.change.gaps = {gap("package nvidia-container-toolkit", "1.17.8-1", "1.18.1-1, held",
                         Mend{InstallPackages{{{"nvidia-container-toolkit", "1.18.1-1"}}, true}, {}})};
  return out;
}

StepResult runtime() {
  auto out = step("container_runtime", "containerd, handler nvidia", StepState::awaits, 13);
  out.because = "service";
  out.change.gaps = {gap("handler nvidia", "absent", "/usr/bin/nvidia-container-runtime", Awaits{"k3s-agent"},
                         "k3s-agent runs since 09:14:02, the runtime is not installed")};
  return out;
}

StepResult service() {
  auto out = step("service", "k3s-agent", StepState::change, 14);
  out.change.gaps = {gap("running with the handler", "no", "yes", Mend{RestartUnit{"k3s-agent.service"}, {}},
                         "the handler nvidia is missing")};
  out.change.gaps[0].disruption = {{"k3s-agent.service"}, "pods stay running, the kubelet is away for some seconds"};
  return out;
}

StepResult later() {
  auto out = step("later", "something", StepState::later, 16);
  out.because = "apt_packages";
  out.change.gaps = {gap("version", "not known", "1.18.1", Later{"apt_packages"})};
  return out;
}

StepResult proof() {
  auto out = step("check", "ufw allows 8472/udp", StepState::later, 15);
  out.name = "firewall";
  out.proof = true;
  out.because = "the changes";
  return out;
}

Report report_of(Verb verb, std::vector<StepResult> steps) {
  Report out;
  out.verb = verb;
  out.playbook = "site.yaml";
  out.id = "20251121T091402Z-0a1b";
  out.started = "2025-11-21T10:14:02+01:00";
  out.took = std::chrono::milliseconds(600);
  HostResult host;
  host.host.name = "k3s-gpu-worker";
  host.host.address = "100.80.98.64";
  host.summary = "Ubuntu 22.04 · 5.15.0-91-generic";
  host.steps = std::move(steps);
  out.hosts.push_back(host);
  return out;
}

}  // namespace

Report plan() {
  return report_of(Verb::plan, {driver(), repository(), packages(), runtime(), service(), later(), proof()});
}

Report converged() {
  return report_of(Verb::plan, {driver()});
}

Report verify() {
  auto wrong = driver();
  wrong.state = StepState::failed;
  wrong.change.held.pop_back();
  wrong.change.gaps = {gap("driver version", "535.104.05", "535.274.02", Never{"install driver 535.274.02 by hand"})};
  wrong.why = "driver version: expected 535.274.02, observed 535.104.05";
  auto handler = runtime();
  handler.state = StepState::failed;
  handler.because.clear();
  auto blocked = service();
  blocked.state = StepState::blocked;
  blocked.because = "container_runtime";
  return report_of(Verb::verify, {wrong, handler, blocked});
}

Report provision() {
  auto done = repository();
  done.state = StepState::done;
  done.took = std::chrono::milliseconds(1200);
  done.checks = {passed("source list", "as declared")};
  done.broken_promises = {"file /etc/x: expected \"a\", now \"b\""};
  auto failed = packages();
  failed.state = StepState::failed;
  failed.took = std::chrono::milliseconds(65'000);
  failed.why = "apt-get exited with 100";
  failed.advice = "look at what the repository offers: apt-cache policy nvidia-container-toolkit";
  failed.evidence = "E: Version '1.18.1-1' was not found\n\x1b[31mE: red\x1b[0m\n";
  failed.checks = {{"package nvidia-container-toolkit", "1.18.1-1, held", "1.17.8-1", Outcome::failed, ""}};
  failed.unforeseen = {"unit ssh.service: was active: active, now failed"};
  auto skipped = service();
  skipped.state = StepState::skipped;
  skipped.because = "the steps before it are not done";
  auto out = report_of(Verb::provision, {driver(), done, failed, skipped});
  HostResult away;
  away.host.name = "second";
  away.unreachable = "192.0.2.7 port 22: no answer within 10 s";
  away.hint = "is it switched on?";
  out.hosts.push_back(away);
  return out;
}

}  // namespace gpuctl::samples
