#include "http/fetch.hpp"

#include <fmt/core.h>

#include <cstdlib>

#include "core/error.hpp"
#include "core/visit.hpp"

// usage: fetch URL CA_FILE PROXY NO_PROXY BYTES MILLISECONDS; prints what came of it.

int main(int argc, char** argv) try {
  using namespace gpuctl;
  if (argc != 7) return 2;
  const http::Route route{argv[3], argv[4], argv[2]};
  const http::Limits limits{static_cast<std::size_t>(std::atol(argv[5])),
                            std::chrono::milliseconds(std::atol(argv[6]))};
  const core::Answer answer = http::fetch(argv[1], route, limits);
  std::visit(core::Overload{
                 [](const core::Text& text) { fmt::print("text: {}\n", text.value); },
                 [](const core::Absent&) { fmt::print("absent\n"); },
                 [](const core::Failed& failed) { fmt::print("failed: {}\n", failed.why); },
                 [](const auto&) { fmt::print("something else\n"); },
             },
             answer);
  return 0;
} catch (const gpuctl::core::Error& error) {
  fmt::print("error: {}; {}\n", error.message(), error.hint());
}
