#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "core/seal.hpp"
#include "playbook/playbook.hpp"
#include "support/error_text.hpp"

using namespace gpuctl;

namespace {

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// What the playbooks name lies beside them.
struct Beside : core::Source {
  std::filesystem::path folder = GPUCTL_TESTS "/../playbooks";
  std::string read(const std::string& path) override { return bytes_of(folder / path); }
  std::vector<std::string> list(const std::string& path) override {
    if (!std::filesystem::is_directory(folder / path)) return {path};
    std::vector<std::string> out;
    for (const auto& item : std::filesystem::directory_iterator(folder / path))
      out.push_back(path + "/" + item.path().filename().string());
    std::ranges::sort(out);
    return out;
  }
  std::vector<core::Node> documents(const std::string& path) override {
    return playbook::documents({path, read(path)});
  }
  std::string sealed(const std::string& value) override { return value; }
  /// What lies in a repository is not fetched here.
  std::vector<core::ChartFile> chart(const core::ChartRef& ref) override {
    return {{"Chart.yaml", "{apiVersion: v2, name: " + ref.chart + ", version: " + ref.version + "}"}};
  }
  std::shared_ptr<core::Workshop> workshop() override { return std::make_shared<Workshop>(); }

  struct Workshop : core::Workshop {
    core::Seal words;
    std::chrono::system_clock::time_point now() override { return {}; }
    void random(std::span<unsigned char>) override {}
    std::optional<std::string> zone(const std::string&) override { return std::nullopt; }
    core::Seal& seal() override { return words; }
  };
};

}  // namespace

TEST_CASE("every playbook that is shipped can be loaded") {
  Beside source;
  int count = 0;
  for (const auto& item : std::filesystem::directory_iterator(source.folder)) {
    if (item.path().extension() != ".yaml") continue;
    ++count;
    playbook::Input input;
    input.playbook = {item.path().filename().string(), bytes_of(item.path())};
    std::string error;
    try {
      CHECK_FALSE(playbook::parse(input, source).hosts.empty());
    } catch (const core::Error& e) {
      error = test::error_text(e);
    }
    CHECK(error == "");
  }
  CHECK(count > 0);
}
