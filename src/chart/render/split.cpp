#include <algorithm>

#include "chart/go/space.hpp"
#include "chart/render/manifests.hpp"

namespace gpuctl::chart {

namespace {

constexpr std::string_view blanks = "\t\n\f\r ";
constexpr std::string_view mark = "---";

struct Cut {
  std::size_t begin;
  std::size_t end;
};

/// The next `---` at the start of a line, with the blanks around it. One that directly follows another cut is none: its
/// line end belongs to that.
Cut next_cut(std::string_view text, std::size_t from) {
  Cut out{text.size(), text.size()};
  std::size_t at = std::string_view::npos;
  if (from == 0 && text.starts_with(mark)) {
    out.begin = 0;
    at = 0;
  } else {
    const auto line = text.find("\n---", from);
    if (line == std::string_view::npos) return out;
    at = line + 1;
    out.begin = line;
    while (out.begin > from && blanks.find(text[out.begin - 1]) != std::string_view::npos) --out.begin;
  }
  out.end = std::min(text.find_first_not_of(blanks, at + mark.size()), text.size());
  return out;
}

}  // namespace

std::vector<std::string> split_documents(std::string_view text) {
  text = go::trim_space(text);
  std::vector<std::string> out;
  for (std::size_t at = 0;;) {
    const auto cut = next_cut(text, at);
    if (cut.begin > at) out.emplace_back(go::trim_space(text.substr(at, cut.begin - at)));
    if (cut.begin == text.size()) return out;
    at = cut.end;
  }
}

}  // namespace gpuctl::chart
