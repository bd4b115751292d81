#include "chart/package/archive.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/core.h>

#include <algorithm>
#include <memory>

#include "chart/go/path.hpp"
#include "core/error.hpp"
#include "util/strings.hpp"

namespace gpuctl::chart {

namespace {

struct Close {
  void operator()(archive* a) const { archive_read_free(a); }
};
using Archive = std::unique_ptr<archive, Close>;

[[noreturn]] void refuse(std::string why) {
  throw core::Error(core::ErrorKind::invalid, std::move(why));
}

[[noreturn]] void refuse(archive* reader) {
  const char* why = archive_error_string(reader);
  refuse(why == nullptr ? "the archive cannot be read" : why);
}

Archive open(std::string_view bytes) {
  Archive out(archive_read_new());
  archive_read_support_filter_gzip(out.get());
  archive_read_support_format_tar(out.get());
  // Names are bytes, whatever the locale.
  archive_read_set_options(out.get(), "hdrcharset=BINARY");
  if (archive_read_open_memory(out.get(), bytes.data(), bytes.size()) != ARCHIVE_OK) refuse(out.get());
  return out;
}

/// The path within the chart. Archives made on Windows have backslashes.
std::string inner_name(const std::string& name) {
  const char separator = name.find('\\') == std::string::npos ? '/' : '\\';
  const auto first = name.find(separator);
  auto inner = first == std::string::npos ? std::string() : name.substr(first + 1);
  std::replace(inner.begin(), inner.end(), separator, '/');
  if (inner.starts_with('/')) refuse("chart illegally contains absolute paths");
  inner = path_clean(inner);
  if (inner == ".") refuse(fmt::format("chart illegally contains content outside the base directory: \"{}\"", name));
  if (inner.starts_with("..")) refuse("chart illegally references parent directory");
  const bool drive = inner.size() >= 3 && inner[1] == ':' && inner[2] == '/' &&
                     ((inner[0] >= 'a' && inner[0] <= 'z') || (inner[0] >= 'A' && inner[0] <= 'Z'));
  if (drive) refuse("chart contains illegally named files");
  if (name.substr(0, first) == "Chart.yaml") refuse("chart yaml not in base directory");
  return inner;
}

std::string too_large() {
  return fmt::format("decompressed chart is larger than the maximum size {}", most_chart_bytes);
}

std::string content(archive* reader, std::size_t size) {
  std::string out(size, '\0');
  std::size_t at = 0;
  while (at < size) {
    const auto got = archive_read_data(reader, out.data() + at, size - at);
    if (got < 0) refuse(reader);
    if (got == 0) break;
    at += static_cast<std::size_t>(got);
  }
  out.resize(at);
  return out;
}

bool is_link(archive_entry* entry) {
  return archive_entry_filetype(entry) == AE_IFLNK || archive_entry_hardlink(entry) != nullptr;
}

}  // namespace

bool is_gzip(std::string_view bytes) {
  return bytes.starts_with("\x1F\x8B\x08");
}

Files read_archive(std::string_view bytes) {
  if (!is_gzip(bytes)) refuse("gzip: invalid header");
  const auto reader = open(bytes);
  Files out;
  std::size_t left = most_chart_bytes;
  archive_entry* entry = nullptr;
  for (;;) {
    const auto read = archive_read_next_header(reader.get(), &entry);
    if (read == ARCHIVE_EOF) break;
    if (read < ARCHIVE_WARN) refuse(reader.get());
    if (archive_entry_filetype(entry) == AE_IFDIR) continue;
    const char* path = archive_entry_pathname(entry);
    const std::string name = path == nullptr ? "" : path;
    auto inner = inner_name(name);
    // A link has no bytes of its own: Helm takes it for an empty file.
    const auto size = is_link(entry) ? 0 : static_cast<std::size_t>(std::max<la_int64_t>(archive_entry_size(entry), 0));
    if (size > left) refuse(too_large());
    if (size > most_file_bytes)
      refuse(
          fmt::format("decompressed chart file \"{}\" is larger than the maximum file size {}", name, most_file_bytes));
    File file{std::move(inner), content(reader.get(), size)};
    left -= file.data.size();
    if (file.data.size() < size || left == 0) refuse(too_large());
    strip_bom(file.data);
    out.push_back(std::move(file));
  }
  if (out.empty()) refuse("no files in chart archive");
  return out;
}

}  // namespace gpuctl::chart
