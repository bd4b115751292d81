#include "core/label_selector.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "core/error.hpp"

namespace gpuctl::core {

namespace {

constexpr std::string_view signs = "=!,()<>";

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

std::optional<long long> whole_number(std::string_view text) {
  long long out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size() ? std::optional(out) : std::nullopt;
}

}  // namespace

class LabelSelector::Parser {
 public:
  explicit Parser(std::string_view text) : text_(text), rest_(text) {}

  std::vector<Requirement> all() {
    std::vector<Requirement> out;
    skip();
    if (rest_.empty()) return out;
    do out.push_back(one());
    while (take(","));
    if (!rest_.empty()) fail("a comma or the end");
    return out;
  }

 private:
  Requirement one() {
    if (take("!")) return {word("a label"), Operator::absent, {}};
    Requirement out{word("a label"), Operator::exists, {}};
    if (take("!=")) return with(std::move(out), Operator::not_in, {value()});
    if (take("==") || take("=")) return with(std::move(out), Operator::in, {value()});
    if (take(">")) return with(std::move(out), Operator::above, {number()});
    if (take("<")) return with(std::move(out), Operator::below, {number()});
    const auto before = rest_;
    const auto name = value();
    if (name == "in") return with(std::move(out), Operator::in, list());
    if (name == "notin") return with(std::move(out), Operator::not_in, list());
    rest_ = before;
    return out;
  }

  static Requirement with(Requirement out, Operator op, std::vector<std::string> values) {
    out.op = op;
    out.values = std::move(values);
    return out;
  }

  std::vector<std::string> list() {
    std::vector<std::string> out;
    if (!take("(")) fail("( and values");
    do out.push_back(value());
    while (take(","));
    if (!take(")")) fail("a comma or )");
    return out;
  }

  std::string number() {
    auto out = value();
    if (!whole_number(out)) fail("a whole number");
    return out;
  }

  std::string word(const char* what) {
    auto out = value();
    if (out.empty()) fail(what);
    return out;
  }

  std::string value() {
    std::size_t end = 0;
    while (end < rest_.size() && !is_blank(rest_[end]) && signs.find(rest_[end]) == std::string_view::npos) ++end;
    std::string out(rest_.substr(0, end));
    rest_.remove_prefix(end);
    skip();
    return out;
  }

  bool take(std::string_view sign) {
    if (!rest_.starts_with(sign)) return false;
    rest_.remove_prefix(sign.size());
    skip();
    return true;
  }

  void skip() {
    while (!rest_.empty() && is_blank(rest_.front())) rest_.remove_prefix(1);
  }

  [[noreturn]] void fail(const char* expected) const {
    const auto at = std::to_string(text_.size() - rest_.size() + 1);
    throw Error(ErrorKind::usage,
                "label selector `" + std::string(text_) + "`, column " + at + ": expected " + expected, {},
                "write it as `tier=web,env!=test,zone in (a, b),!old`");
  }

  std::string_view text_, rest_;
};

LabelSelector LabelSelector::parse(std::string_view text) {
  LabelSelector out;
  out.all_ = Parser(text).all();
  return out;
}

bool LabelSelector::matches(const Labels& labels) const {
  return std::ranges::all_of(all_, [&](const Requirement& one) { return holds(one, labels); });
}

/// What is not there is not in any set, as with the API server.
bool LabelSelector::holds(const Requirement& one, const Labels& labels) {
  const auto found = labels.find(one.key);
  const bool there = found != labels.end();
  const bool named = there && std::ranges::find(one.values, found->second) != one.values.end();
  switch (one.op) {
    case Operator::in:
      return named;
    case Operator::not_in:
      return !named;
    case Operator::exists:
      return there;
    case Operator::absent:
      return !there;
    case Operator::above:
    case Operator::below: {
      const auto number = there ? whole_number(found->second) : std::nullopt;
      if (!number) return false;
      const auto limit = *whole_number(one.values.front());
      return one.op == Operator::above ? *number > limit : *number < limit;
    }
  }
  return false;
}

}  // namespace gpuctl::core
