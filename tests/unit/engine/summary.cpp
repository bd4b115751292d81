#include "engine/summary.hpp"

#include <doctest/doctest.h>

using namespace gpuctl;
using namespace gpuctl::core;

namespace {

Facts node(const std::string& table) {
  Facts facts;
  facts.set(Platform{}, Record{{"name", "Ubuntu 22.04.4 LTS"}, {"version", "22.04"}, {"kernel", "5.15.0-91-generic"}});
  facts.set(Command{{"nvidia-smi", "--query-gpu=name,memory.total,driver_version", "--format=csv,noheader,nounits"}},
            Record{{"exit", "0"}, {"stdout", table}, {"stderr", ""}});
  return facts;
}

}  // namespace

TEST_CASE("a host in one line") {
  CHECK(engine::summary_of(node("NVIDIA GeForce RTX 3060, 12288, 535.274.02\n")) ==
        "Ubuntu 22.04.4 LTS · 5.15.0-91-generic · NVIDIA GeForce RTX 3060, 12288 MiB · driver 535.274.02");
  CHECK(engine::summary_of(node("NVIDIA H200, 143771 MiB, 580.1\nNVIDIA H200, 143771 MiB, 580.1\n")) ==
        "Ubuntu 22.04.4 LTS · 5.15.0-91-generic · 2 × NVIDIA H200, 143771 MiB · driver 580.1");
  CHECK(engine::summary_of(node("A, 1, 2\nB, 1, 2\nC, 1, 2\n")) ==
        "Ubuntu 22.04.4 LTS · 5.15.0-91-generic · A, 1 MiB and 2 more · driver 2");
}

TEST_CASE("rubbish from nvidia-smi is no summary") {
  CHECK(engine::summary_of(node("\x1b[31mNVIDIA-SMI has failed\n")) == "Ubuntu 22.04.4 LTS · 5.15.0-91-generic");
  CHECK(engine::summary_of({}).empty());
}
