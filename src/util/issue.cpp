#include "util/issue.hpp"

#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <memory>

namespace gpuctl::util {

namespace {

template <auto free>
struct With {
  template <class T>
  void operator()(T* held) const {
    free(held);
  }
};
using Key = std::unique_ptr<EVP_PKEY, With<EVP_PKEY_free>>;
using Bio = std::unique_ptr<BIO, With<BIO_free_all>>;
using IssuedCertificate = std::unique_ptr<X509, With<X509_free>>;

void require(bool well, const char* what) {
  if (!well) throw IssueError(what);
}

Bio reading(const std::string& text) {
  Bio bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
  require(bio != nullptr, "no memory");
  return bio;
}

template <class Write>
std::string written(Write write) {
  const Bio bio(BIO_new(BIO_s_mem()));
  require(bio && write(bio.get()) == 1, "the result could not be written");
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

Key read_key(const std::string& pem) {
  const Bio bio = reading(pem);
  Key key(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
  ERR_clear_error();
  require(key != nullptr, "no PEM data in input");
  return key;
}

/// RSA and EC keys have PEM forms of their own, which Go writes; others have PKCS #8.
std::string key_text(EVP_PKEY* key) {
  const int kind = EVP_PKEY_base_id(key);
  return written([&](BIO* bio) {
    if (kind == EVP_PKEY_RSA || kind == EVP_PKEY_EC || kind == EVP_PKEY_DSA)
      return PEM_write_bio_PrivateKey_traditional(bio, key, nullptr, nullptr, 0, nullptr, nullptr);
    return PEM_write_bio_PKCS8PrivateKey(bio, key, nullptr, nullptr, 0, nullptr, nullptr);
  });
}

Key new_dsa_key() {
  const std::unique_ptr<EVP_PKEY_CTX, With<EVP_PKEY_CTX_free>> making(EVP_PKEY_CTX_new_id(EVP_PKEY_DSA, nullptr));
  EVP_PKEY* parameters = nullptr;
  require(making && EVP_PKEY_paramgen_init(making.get()) == 1 &&
              EVP_PKEY_CTX_set_dsa_paramgen_bits(making.get(), 2048) == 1 &&
              EVP_PKEY_CTX_set_dsa_paramgen_q_bits(making.get(), 256) == 1 &&
              EVP_PKEY_paramgen(making.get(), &parameters) == 1,
          "no DSA parameters could be made");
  const Key held(parameters);
  const std::unique_ptr<EVP_PKEY_CTX, With<EVP_PKEY_CTX_free>> from(EVP_PKEY_CTX_new(parameters, nullptr));
  EVP_PKEY* key = nullptr;
  require(from && EVP_PKEY_keygen_init(from.get()) == 1 && EVP_PKEY_keygen(from.get(), &key) == 1,
          "no DSA key could be made");
  return Key(key);
}

Key new_key(KeyKind kind) {
  EVP_PKEY* key = nullptr;
  switch (kind) {
    case KeyKind::rsa2048:
      key = EVP_RSA_gen(2048);
      break;
    case KeyKind::rsa4096:
      key = EVP_RSA_gen(4096);
      break;
    case KeyKind::ecdsa:
      key = EVP_EC_gen("P-256");
      break;
    case KeyKind::ed25519:
      key = EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
      break;
    case KeyKind::dsa:
      return new_dsa_key();
  }
  require(key != nullptr, "no key could be made");
  return Key(key);
}

void set_serial(X509* certificate) {
  unsigned char bytes[16];
  require(RAND_bytes(bytes, sizeof bytes) == 1, "no random bytes");
  const std::unique_ptr<BIGNUM, With<BN_free>> number(BN_bin2bn(bytes, sizeof bytes, nullptr));
  require(number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)), "no serial number");
}

void add_extension(X509* certificate, X509* issuer, int kind, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const std::unique_ptr<X509_EXTENSION, With<X509_EXTENSION_free>> extension(
      X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str()));
  require(extension && X509_add_ext(certificate, extension.get(), -1) == 1, "an extension could not be set");
}

/// Names are set as they are, not read from a text in which a comma would part them.
void add_names(X509* certificate, const CertificateRequest& request) {
  const std::unique_ptr<GENERAL_NAMES, With<GENERAL_NAMES_free>> names(GENERAL_NAMES_new());
  const auto add = [&](int kind, ASN1_STRING* value) {
    GENERAL_NAME* name = GENERAL_NAME_new();
    require(name && value, "no memory");
    GENERAL_NAME_set0_value(name, kind, value);
    sk_GENERAL_NAME_push(names.get(), name);
  };
  for (const std::string& text : request.names) {
    ASN1_STRING* value = ASN1_IA5STRING_new();
    ASN1_STRING_set(value, text.data(), static_cast<int>(text.size()));
    add(GEN_DNS, value);
  }
  for (const std::string& text : request.addresses) add(GEN_IPADD, a2i_IPADDRESS(text.c_str()));
  if (sk_GENERAL_NAME_num(names.get()) > 0)
    require(X509_add1_ext_i2d(certificate, NID_subject_alt_name, names.get(), 0, X509V3_ADD_DEFAULT) == 1, "names");
}

void set_times(X509* certificate, const CertificateRequest& request) {
  const auto from = std::chrono::system_clock::to_time_t(request.from);
  const auto to = from + std::chrono::duration_cast<std::chrono::seconds>(request.lasts).count();
  require(ASN1_TIME_set(X509_getm_notBefore(certificate), from) && ASN1_TIME_set(X509_getm_notAfter(certificate), to),
          "error creating certificate: a time is out of range");
}

}  // namespace

std::string new_private_key(KeyKind kind) {
  return key_text(new_key(kind).get());
}

void check_private_key(const std::string& pem) {
  read_key(pem);
}

std::string rewritten_key(const std::string& pem) {
  return key_text(read_key(pem).get());
}

namespace {

IssuedCertificate read_certificate(const std::string& pem) {
  const Bio bio = reading(pem);
  IssuedCertificate certificate(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
  ERR_clear_error();
  require(certificate != nullptr, "unable to decode certificate");
  return certificate;
}

}  // namespace

void check_certificate(const std::string& pem) {
  read_certificate(pem);
}

bool is_address(const std::string& text) {
  const std::unique_ptr<ASN1_OCTET_STRING, With<ASN1_OCTET_STRING_free>> read(a2i_IPADDRESS(text.c_str()));
  ERR_clear_error();
  return read != nullptr;
}

std::string issue(const CertificateRequest& request, const std::string& key, const Issuer& issuer) {
  const Key subject_key = read_key(key);
  const Key signer_key = read_key(issuer.key.empty() ? key : issuer.key);
  const IssuedCertificate made(X509_new());
  require(made && X509_set_version(made.get(), X509_VERSION_3) == 1, "no certificate could be made");
  const IssuedCertificate parent = issuer.certificate.empty() ? nullptr : read_certificate(issuer.certificate);
  set_serial(made.get());
  set_times(made.get(), request);
  X509_NAME* subject = X509_get_subject_name(made.get());
  if (!request.common_name.empty())
    require(X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8,
                                       reinterpret_cast<const unsigned char*>(request.common_name.data()),
                                       static_cast<int>(request.common_name.size()), -1, 0) == 1,
            "the common name could not be set");
  X509* signer = parent ? parent.get() : made.get();
  require(X509_set_issuer_name(made.get(), X509_get_subject_name(signer)) == 1 &&
              X509_set_pubkey(made.get(), subject_key.get()) == 1,
          "no certificate could be made");
  const char* usage = request.authority ? "critical,digitalSignature,keyEncipherment,keyCertSign"
                                        : "critical,digitalSignature,keyEncipherment";
  add_extension(made.get(), signer, NID_key_usage, usage);
  add_extension(made.get(), signer, NID_ext_key_usage, "serverAuth,clientAuth");
  add_extension(made.get(), signer, NID_basic_constraints,
                request.authority ? "critical,CA:TRUE" : "critical,CA:FALSE");
  if (request.authority) add_extension(made.get(), signer, NID_subject_key_identifier, "hash");
  if (parent && X509_get0_subject_key_id(parent.get()))
    add_extension(made.get(), signer, NID_authority_key_identifier, "keyid");
  add_names(made.get(), request);
  const bool digests = EVP_PKEY_base_id(signer_key.get()) != EVP_PKEY_ED25519;
  require(X509_sign(made.get(), signer_key.get(), digests ? EVP_sha256() : nullptr) > 0,
          "the certificate could not be signed");
  return written([&](BIO* bio) { return PEM_write_bio_X509(bio, made.get()); });
}

}  // namespace gpuctl::util
