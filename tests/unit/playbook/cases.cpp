#include "cases.hpp"

#include <doctest/doctest.h>
#include <fmt/core.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "playbook/playbook.hpp"
#include "support/error_text.hpp"
#include "support/no_source.hpp"
#include "util/strings.hpp"
#include "yaml/parse.hpp"

using namespace gpuctl;

namespace gpuctl::test {

namespace {

std::string block(const std::string& text) {
  if (text.empty()) return " \"\"\n";
  std::string out = text.ends_with('\n') ? " |" : " |-";
  if (text[0] == ' ') out.insert(2, "2");
  out += "\n";
  for (const auto& line : util::lines(text)) out += line.empty() ? "\n" : "    " + line + "\n";
  return out;
}

std::string host_line(const core::Host& host) {
  std::string out = host.name;
  if (!host.user.empty() || !host.address.empty()) out += fmt::format(" {}@{}", host.user, host.address);
  if (host.port != 0) out += fmt::format(":{}", host.port);
  if (host.node != host.name) out += " node " + host.node;
  if (!host.groups.empty()) out += " groups " + util::join(host.groups, ",");
  if (!host.host_key.empty()) out += " key " + host.host_key.substr(0, 12);
  if (!host.identity.empty()) out += " identity " + host.identity;
  if (host.gpus) out += fmt::format(" gpus {}x{} {}", host.gpus->count, host.gpus->product, host.gpus->memory);
  if (host.jump_given && host.jump.empty()) out += " without jumps";
  for (const auto& jump : host.jump) out += " via [" + host_line(jump) + "]";
  return out;
}

std::string step_line(const playbook::Use& use) {
  std::string out = fmt::format("step {}", use.name);
  if (use.name != use.kind) out += " of " + use.kind;
  if (use.settle) out += fmt::format(" settle {}ms", use.settle->count());
  for (const auto& [host, step] : use.on) out += fmt::format(" {}:{}", host, step.title());
  return out;
}

std::string described(const playbook::Playbook& playbook) {
  std::string out;
  for (const auto& host : playbook.hosts) out += "host " + host_line(host) + "\n";
  for (const auto& host : playbook.others) out += "other " + host_line(host) + "\n";
  for (const auto& use : playbook.steps) out += step_line(use) + "\n";
  return out;
}

/// The list of kinds grows; a case is not about that.
std::string without_kinds(std::string text) {
  std::vector<std::string> names;
  for (const auto& info : steps::kinds()) names.emplace_back(info.kind);
  return util::replace_all(std::move(text), util::join(names, ", "), "KINDS");
}

playbook::Input input_of(const PlaybookCase& one) {
  playbook::Input input;
  for (const auto& [name, text] : one.texts) {
    if (name == "playbook") input.playbook = {"p.yaml", text};
    if (name == "overlay") input.overlays.push_back({"over.yaml", text});
    if (name == "vars") input.vars.push_back({"vars.yaml", text});
  }
  for (const auto& setting : one.set) {
    const auto equals = setting.find('=');
    input.settings.emplace_back(setting.substr(0, equals), setting.substr(equals + 1));
  }
  return input;
}

}  // namespace

std::string PlaybookCase::text(const std::string& name) const {
  for (const auto& [key, value] : texts)
    if (key == name) return value;
  return {};
}

void PlaybookCase::replace(const std::string& name, std::string text) {
  for (auto& [key, value] : texts)
    if (key == name) {
      value = std::move(text);
      return;
    }
  texts.emplace_back(name, std::move(text));
}

std::vector<PlaybookCase> read_cases(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  const std::string content{std::istreambuf_iterator<char>(in), {}};
  const core::Node root = yaml::parse(content, file.filename().string());
  std::vector<PlaybookCase> cases;
  for (const auto& item : std::get<core::Node::List>(root.value)) {
    PlaybookCase one;
    for (const auto& entry : std::get<core::Node::Mapping>(item.value)) {
      if (const auto* list = std::get_if<core::Node::List>(&entry.value.value))
        for (const auto& setting : *list) one.set.push_back(std::get<std::string>(setting.value));
      else
        one.texts.emplace_back(entry.key, std::get<std::string>(entry.value.value));
    }
    cases.push_back(std::move(one));
  }
  return cases;
}

void write_cases(const std::filesystem::path& file, const std::vector<PlaybookCase>& cases) {
  std::ofstream out(file, std::ios::binary);
  for (const auto& one : cases) {
    std::string lead = "- ";
    for (const auto& [name, text] : one.texts) {
      out << lead << name << ":" << (name == "what" ? " " + text + "\n" : block(text));
      lead = "  ";
      if (name != "what" || one.set.empty()) continue;
      out << "  set:\n";
      for (const auto& setting : one.set) out << "    - '" << util::replace_all(setting, "'", "''") << "'\n";
    }
    out << "\n";
  }
}

std::string outcome(const PlaybookCase& one) {
  NoSource source;
  try {
    return described(playbook::parse(input_of(one), source));
  } catch (const core::Error& error) {
    const std::string usage = error.kind() == core::ErrorKind::usage ? "usage: " : "";
    return without_kinds(usage + error_text(error) + "\n");
  }
}

}  // namespace gpuctl::test

TEST_CASE("playbooks and what they come to") {
  const bool accept = std::getenv("GPUCTL_ACCEPT") != nullptr;
  const std::filesystem::path folder = GPUCTL_TESTS "/cases/playbook";
  int files = 0;
  for (const auto& item : std::filesystem::directory_iterator(folder)) {
    ++files;
    auto cases = test::read_cases(item.path());
    for (auto& one : cases) {
      CAPTURE(item.path().filename().string());
      CAPTURE(one.text("what"));
      const std::string outcome = test::outcome(one);
      if (accept)
        one.replace("outcome", outcome);
      else
        CHECK(outcome == one.text("outcome"));
    }
    if (accept) test::write_cases(item.path(), cases);
  }
  CHECK(files > 3);
}
