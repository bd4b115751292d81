#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

namespace gpuctl::chart {

/// What is wrong with a template, in the words of Go's text/template.
class TemplateError : public std::runtime_error {
 public:
  /// That of parsing, or of a template that is not there.
  explicit TemplateError(const std::string& message) : std::runtime_error(message) {}
  /// That of executing. `cause` is the error that it wraps, if any; shared, since an include may fail a thousand deep.
  TemplateError(const std::string& message, std::shared_ptr<const TemplateError> cause)
      : std::runtime_error(message), executing_(true), cause_(std::move(cause)) {}

  bool executing() const { return executing_; }
  const TemplateError* cause() const { return cause_.get(); }

 private:
  bool executing_ = false;
  std::shared_ptr<const TemplateError> cause_;
};

}  // namespace gpuctl::chart
