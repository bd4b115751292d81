#include "chart/package/read_yaml.hpp"

#include "chart/yaml_in.hpp"
#include "core/error.hpp"

namespace gpuctl::chart {

Value read_yaml(std::string_view text) {
  try {
    return from_yaml_whole(text);
  } catch (const YamlError& error) {
    throw core::Error(core::ErrorKind::invalid, error.what());
  }
}

}  // namespace gpuctl::chart
