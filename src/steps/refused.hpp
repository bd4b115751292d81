#pragma once

#include <string>

namespace gpuctl::steps {

/// Who refuses an object, and the words.
std::string refused_because(const std::string& why);

/// What a person can do about an object that is refused; it stands at `where`, and `force` takes fields from others.
std::string refused_advice(const std::string& why, const std::string& where, const std::string& force);

}  // namespace gpuctl::steps
