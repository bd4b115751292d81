#pragma once

#include <functional>
#include <optional>
#include <string>

#include "core/action.hpp"
#include "core/change.hpp"
#include "core/facts.hpp"

namespace gpuctl::core {

/// `facts` as they will be when the file at `path` holds `content` (or something that nobody can know yet), changed at
/// the clock's time: FileText, Stat, Keyring and the globs that match, where they were asked. An existing file keeps
/// its owner and mode; a new one has those of `made`.
void predict_file(Facts& facts, const std::string& path, const std::optional<std::string>& content,
                  const WriteFile& made = {});
/// The same for a file that is gone.
void predict_no_file(Facts& facts, const std::string& path);

/// Puts fields into the record of a probe and leaves its other fields alone; makes the record where there was none.
void set_fields(Facts& facts, const Probe& probe, const Record& fields);

/// What an apply, a delete and a taint leave behind: of an applied object the fields that are sent, of one that was not
/// there before whatever the server adds is unknown. Lists that the object may come into or leave are unknown, lists of
/// pods where controllers make some of it; a kind that a definition brings has no objects yet.
void predict_apply(const KubeApply&, Facts&);
void predict_delete(const KubeDelete&, Facts&);
void predict_taint(const KubeTaint&, Facts&);
/// The release's objects, and its last revision; what else its Secrets say is the promise of who knows the chart.
void predict_release(const HelmChange&, Facts&);

/// A Mend whose promises are what `effects` changes in the facts as they are after the action.
Mend mend(Action action, const Facts& before, const std::function<void(Facts&)>& effects);

/// Every Unknown that does not say after which step it will be known is given this name.
void name_unknowns(Facts& facts, const std::string& after);

}  // namespace gpuctl::core
