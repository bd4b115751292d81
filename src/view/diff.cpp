#include "view/diff.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cstdint>

#include "util/strings.hpp"

namespace gpuctl::view {

namespace {

using Lines = std::vector<std::string>;

/// Beyond this the table would be dear, and nobody reads such a diff line by line: the middle is replaced as a whole.
constexpr std::size_t most_cells = 4'000'000;

/// table[i][j]: the length of the longest common subsequence of before[i..] and after[j..].
std::vector<std::uint32_t> common_lengths(const Lines& before, const Lines& after) {
  const auto width = after.size() + 1;
  std::vector<std::uint32_t> table((before.size() + 1) * width, 0);
  for (std::size_t i = before.size(); i-- > 0;)
    for (std::size_t j = after.size(); j-- > 0;)
      table[i * width + j] = before[i] == after[j] ? table[(i + 1) * width + j + 1] + 1
                                                   : std::max(table[(i + 1) * width + j], table[i * width + j + 1]);
  return table;
}

void add_middle(const Lines& before, const Lines& after, std::vector<DiffLine>& out) {
  std::size_t i = 0;
  std::size_t j = 0;
  if (before.size() * after.size() <= most_cells) {
    const auto table = common_lengths(before, after);
    const auto width = after.size() + 1;
    while (i < before.size() && j < after.size()) {
      if (before[i] == after[j]) {
        out.push_back({' ', before[i]});
        ++i, ++j;
      } else if (table[(i + 1) * width + j] >= table[i * width + j + 1]) {
        out.push_back({'-', before[i++]});
      } else {
        out.push_back({'+', after[j++]});
      }
    }
  }
  for (; i < before.size(); ++i) out.push_back({'-', before[i]});
  for (; j < after.size(); ++j) out.push_back({'+', after[j]});
}

std::vector<DiffLine> every_line(const Lines& before, const Lines& after) {
  std::size_t head = 0;
  while (head < before.size() && head < after.size() && before[head] == after[head]) ++head;
  std::size_t tail = 0;
  while (tail < before.size() - head && tail < after.size() - head &&
         before[before.size() - 1 - tail] == after[after.size() - 1 - tail])
    ++tail;
  const auto cut = [&](const Lines& lines) {
    return Lines(lines.begin() + static_cast<std::ptrdiff_t>(head), lines.end() - static_cast<std::ptrdiff_t>(tail));
  };
  std::vector<DiffLine> out;
  for (std::size_t i = 0; i < head; ++i) out.push_back({' ', before[i]});
  add_middle(cut(before), cut(after), out);
  for (std::size_t i = before.size() - tail; i < before.size(); ++i) out.push_back({' ', before[i]});
  return out;
}

struct Position {
  std::size_t before = 1;
  std::size_t after = 1;
  void pass(const DiffLine& line) {
    before += line.sign != '+' ? 1 : 0;
    after += line.sign != '-' ? 1 : 0;
  }
};

/// Which lines are near a change.
std::vector<bool> near_changes(const std::vector<DiffLine>& lines, std::size_t context) {
  std::vector<bool> shown(lines.size(), false);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].sign == ' ') continue;
    const auto from = i > context ? i - context : 0;
    const auto to = std::min(lines.size(), i + context + 1);
    for (auto at = from; at < to; ++at) shown[at] = true;
  }
  return shown;
}

std::string head_of(const Position& begin, const Position& end) {
  return fmt::format("@@ -{},{} +{},{} @@", begin.before, end.before - begin.before, begin.after,
                     end.after - begin.after);
}

}  // namespace

std::vector<DiffLine> diff(const std::string& before, const std::string& after, std::size_t context) {
  const auto all = every_line(util::lines(before), util::lines(after));
  const auto shown = near_changes(all, context);
  std::vector<DiffLine> out;
  Position position;
  for (std::size_t i = 0; i < all.size();) {
    if (!shown[i]) {
      position.pass(all[i++]);
      continue;
    }
    const Position begin = position;
    const auto head = out.size();
    out.push_back({'@', ""});
    for (; i < all.size() && shown[i]; ++i) {
      position.pass(all[i]);
      out.push_back(all[i]);
    }
    out[head].text = head_of(begin, position);
  }
  return out;
}

}  // namespace gpuctl::view
