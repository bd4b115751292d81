#include <cstdint>
#include <cstdlib>
#include <string>

#include "chart/function.hpp"
#include "chart/json_in.hpp"
#include "chart/json_out.hpp"
#include "chart/yaml_in.hpp"
#include "chart/yaml_out.hpp"

// A text of YAML and of JSON. Whatever the bytes are: a value or an error that says something. What was read is
// written, and what was written reads as the same.

namespace {

using namespace gpuctl::chart;

/// NEL, LS and PS are line breaks to YAML: Go's writer loses them in a single-quoted text, and so does ours.
bool breaks_lines(const std::string& json) {
  for (const char* mark : {"\xC2\x85", "\\u2028", "\\u2029"})
    if (json.find(mark) != std::string::npos) return true;
  return false;
}

void over_yaml(const Value& value) {
  try {
    const std::string json = to_json(value);
    const std::string yaml = to_yaml(value);
    if (!breaks_lines(json) && to_json(from_yaml(yaml)) != json) std::abort();
    if (to_json(from_json(json)) != json) std::abort();
  } catch (const CallError& error) {
    if (std::string(error.what()).empty()) std::abort();  // characters that JSON has and YAML has not
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  try {
    over_yaml(from_yaml(text));
  } catch (const YamlError& error) {
    if (std::string(error.what()).empty()) std::abort();
  }
  try {
    over_yaml(from_json(text));
  } catch (const JsonError& error) {
    if (std::string(error.what()).empty()) std::abort();
  } catch (const YamlError&) {
    std::abort();
  }
  return 0;
}
