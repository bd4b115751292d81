#include <cstdint>
#include <cstdlib>
#include <string>

#include "chart/source/address.hpp"
#include "chart/source/index.hpp"
#include "chart/source/lock.hpp"
#include "chart/source/reference.hpp"
#include "chart/source/repositories.hpp"
#include "core/error.hpp"

// An index, and the other texts that say where charts are. Whatever the bytes are: an answer or an Error with words;
// what is read has an order, and what is written reads as the same.

namespace {

using namespace gpuctl;

template <class Work>
void tried(const Work& work) {
  try {
    work();
  } catch (const core::Error& error) {
    if (error.message().empty()) std::abort();
  }
}

void index(const std::string& text) {
  const auto read = chart::read_index(text, "a", "here", [](const std::string& warning) {
    if (warning.empty()) std::abort();
  });
  if (!read.known && !read.versions.empty()) std::abort();
  for (const auto& entry : read.versions)
    if (entry.version.empty()) std::abort();
}

void lock(const std::string& text) {
  const auto read = chart::read_lock(text);
  const auto again = chart::read_lock(chart::lock_text(read));
  if (again.digest != read.digest || again.generated != read.generated) std::abort();
  chart::lock_digest(read.dependencies, again.dependencies);
}

void address(const std::string& text) {
  const auto read = chart::Address::parse(text);
  if (chart::Address::parse(read.text()).text() != read.text()) std::abort();
  chart::redirected(read, text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  tried([&] { index(text); });
  tried([&] { lock(text); });
  tried([&] { address(text); });
  tried([&] { chart::read_repositories(text); });
  tried([&] { chart::place_of({text, "", ""}); });
  tried([&] { chart::resolved(chart::Address::parse("https://h/x"), text); });
  return 0;
}
