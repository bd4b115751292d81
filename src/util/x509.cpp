#include "util/x509.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <ctime>
#include <memory>

namespace gpuctl::util {

namespace {

struct Free {
  void operator()(BIO* bio) const { BIO_free(bio); }
  void operator()(X509* certificate) const { X509_free(certificate); }
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
using BioHandle = std::unique_ptr<BIO, Free>;
using X509Handle = std::unique_ptr<X509, Free>;
using KeyHandle = std::unique_ptr<EVP_PKEY, Free>;

BioHandle over(std::string_view text) {
  return BioHandle(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

/// Nobody is asked for a passphrase.
int no_passphrase(char*, int, int, void*) {
  return 0;
}

X509Handle next(BIO* bio) {
  return X509Handle(PEM_read_bio_X509(bio, nullptr, no_passphrase, nullptr));
}

std::int64_t seconds(const ASN1_TIME* time) {
  std::tm parts{};
  return ASN1_TIME_to_tm(time, &parts) == 1 ? static_cast<std::int64_t>(timegm(&parts)) : 0;
}

std::string subject(X509* certificate) {
  const BioHandle bio(BIO_new(BIO_s_mem()));
  X509_NAME_print_ex(bio.get(), X509_get_subject_name(certificate), 0, XN_FLAG_ONELINE & ~ASN1_STRFLGS_ESC_MSB);
  char* text = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

}  // namespace

std::vector<Certificate> certificates(std::string_view pem) {
  std::vector<Certificate> out;
  const BioHandle bio = over(pem);
  while (const X509Handle certificate = next(bio.get()))
    out.push_back({subject(certificate.get()), seconds(X509_get0_notBefore(certificate.get())),
                   seconds(X509_get0_notAfter(certificate.get()))});
  const auto error = ERR_peek_last_error();
  if (ERR_GET_REASON(error) != PEM_R_NO_START_LINE) out.clear();
  ERR_clear_error();
  return out;
}

bool key_fits(std::string_view certificate, std::string_view key) {
  const X509Handle first = next(over(certificate).get());
  const BioHandle bio = over(key);
  const KeyHandle loaded(PEM_read_bio_PrivateKey(bio.get(), nullptr, no_passphrase, nullptr));
  const bool fits = first && loaded && X509_check_private_key(first.get(), loaded.get()) == 1;
  ERR_clear_error();
  return fits;
}

}  // namespace gpuctl::util
