#pragma once

#include <optional>
#include <string>

#include "core/kube.hpp"
#include "core/secret.hpp"
#include "util/shared_map.hpp"

namespace gpuctl::core {

/// Keeps the values of the cluster's Secrets out of all that is shown, saved or recorded: a word stands for each, the
/// same for the same value under one salt. Only what is sent has the values. Thread-safe.
class Seal {
 public:
  /// With a salt of its own.
  Seal();
  /// With that of a saved plan, whose words it gives again.
  explicit Seal(std::string salt);

  const std::string& salt() const { return salt_; }
  static bool is_word(const std::string& text);
  /// `sealed:…`. The value is not kept.
  std::string word(const std::string& value) const;
  /// The same, of a value that is to be sent.
  std::string keep(const std::string& value);
  /// The word of another text, and what it stands for all the same: of a value that is never the same twice.
  std::string keep_as(const std::string& text, const std::string& value);
  /// `rolled:…`, a word by the place that such a value has in an object.
  std::string keep_rolled(const std::string& place, const std::string& value);
  static bool is_rolled(const std::string& text);
  /// What a word that was kept stands for.
  std::optional<std::string> value(const std::string& word) const;

 private:
  std::string salt_;
  util::SharedMap<std::string, Secret> kept_;
};

/// Whether the field is a value of a Secret, or kubectl's copy of all of them.
bool is_secret_value(const KubeRef&, const std::string& pointer);

}  // namespace gpuctl::core
