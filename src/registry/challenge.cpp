#include "registry/challenge.hpp"

#include <algorithm>
#include <vector>

namespace gpuctl::registry {

namespace {

bool is_token(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

std::string lowered(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

/// Takes a header apart from its beginning.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  bool at_end() const { return rest_.empty(); }

  void skip(std::string_view these) { rest_.remove_prefix(std::min(rest_.find_first_not_of(these), rest_.size())); }

  bool take(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  std::string_view token() {
    const auto end = static_cast<std::size_t>(std::find_if_not(rest_.begin(), rest_.end(), is_token) - rest_.begin());
    const auto out = rest_.substr(0, end);
    rest_.remove_prefix(end);
    return out;
  }

  std::string value() {
    if (!take('"')) return std::string(token());
    std::string out;
    while (!rest_.empty() && !take('"')) {
      take('\\');
      if (rest_.empty()) break;
      out += rest_.front();
      rest_.remove_prefix(1);
    }
    return out;
  }

 private:
  std::string_view rest_;
};

std::vector<Challenge> challenges(std::string_view header) {
  std::vector<Challenge> out;
  Reader reader(header);
  for (;;) {
    reader.skip(" \t,");
    if (reader.at_end()) return out;
    const auto word = reader.token();
    if (word.empty()) return out;
    reader.skip(" \t");
    if (!reader.take('=')) {
      out.push_back({lowered(word), {}});
      continue;
    }
    reader.skip(" \t");
    auto value = reader.value();
    if (!out.empty()) out.back().values.emplace(lowered(word), std::move(value));
  }
}

}  // namespace

std::string Challenge::value(const std::string& name) const {
  const auto found = values.find(name);
  return found == values.end() ? "" : found->second;
}

std::optional<Challenge> challenge_of(std::string_view header, const std::string& scheme) {
  for (auto& challenge : challenges(header))
    if (challenge.scheme == scheme) return challenge;
  return {};
}

std::string query_escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view("-_.~").find(c) != std::string_view::npos;
    if (plain) {
      out += c;
      continue;
    }
    out += '%';
    out += "0123456789ABCDEF"[static_cast<unsigned char>(c) >> 4U];
    out += "0123456789ABCDEF"[static_cast<unsigned char>(c) & 15U];
  }
  return out;
}

}  // namespace gpuctl::registry
