#pragma once

#include <string>

#include "core/facts.hpp"
#include "core/probe.hpp"
#include "steps/draft.hpp"

namespace gpuctl::steps {

/// One run of `nvidia-ctk runtime configure --runtime=containerd`, and what has to be so before containerd sees its
/// result. Sources: nvidia-ctk's documentation and DOCTOR-RULES D27 (schema newer than the root), D28 (no
/// runtime_type), D30 (imports lost), D62 (the built-in runc taken away).
struct NvidiaCtk {
  std::string config;   ///< containerd's root file
  std::string drop_in;  ///< empty: nvidia-ctk's default
  std::string handler;
  bool set_as_default = false;

  core::HandlersAfterConfigure preview() const { return {config, drop_in, handler, set_as_default}; }
  std::string drop_in_path() const;

  /// The run itself, with what it will have changed.
  Cure run(const core::Facts&) const;

  /// Names the default handler in the root file where nvidia-ctk's result would be without it. Says whether the run may
  /// follow.
  bool plan_before(Draft&) const;

 private:
  core::Record expected(const core::Facts&) const;
  bool plan_root(Draft&) const;
  bool plan_explicit_default(Draft&) const;
  bool plan_preview(Draft&) const;
};

/// The handler that containerd uses where none is asked for.
std::string default_handler(const core::Facts&, const core::Probe& handlers);
/// Whether the record names a handler at all, with or without a program of its own.
bool has_handler(const core::Facts&, const core::Probe& handlers, const std::string& handler);

}  // namespace gpuctl::steps
