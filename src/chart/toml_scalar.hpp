#pragma once

#include <string>
#include <string_view>

#include "chart/toml_source.hpp"
#include "chart/value.hpp"

namespace gpuctl::chart {

/// Reads the values of a TOML text that hold no others. What is wrong is thrown as TomlRefusal.
class TomlScalars {
 public:
  /// The source must outlive this.
  explicit TomlScalars(TomlSource& from) : from_(from) {}

  Value value();
  // What stands behind a quote, which has been read, up to the next one.
  std::string line();
  std::string raw_line();

 private:
  Value text_or_lines(char32_t quote);
  std::string lines(char32_t quote);
  void escape();
  void digits(int count, std::string_view said, char letter);
  Value word();
  Value number_or_date(bool zero);
  Value zero();
  Value signed_number();
  Value based(char32_t letter);
  Value whole();
  Value fraction();
  Value date();

  TomlSource& from_;
};

}  // namespace gpuctl::chart
