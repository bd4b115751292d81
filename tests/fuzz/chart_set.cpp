#include <cstdint>
#include <cstdlib>
#include <string>

#include "chart/json_out.hpp"
#include "chart/values/set.hpp"
#include "core/error.hpp"

// A line of a --set flag; the first byte says which. A map or an Error with words, the same each time.

namespace {

using namespace gpuctl;

std::string outcome(std::string_view line, chart::SetAs as) {
  const auto into = std::make_shared<chart::Map>();
  try {
    chart::set_into(line, into, as, [](const std::string& text) { return chart::Value(text); });
    return chart::to_json(chart::Value(into));
  } catch (const core::Error& error) {
    if (error.message().empty()) std::abort();
    return error.message();
  } catch (const std::exception& error) {
    return error.what();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto as = static_cast<chart::SetAs>(data[0] % 5);
  const std::string_view line(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (outcome(line, as) != outcome(line, as)) std::abort();
  return 0;
}
