#include "steps/nvidia_ctk.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "core/predict.hpp"
#include "steps/look.hpp"
#include "steps/toolkit.hpp"
#include "util/strings.hpp"

namespace gpuctl::steps {

using core::Facts;
using core::FileText;
using core::Handlers;

namespace {

constexpr const char* default_drop_in = "/etc/containerd/conf.d/99-nvidia.toml";

/// The CRI plugin's name by the root file's version.
std::string cri_table(const std::string& version) {
  return version == "3" ? "io.containerd.cri.v1.runtime" : "io.containerd.grpc.v1.cri";
}

std::string explicit_stanza(const std::string& version, const std::string& handler) {
  return fmt::format(
      "\n# containerd before 2.1 lets a drop-in replace this whole section: name what was built in.\n"
      "[plugins.\"{}\".containerd.runtimes.{}]\n  runtime_type = \"io.containerd.runc.v2\"\n",
      cri_table(version), handler);
}

/// A line such as `disabled_plugins = ["cri"]` that is not commented out.
bool disables_cri(const std::string& text) {
  return std::ranges::any_of(util::lines(text), [](const std::string& line) {
    const auto words = util::trim(line);
    return words.starts_with("disabled_plugins") && words.find("\"cri\"") != std::string_view::npos;
  });
}

/// What is wrong with the configuration that nvidia-ctk would leave behind; empty: nothing.
std::string objection(const NvidiaCtk& ctk, const Facts& facts) {
  const auto preview = ctk.preview();
  const Handlers now{ctk.config};
  if (const auto newer = text_of(facts, preview, "newer"); !newer.empty())
    return fmt::format("its version would be above that of {}, and containerd would not start: {}", ctk.config, newer);
  if (!has_handler(facts, preview, ctk.handler)) return "handler " + ctk.handler + " would still be missing";
  if (text_of(facts, preview, "type." + ctk.handler).empty())
    return fmt::format("handler {} would have no runtime_type, and containerd could not use it", ctk.handler);
  const auto imports = util::lines(text_of(facts, preview, "imports"));
  for (const auto& glob : util::lines(text_of(facts, now, "imports")))
    if (std::ranges::find(imports, glob) == imports.end()) return "the import of " + glob + " would be lost";
  const auto standard = default_handler(facts, preview);
  if (!has_handler(facts, preview, standard)) return "the default handler " + standard + " would be gone";
  return {};
}

}  // namespace

std::string default_handler(const Facts& facts, const core::Probe& handlers) {
  const auto name = text_of(facts, handlers, "default");
  return name.empty() ? "runc" : name;
}

bool has_handler(const Facts& facts, const core::Probe& handlers, const std::string& handler) {
  const auto* field = facts.field(handlers, "handler." + handler);
  return field && !std::holds_alternative<core::Absent>(*field);
}

std::string NvidiaCtk::drop_in_path() const {
  return drop_in.empty() ? default_drop_in : drop_in;
}

bool NvidiaCtk::plan_before(Draft& draft) const {
  return plan_root(draft) && plan_explicit_default(draft) && plan_preview(draft);
}

bool NvidiaCtk::plan_root(Draft& draft) const {
  const auto outcome = draft.check(
      {Handlers{config}, FileText{config}}, "root configuration",
      [&](const Facts& facts) {
        const auto* text = facts.text(FileText{config});
        if (!text) return Finding{true, "usable", "absent: nvidia-ctk makes one", ""};
        if (disables_cri(*text))
          return Finding{false, "the CRI plugin enabled", "disabled_plugins names cri in " + config, ""};
        const auto version = text_of(facts, Handlers{config}, "version");
        const bool old = version == "1" || version == "0" || version.empty();
        return Finding{!old, "version 2 or 3", old ? "version 1" : "version " + version,
                       old ? "it can import nothing" : ""};
      },
      [&](const Facts& facts) {
        const auto* text = facts.text(FileText{config});
        if (text && disables_cri(*text))
          return never(
              "Docker's package of containerd switches the CRI plugin off: take \"cri\" out of disabled_plugins in " +
              config);
        return never("bring it to version 2 first: containerd config migrate");
      });
  return outcome == core::Outcome::passed;
}

/// Where the handler that everything else runs with is only built in, what nvidia-ctk writes takes it away (D62).
bool NvidiaCtk::plan_explicit_default(Draft& draft) const {
  const auto& now = draft.facts();
  const Handlers handlers{config};
  const auto* text = now.text(FileText{config});
  const auto standard = default_handler(now, handlers);
  const bool built_in = text_of(now, handlers, "explicit." + standard) == "no";
  const auto* preview = now.record(this->preview());
  const bool stays = preview && has_handler(now, this->preview(), standard) &&
                     !text_of(now, this->preview(), "type." + handler).empty();
  if (!text || !built_in || stays) return true;
  const auto version = text_of(now, handlers, "version");
  const auto after = *text + explicit_stanza(version, standard);
  const auto outcome = draft.check(
      {handlers, FileText{config}}, fmt::format("handler {} named in {}", standard, config),
      [&](const Facts&) {
        return Finding{false, "named", "built in",
                       fmt::format("what nvidia-ctk writes would take it away, and no container could start")};
      },
      [&](const Facts& facts) {
        Cure cure;
        cure.remedy = core::mend(core::WriteFile{config, after}, facts, [&](Facts& then) {
          then.set(handlers, *facts.find(handlers));
          core::set_fields(then, handlers, {{"explicit." + standard, "yes"}});
        });
        cure.diffs = {{config, *text, after, false, false}};
        return cure;
      });
  return outcome != core::Outcome::unknown;
}

bool NvidiaCtk::plan_preview(Draft& draft) const {
  const auto* answer = draft.facts().find(preview());
  // Not yet to be seen: the toolkit comes with an earlier step, or the file is changed first. It is looked at then.
  if (!answer || std::holds_alternative<core::Unknown>(*answer)) return true;
  const auto outcome = draft.check(
      {preview()}, "what nvidia-ctk would write",
      [&](const Facts& facts) {
        if (!facts.record(preview())) return Finding{false, "a preview", "none", "there is no nvidia-ctk on the host"};
        const auto wrong = objection(*this, facts);
        return Finding{wrong.empty(), "the handler added, nothing lost", wrong.empty() ? "just that" : wrong, ""};
      },
      [&](const Facts& facts) {
        if (!facts.record(preview()))
          return never("install nvidia-container-toolkit with an apt_packages step before this one");
        return never(
            "update nvidia-container-toolkit (1.20.0 writes all of it right), or change the root file by hand");
      });
  return outcome == core::Outcome::passed;
}

/// The handlers after the run: what the preview says; without one, of all that is there only the handlers are sure.
core::Record NvidiaCtk::expected(const Facts& facts) const {
  if (const auto* seen = facts.record(preview())) return *seen;
  core::Record out;
  for (const char* key : {"imports", "header", "shadowing"}) out[key] = core::Unknown{};
  if (const auto* now = facts.record(Handlers{config}))
    for (const auto& [key, field] : *now) {
      const bool stays = key.starts_with("handler.") || key == "default" || key == "version";
      out[key] = stays ? field : core::Field{core::Unknown{}};
    }
  out["handler." + handler] = nvidia_runtime;
  out["type." + handler] = out["explicit." + handler] = core::Unknown{};
  if (set_as_default) out["default"] = handler;
  return out;
}

Cure NvidiaCtk::run(const Facts& facts) const {
  std::vector<std::string> argv{nvidia_ctk,
                                "--quiet",
                                "runtime",
                                "configure",
                                "--runtime=containerd",
                                "--config=" + config,
                                "--nvidia-runtime-name=" + handler,
                                std::string("--nvidia-runtime-path=") + nvidia_runtime};
  if (!drop_in.empty()) argv.push_back("--drop-in-config=" + drop_in);
  if (set_as_default) argv.emplace_back("--set-as-default");
  core::Run action{std::move(argv), "nvidia-ctk runtime configure, handler " + handler + " into " + drop_in_path()};
  Cure cure;
  cure.remedy = core::mend(std::move(action), facts, [&](Facts& after) {
    const auto handlers = expected(facts);
    core::predict_file(after, config, std::nullopt);
    core::predict_file(after, drop_in_path(), std::nullopt);
    if (after.asked(Handlers{config})) after.set(Handlers{config}, handlers);
    if (after.asked(Handlers{drop_in_path()}))
      after.set(Handlers{drop_in_path()}, core::Record{{"handler." + handler, nvidia_runtime}});
    if (after.asked(preview())) after.set(preview(), core::Unknown{});
  });
  return cure;
}

}  // namespace gpuctl::steps
