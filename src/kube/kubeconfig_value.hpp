#pragma once

#include <string>

#include "core/node.hpp"
#include "kube/kubeconfig.hpp"

namespace gpuctl::kube {

/// One mapping of a kubeconfig: `cluster "x"`, with the folder that its paths are relative to.
class Section {
 public:
  /// Both outlive this.
  Section(const core::Node& node, const std::string& file, std::string what);

  /// Empty when absent. Throws Error{invalid} for what is no text.
  std::string text(const char* key) const;
  bool flag(const char* key) const;
  const core::Node* node(const char* key) const { return node_.find(key); }
  /// The place of a key's value, or of the mapping.
  core::Where where(const char* key) const;
  [[noreturn]] void fail(const char* key, const std::string& message, std::string hint = {}) const;

  /// What KEY-data holds in base64, or the file that KEY names; empty when neither stands there.
  std::string bytes(const std::string& key, const Outside&) const;
  std::string file(const char* key, const Outside&) const;
  /// A path as it is meant: relative to the kubeconfig.
  std::string path(const std::string& text) const;
  const std::string& what() const { return what_; }
  const std::string& name() const { return file_; }

 private:
  const core::Node& node_;
  const std::string& file_;
  std::string what_;
};

}  // namespace gpuctl::kube
