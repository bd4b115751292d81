// libarchive brings nine libraries along, one of 30 MB, which take as long to load as half of a start. So it is not
// linked: what is used of it is defined here, and the first call loads the library. Whoever includes archive.h need not
// know.

#include <archive.h>
#include <archive_entry.h>

#include "core/error.hpp"
#include "util/late_library.hpp"

namespace {

/// Throws core::Error{failed}: it is not there.
void* function(const char* name) {
  static const gpuctl::util::LateLibrary library("libarchive.so.13");
  if (void* found = library.find(name)) return found;
  throw gpuctl::core::Error(gpuctl::core::ErrorKind::failed, "libarchive cannot be loaded: " + library.why(name), {},
                            "install libarchive13 (Ubuntu 24.04 calls it libarchive13t64), or unpack the chart");
}

}  // namespace

// Looked up once for each function.
#define LATE(name) static const auto late = reinterpret_cast<decltype(&(name))>(function(#name))

extern "C" {

archive* archive_read_new() {
  LATE(archive_read_new);
  return late();
}

int archive_read_free(archive* a) {
  LATE(archive_read_free);
  return late(a);
}

const char* archive_error_string(archive* a) {
  LATE(archive_error_string);
  return late(a);
}

int archive_read_support_filter_gzip(archive* a) {
  LATE(archive_read_support_filter_gzip);
  return late(a);
}

int archive_read_support_format_tar(archive* a) {
  LATE(archive_read_support_format_tar);
  return late(a);
}

int archive_read_set_options(archive* a, const char* options) {
  LATE(archive_read_set_options);
  return late(a, options);
}

int archive_read_open_memory(archive* a, const void* bytes, std::size_t size) {
  LATE(archive_read_open_memory);
  return late(a, bytes, size);
}

int archive_read_next_header(archive* a, archive_entry** entry) {
  LATE(archive_read_next_header);
  return late(a, entry);
}

la_ssize_t archive_read_data(archive* a, void* to, std::size_t size) {
  LATE(archive_read_data);
  return late(a, to, size);
}

const char* archive_entry_pathname(archive_entry* entry) {
  LATE(archive_entry_pathname);
  return late(entry);
}

la_int64_t archive_entry_size(archive_entry* entry) {
  LATE(archive_entry_size);
  return late(entry);
}

const char* archive_entry_hardlink(archive_entry* entry) {
  LATE(archive_entry_hardlink);
  return late(entry);
}

__LA_MODE_T archive_entry_filetype(archive_entry* entry) {
  LATE(archive_entry_filetype);
  return late(entry);
}

}  // extern "C"
