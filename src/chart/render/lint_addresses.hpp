#pragma once

#include <string>

namespace gpuctl::chart {

/// Whether `helm lint` takes the text for a maintainer's mail address.
bool is_mail_address(const std::string& text);
/// Whether it takes the text for a maintainer's web address: the scheme may be missing, `example.com/people`.
bool is_web_address(const std::string& text);

}  // namespace gpuctl::chart
