#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gpuctl::util {

/// What is read of an X.509 certificate. Times are seconds since the epoch.
struct Certificate {
  std::string subject;  ///< `O = system:masters, CN = admin`
  std::int64_t not_before = 0;
  std::int64_t not_after = 0;
};

/// The certificates of a PEM text, in order; what else stands there does not count. None: it holds no certificate, or a
/// broken one.
std::vector<Certificate> certificates(std::string_view pem);

/// Whether the PEM private key belongs to the first certificate of the PEM text.
bool key_fits(std::string_view certificate, std::string_view key);

}  // namespace gpuctl::util
