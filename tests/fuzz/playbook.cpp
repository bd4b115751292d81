#include "playbook/playbook.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>

#include "core/error.hpp"

// A playbook, and behind a line `%%%` an overlay, and behind another one a file of variables. Whatever the bytes are:
// a playbook or an Error with a place, the same each time.

namespace {

using namespace gpuctl;

struct NoSource : core::Source {
  std::string read(const std::string& path) override {
    throw core::Error(core::ErrorKind::invalid, "no such file", core::Where{path, 0, 0});
  }
  std::vector<std::string> list(const std::string& path) override { return {read(path)}; }
  std::vector<core::Node> documents(const std::string& path) override {
    read(path);
    return {};
  }
  std::string sealed(const std::string& value) override { return value; }
};

std::string cut(std::string& rest) {
  const std::string mark = "\n%%%\n";
  const auto at = rest.find(mark);
  std::string first = rest.substr(0, at == std::string::npos ? at : at + 1);
  rest = at == std::string::npos ? "" : rest.substr(at + mark.size());
  return first;
}

std::string outcome(const playbook::Input& input) {
  NoSource source;
  try {
    return playbook::parse(input, source).sha256;
  } catch (const core::Error& error) {
    if (error.where().file.empty() || error.message().empty()) std::abort();
    return error.where().text() + error.message();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string rest(reinterpret_cast<const char*>(data), size);
  playbook::Input input;
  input.playbook = {"p.yaml", cut(rest)};
  if (!rest.empty()) input.overlays.push_back({"over.yaml", cut(rest)});
  if (!rest.empty()) input.vars.push_back({"vars.yaml", rest});
  const std::string first = outcome(input);
  if (outcome(input) != first) std::abort();
  return 0;
}
