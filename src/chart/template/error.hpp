#pragma once

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace gpuctl::chart {

/// What is wrong with a template, in the words of Go's text/template.
class TemplateError : public std::runtime_error {
 public:
  /// That of parsing, or of a template that is not there.
  explicit TemplateError(const std::string& message) : std::runtime_error(message) {}
  /// That of executing. `causes` are the messages of the errors that it wraps, the nearest first.
  TemplateError(const std::string& message, std::vector<std::string> causes)
      : std::runtime_error(message), executing_(true), causes_(std::move(causes)) {}

  bool executing() const { return executing_; }
  const std::vector<std::string>& causes() const { return causes_; }

 private:
  bool executing_ = false;
  std::vector<std::string> causes_;
};

}  // namespace gpuctl::chart
