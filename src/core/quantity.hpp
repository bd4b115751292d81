#pragma once

#include <optional>
#include <string>

namespace gpuctl::core {

/// A quantity of Kubernetes (`500m`, `0.5`, `12Gi`, `1e3`) as a number; nothing when it is none.
std::optional<double> quantity(const std::string& text);

/// Whether both are quantities of one value: the server writes `0.5` as `500m`.
bool same_quantity(const std::string& a, const std::string& b);

/// Whether a field of an object holds a quantity: what stands below limits, requests, capacity, hard …
bool is_quantity_field(const std::string& pointer);

}  // namespace gpuctl::core
