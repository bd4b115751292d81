#pragma once

#include <chrono>
#include <stdexcept>
#include <string>
#include <vector>

namespace gpuctl::util {

struct IssueError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

enum class KeyKind { rsa2048, rsa4096, dsa, ecdsa, ed25519 };

/// A new private key as PEM, in the form that Go writes for its kind. Throws IssueError.
std::string new_private_key(KeyKind kind);

/// Throws IssueError with what is wrong where a PEM text holds no private key that can be read.
void check_private_key(const std::string& pem);
/// The same for a certificate.
void check_certificate(const std::string& pem);

/// What a certificate says.
struct CertificateRequest {
  std::string common_name;
  std::vector<std::string> addresses;  ///< as texts
  std::vector<std::string> names;
  std::chrono::system_clock::time_point from;
  std::chrono::hours lasts{0};
  bool authority = false;
};

struct Issuer {
  std::string certificate;  ///< PEM; empty: the certificate signs itself
  std::string key;          ///< PEM
};

/// Whether it is an IP address that a certificate can name.
bool is_address(const std::string& text);

/// A certificate for the PEM private key, as PEM. Throws IssueError.
std::string issue(const CertificateRequest&, const std::string& key, const Issuer&);
/// The private key once more, in the form that Go writes for its kind.
std::string rewritten_key(const std::string& pem);

}  // namespace gpuctl::util
