#pragma once

#include "chart/release/release.hpp"
#include "core/helm_book.hpp"

namespace gpuctl::chart::release {

/// Reads and writes Helm's Secrets.
class Book : public core::HelmBook {
 public:
  core::Record read(const std::vector<core::SecretObject>&, core::Seal&) const override;
  core::SecretObject revision(const std::string& content, const core::HelmNews&) const override;
  core::SecretObject noted(const core::SecretObject&, const core::HelmNews&) const override;
  core::SecretObject copied(const core::SecretObject&, int revision, const core::HelmNews&) const override;
};

/// Tells two charts apart: a digest of what renders and of the values that it brings, whenever its files were written.
std::string chart_digest(const StoredChart&);

/// The user's values as JSON, the same for none at all and for no entries.
std::string config_text(const Value& config);

}  // namespace gpuctl::chart::release
