#include "core/secret.hpp"

#include <doctest/doctest.h>

using gpuctl::core::Redactor;
using gpuctl::core::Secret;

TEST_CASE("a secret is redacted wherever the chunks are cut") {
  const std::string text = "say hunter2 twice: hunter2hunter2, hunter";
  const std::string expected = "say [redacted] twice: [redacted][redacted], hunter";
  for (std::size_t cut = 0; cut <= text.size(); ++cut) {
    Redactor redactor;
    redactor.add(Secret("hunter2"));
    std::string shown = redactor.feed(text.substr(0, cut));
    shown += redactor.feed(text.substr(cut));
    shown += redactor.finish();
    CHECK(shown == expected);
  }
}
