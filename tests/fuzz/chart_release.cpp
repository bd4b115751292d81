#include <cstdint>
#include <cstdlib>

#include "chart/json_out.hpp"
#include "chart/release/codec.hpp"
#include "core/error.hpp"
#include "util/base64.hpp"
#include "util/gzip.hpp"

// A stored release: as it is, as gzip, and as the JSON in it. Whatever the bytes are: a release or an Error that names
// the Secret; what was read is written and read again as the same.

namespace {

using namespace gpuctl;
using namespace gpuctl::chart;

void read(std::string text) {
  core::SecretObject secret;
  secret.name = "sh.helm.release.v1.x.v1";
  secret.data["release"] = std::move(text);
  try {
    const auto first = release::decode(secret);
    const auto again = release::decode(release::encode(first, 0, release::Write::create));
    if (to_json(release::json_value(first)) != to_json(release::json_value(again))) std::abort();
  } catch (const core::Error& error) {
    if (error.message().find(secret.name) == std::string::npos) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  read(bytes);
  read(util::base64_encode(bytes));
  read(util::base64_encode(util::gzip(bytes)));
  return 0;
}
