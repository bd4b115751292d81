#include "steps/crio.hpp"

#include "core/predict.hpp"
#include "steps/toolkit.hpp"

namespace gpuctl::steps {

using core::Facts;
using core::Handlers;

bool is_built_into_crio(const std::string& handler) {
  return handler.empty() || handler == "runc" || handler == "crun";
}

std::string CrioCtk::drop_in_path() const {
  return drop_in.empty() ? std::string(crio_folder) + "/99-nvidia.toml" : drop_in;
}

Cure CrioCtk::run(const Facts& facts) const {
  std::vector<std::string> argv{nvidia_ctk,
                                "--quiet",
                                "runtime",
                                "configure",
                                "--runtime=crio",
                                std::string("--config=") + crio_config,
                                "--drop-in-config=" + drop_in_path(),
                                "--nvidia-runtime-name=" + handler,
                                std::string("--nvidia-runtime-path=") + nvidia_runtime};
  if (set_as_default) argv.emplace_back("--set-as-default");
  core::Run action{std::move(argv), "nvidia-ctk runtime configure, handler " + handler + " into " + drop_in_path()};
  Cure cure;
  cure.remedy = core::mend(std::move(action), facts, [&](Facts& after) {
    const Handlers handlers{crio_config};
    const auto before = after.find(handlers) ? *after.find(handlers) : core::Answer{core::Unknown{}};
    core::predict_file(after, drop_in_path(), std::nullopt);
    if (!after.asked(handlers)) return;
    after.set(handlers, before);
    core::Record changed{{"handler." + handler, std::string(nvidia_runtime)},
                         {"type." + handler, std::string("oci")},
                         {"explicit." + handler, std::string("yes")},
                         {"files", core::Unknown{}}};
    if (set_as_default) changed["default"] = handler;
    core::set_fields(after, handlers, changed);
  });
  return cure;
}

}  // namespace gpuctl::steps
