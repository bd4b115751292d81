#pragma once

#include "steps/draft.hpp"

namespace gpuctl::steps {

// What a whole kind stands or falls with. Each adds a statement only when it does not hold, and says whether it did.

/// The host is run by systemd. Needs Platform.
bool has_systemd(Draft& draft);
/// The host has apt and dpkg. Needs Platform.
bool has_apt(Draft& draft);

}  // namespace gpuctl::steps
