#include "view/columns.hpp"

#include <algorithm>

#include "util/utf8.hpp"

namespace gpuctl::view {

namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> out(1);
  for (const char c : text) {
    if (c == '\n')
      out.emplace_back();
    else
      out.back() += c;
  }
  return out;
}

/// How many characters there are; a line end takes no room.
std::size_t width_of(std::string_view text) {
  std::size_t out = 0;
  while (!text.empty()) {
    out += text.front() == '\n' ? 0U : 1U;
    text.remove_prefix(util::first_symbol(text).length);
  }
  return out;
}

/// What Helm's table leaves of a text that is wider than its column: all but the last three columns, and three dots.
std::string cut(std::string_view text, std::size_t width) {
  std::string out;
  std::size_t used = 0;
  while (!text.empty()) {
    const auto length = util::first_symbol(text).length;
    const std::size_t wide = text.front() == '\n' ? 0 : 1;
    out += text.substr(0, length);
    text.remove_prefix(length);
    if (used + wide + 3 >= width) break;
    used += wide;
  }
  return out + "...";
}

std::string padded_cell(const std::string& text, std::size_t width) {
  const auto has = width_of(text);
  return has < width ? text + std::string(width - has, ' ') : text;
}

std::vector<std::size_t> widths(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> out;
  for (const auto& row : rows) {
    out.resize(std::max(out.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i)
      for (const auto& line : lines_of(row[i])) out[i] = std::max(out[i], width_of(line));
  }
  return out;
}

void add_row(const std::vector<std::string>& row, const std::vector<std::size_t>& wide, std::string& out) {
  std::vector<std::vector<std::string>> cells;
  std::size_t height = 1;
  for (std::size_t i = 0; i < row.size(); ++i) {
    cells.push_back(lines_of(width_of(row[i]) > wide[i] ? cut(row[i], wide[i]) : row[i]));
    height = std::max(height, cells.back().size());
  }
  for (std::size_t line = 0; line < height; ++line) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i > 0) out += '\t';
      out += line < cells[i].size() ? padded_cell(cells[i][line], wide[i]) : padded_cell(" ", wide[i]);
    }
    out += '\n';
  }
}

}  // namespace

std::string columns(const std::vector<std::vector<std::string>>& rows, std::size_t most) {
  auto wide = widths(rows);
  for (auto& width : wide) width = std::min(width, most);
  std::string out;
  for (const auto& row : rows) add_row(row, wide, out);
  return out.empty() ? "\n" : out;
}

}  // namespace gpuctl::view
