#pragma once

#include <string>

#include "core/facts.hpp"
#include "steps/draft.hpp"

namespace gpuctl::steps {

// What is known of CRI-O's configuration (its crio.conf.d(5), and nvidia-ctk's documentation).

inline constexpr const char* crio_config = "/etc/crio/crio.conf";
inline constexpr const char* crio_folder = "/etc/crio/crio.conf.d";  ///< its drop-ins, whatever they end in

/// Whether the default handler that is named, or none, may be the one that CRI-O has without being told: runc or crun,
/// by its release.
bool is_built_into_crio(const std::string& handler);

/// One run of `nvidia-ctk runtime configure --runtime=crio`, which writes a drop-in and nothing else. CRI-O takes
/// drop-ins handler by handler, so it can lose none of the others.
struct CrioCtk {
  std::string drop_in;  ///< empty: nvidia-ctk's default
  std::string handler;
  bool set_as_default = false;

  std::string drop_in_path() const;
  Cure run(const core::Facts&) const;
};

}  // namespace gpuctl::steps
