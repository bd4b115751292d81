#include "steps/object_text.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <string_view>

#include "core/seal.hpp"
#include "steps/cluster.hpp"
#include "steps/look.hpp"
#include "steps/manifest.hpp"
#include "util/strings.hpp"

namespace gpuctl::steps {

using core::Record;

namespace {

bool is_bookkeeping(const std::string& pointer) {
  static const std::string own[] = {"managers",
                                    "/metadata/uid",
                                    "/metadata/resourceVersion",
                                    "/metadata/generation",
                                    "/metadata/creationTimestamp",
                                    annotation_at(sent_key)};
  return pointer.starts_with("/status") || std::ranges::find(own, pointer) != std::end(own);
}

bool is_hidden(const core::KubeRef& ref, const std::string& pointer) {
  return core::is_secret_value(ref, pointer);
}

bool is_rolled(const core::Field& field) {
  const auto* text = std::get_if<std::string>(&field);
  return text && core::Seal::is_rolled(*text);
}

bool is_number(std::string_view part) {
  return !part.empty() && part.find_first_not_of("0123456789") == std::string_view::npos;
}

std::string line_of(const std::string& words, const std::string& text) {
  if (text.find('\n') == std::string::npos) return fmt::format("{}: {}\n", words, text);
  auto out = words + ": |\n";
  for (const auto& line : util::lines(text)) out += "  " + line + "\n";
  return out;
}

std::string hidden(const std::string& pointer, const core::Field& field, const Record* before) {
  if (!before) return "(not shown)";
  const auto was = before->find(pointer);
  return was != before->end() && was->second == field ? "(not shown)" : "(not shown, another)";
}

}  // namespace

std::string words_of(const std::string& pointer) {
  std::string out;
  for (const auto& part : util::split(std::string_view(pointer).substr(pointer.empty() ? 0 : 1), '/')) {
    const auto name = core::key_of(part);
    if (is_number(name))
      out += "[" + name + "]";
    else if (name.find('.') != std::string::npos)
      out += "[" + name + "]";
    else
      out += (out.empty() ? "" : ".") + name;
  }
  return out;
}

std::string object_text(const core::KubeRef& ref, const Record& object, const Record* before) {
  std::string out;
  for (const auto& [pointer, field] : object) {
    if (is_bookkeeping(pointer) || std::holds_alternative<core::Unknown>(field)) continue;
    const auto text = is_rolled(field)          ? "(made when it is performed)"
                      : is_hidden(ref, pointer) ? hidden(pointer, field, before)
                                                : core::describe(field);
    out += line_of(words_of(pointer), text);
  }
  return out;
}

std::string differences(const core::KubeRef& ref, const Record& differing) {
  std::vector<std::string> out;
  for (const auto& [pointer, seen] : differing) {
    if (pointer == annotation_at(sent_key)) continue;
    const auto value = is_hidden(ref, pointer) ? "another" : shown(core::describe(seen));
    out.push_back(fmt::format("{} is {}", words_of(pointer), value));
  }
  return out.empty() ? "fields are there that are sent no longer" : some_of(out);
}

}  // namespace gpuctl::steps
