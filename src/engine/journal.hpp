#pragma once

#include <string>

namespace gpuctl::engine {

/// The records of runs: a folder each, `FOLDER/runs/ID/`, readable by the user alone. What is written into it holds no
/// secret: the caller redacts.
class Journal {
 public:
  /// `folder` is gpuctl's state folder, `$XDG_STATE_HOME/gpuctl`; empty: nothing is kept.
  explicit Journal(std::string folder) : folder_(std::move(folder)) {}

  /// Writes one file of a run's record and forgets all but the latest 200 runs. A record that cannot be written must
  /// not fail the run: false then.
  bool keep(const std::string& run, const std::string& file, const std::string& content) const;

  /// Where a run's record is.
  std::string path(const std::string& run) const;

 private:
  std::string folder_;
};

}  // namespace gpuctl::engine
