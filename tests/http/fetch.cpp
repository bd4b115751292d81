#include "http/fetch.hpp"

#include <fmt/core.h>

#include <cstdlib>

#include "core/error.hpp"
#include "core/visit.hpp"

// usage: fetch URL CA_FILE PROXY NO_PROXY BYTES MILLISECONDS [TIMES]; prints what came of it.

using namespace gpuctl;

namespace {

void tell(char** argv) try {
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
} catch (const gpuctl::core::Error& error) {
  fmt::print("error: {}; {}\n", error.message(), error.hint());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 7 && argc != 8) return 2;
  for (int left = argc == 8 ? std::atoi(argv[7]) : 1; left > 0; --left) tell(argv);
  return 0;
}
