#include "chart/package/folder.hpp"

#include <fmt/core.h>

#include "chart/package/ignore.hpp"
#include "core/error.hpp"

namespace gpuctl::chart {

namespace {

/// Deeper than any chart goes: links lead in a circle.
constexpr int deepest_folder = 64;

class Walk {
 public:
  Walk(Disk& disk, const std::string& root) : disk_(disk), root_(root) {
    const auto file = root + "/.helmignore";
    if (disk.look(file) != Disk::What::nothing) rules_ = IgnoreRules(disk.read(file, most_file_bytes));
  }

  Files all() {
    folder("", 0);
    return std::move(files_);
  }

 private:
  void folder(const std::string& below, int depth) {
    if (depth > deepest_folder) refuse(fmt::format("the folders in {} go deeper than {}", root_, deepest_folder));
    for (const auto& entry : disk_.entries(root_ + "/" + below)) {
      const auto name = below + entry.name;
      if (entry.what == Disk::What::nothing) refuse("error evaluating symlink " + root_ + "/" + name);
      const bool is_folder = entry.what == Disk::What::folder;
      if (rules_.ignores(name, is_folder)) continue;
      if (is_folder)
        folder(name + "/", depth + 1);
      else
        file(name, entry);
    }
  }

  void file(const std::string& name, const Disk::Entry& entry) {
    if (entry.what != Disk::What::file)
      refuse(fmt::format("cannot load irregular file {}/{} as it has file mode type bits set", root_, name));
    if (entry.bytes > most_file_bytes)
      refuse(fmt::format("chart file \"{}\" is larger than the maximum file size {}", entry.name, most_file_bytes));
    File out{name, disk_.read(root_ + "/" + name, most_file_bytes)};
    strip_bom(out.data);
    total_ += out.data.size();
    // Helm sets a bound to archives alone; a folder that a link makes endless needs one as well.
    if (total_ > most_chart_bytes)
      refuse(fmt::format("the files of {} are larger than {} bytes together", root_, most_chart_bytes));
    files_.push_back(std::move(out));
  }

  [[noreturn]] static void refuse(std::string why) { throw core::Error(core::ErrorKind::invalid, std::move(why)); }

  Disk& disk_;
  std::string root_;
  IgnoreRules rules_;
  Files files_;
  std::size_t total_ = 0;
};

}  // namespace

Files read_folder(Disk& disk, const std::string& folder) {
  return Walk(disk, folder).all();
}

}  // namespace gpuctl::chart
