#include "chart/engine.hpp"
#include "chart/functions/encoding.hpp"
#include "chart/functions/reflect.hpp"
#include "chart/functions/tables.hpp"
#include "util/issue.hpp"

// Keys and certificates, new at each rendering.

namespace gpuctl::chart {

namespace {

/// What a template sees of a certificate and its key.
class CertificateObject : public Object {
 public:
  CertificateObject(std::string certificate, std::string key)
      : certificate_(std::move(certificate)), key_(std::move(key)) {}

  std::string type() const override { return "sprig.certificate"; }
  std::string kind() const override { return "struct"; }
  std::string text() const override { return "{" + certificate_ + " " + key_ + "}"; }
  std::optional<Value> json() const override {
    return Value(Map{MapType::any, {{"Cert", Value(certificate_)}, {"Key", Value(key_)}}});
  }
  std::optional<Value> field(std::string_view name) const override {
    if (name == "Cert") return Value(certificate_);
    if (name == "Key") return Value(key_);
    return std::nullopt;
  }

  const std::string& certificate() const { return certificate_; }
  const std::string& key() const { return key_; }

 private:
  std::string certificate_, key_;
};

Value pair(std::string certificate, std::string key) {
  return Value(
      std::static_pointer_cast<Object>(std::make_shared<CertificateObject>(std::move(certificate), std::move(key))));
}

Value gen_private_key(Call& call) {
  const std::string& kind = call.text(0);
  if (kind.empty() || kind == "rsa") return Value(util::new_private_key(util::KeyKind::rsa4096));
  if (kind == "dsa") return Value(util::new_private_key(util::KeyKind::dsa));
  if (kind == "ecdsa") return Value(util::new_private_key(util::KeyKind::ecdsa));
  if (kind == "ed25519") return Value(util::new_private_key(util::KeyKind::ed25519));
  return Value("Unknown type " + kind);
}

std::vector<std::string> addresses(const List& list) {
  std::vector<std::string> found;
  for (const Value& item : list.items) {
    if (item.kind() != Kind::string) throw CallError("error parsing ip: " + show(item) + " is not a string");
    if (!util::is_address(item.string())) throw CallError("error parsing ip: " + item.string());
    found.push_back(item.string());
  }
  return found;
}

std::vector<std::string> names(const List& list) {
  std::vector<std::string> found;
  for (const Value& item : list.items) {
    if (item.kind() != Kind::string)
      throw CallError("error processing alternate dns name: " + show(item) + " is not a string");
    found.push_back(item.string());
  }
  return found;
}

util::CertificateRequest request(Call& call, const std::string& name, std::int64_t days) {
  util::CertificateRequest asked;
  asked.common_name = name;
  asked.from = call.engine.now();
  asked.lasts = std::chrono::hours(24 * days);
  return asked;
}

std::string key_or_new(Call& call, std::size_t at) {
  if (at >= call.args.size()) return util::new_private_key(util::KeyKind::rsa2048);
  try {
    return util::rewritten_key(call.text(at));
  } catch (const util::IssueError& error) {
    throw CallError(std::string("parsing private key: ") + error.what());
  }
}

Value issued(const util::CertificateRequest& asked, const std::string& key, const util::Issuer& issuer) {
  try {
    return pair(util::issue(asked, key, issuer), key);
  } catch (const util::IssueError& error) {
    throw CallError(error.what());
  }
}

Value gen_ca(Call& call) {
  auto asked = request(call, call.text(0), call.args[1].integer());
  asked.authority = true;
  return issued(asked, key_or_new(call, 2), {});
}

util::CertificateRequest full_request(Call& call) {
  auto asked = request(call, call.text(0), call.args[3].integer());
  asked.addresses = addresses(call.args[1].list());
  asked.names = names(call.args[2].list());
  return asked;
}

Value gen_self_signed(Call& call) {
  const std::string key = key_or_new(call, 4);
  return issued(full_request(call), key, {});
}

Value gen_signed(Call& call) {
  const std::string key = key_or_new(call, 5);
  const auto& ca = static_cast<const CertificateObject&>(*call.args[4].object());
  return issued(full_request(call), key, {ca.certificate(), ca.key()});
}

std::string decoded(const std::string& text, const char* complaint) {
  try {
    return base64_decoded(text).string();
  } catch (const CallError&) {
    throw CallError(complaint);
  }
}

Value build_custom(Call& call) {
  const std::string certificate = decoded(call.text(0), "unable to decode base64 certificate");
  const std::string key = decoded(call.text(1), "unable to decode base64 private key");
  try {
    util::check_certificate(certificate);
  } catch (const util::IssueError& error) {
    throw CallError(error.what());
  }
  try {
    util::check_private_key(key);
  } catch (const util::IssueError& error) {
    throw CallError(std::string("error parsing private key: ") + error.what());
  }
  return pair(certificate, key);
}

}  // namespace

std::span<const Function> certificate_functions() {
  static const Function functions[] = {
      {"genPrivateKey", {Type::string}, false, gen_private_key, "A new private key: rsa, dsa, ecdsa or ed25519"},
      {"genCA", {Type::string, Type::integer}, false, gen_ca, "A new authority's certificate and key"},
      {"genCAWithKey",
       {Type::string, Type::integer, Type::string},
       false,
       gen_ca,
       "An authority's certificate for a key"},
      {"genSelfSignedCert",
       {Type::string, Type::list, Type::list, Type::integer},
       false,
       gen_self_signed,
       "A certificate that signs itself"},
      {"genSelfSignedCertWithKey",
       {Type::string, Type::list, Type::list, Type::integer, Type::string},
       false,
       gen_self_signed,
       "A certificate that signs itself, for a key"},
      {"genSignedCert",
       {Type::string, Type::list, Type::list, Type::integer, Type::certificate},
       false,
       gen_signed,
       "A certificate signed by an authority"},
      {"genSignedCertWithKey",
       {Type::string, Type::list, Type::list, Type::integer, Type::certificate, Type::string},
       false,
       gen_signed,
       "A certificate signed by an authority, for a key"},
      {"buildCustomCert", {Type::string, Type::string}, false, build_custom, "Certificate and key from base64"},
  };
  return functions;
}

}  // namespace gpuctl::chart
