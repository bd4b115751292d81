#include <cstdint>
#include <cstdlib>

#include "chart/package/archive.hpp"
#include "chart/package/load.hpp"
#include "core/error.hpp"

// A packed chart. Whatever the bytes are: a chart or an Error with words, and no more unpacked than Helm would.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gpuctl;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  try {
    const auto files = chart::read_archive(bytes);
    std::size_t total = 0;
    for (const auto& file : files) {
      if (file.name.empty() || file.name.starts_with("..") || file.name.starts_with('/')) std::abort();
      total += file.data.size();
    }
    if (total > chart::most_chart_bytes) std::abort();
    chart::load_files(files, [](const std::string&) {});
  } catch (const core::Error& error) {
    if (error.message().empty()) std::abort();
  }
  return 0;
}
