#include "chart/render/lint_names.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <string_view>

#include "chart/go/quote.hpp"
#include "util/strings.hpp"

namespace gpuctl::chart {

namespace {

bool is_small(char c) {
  return c >= 'a' && c <= 'z';
}

bool is_service_label(std::string_view text) {
  return util::is_dns_label(text) && is_small(text.front());
}

/// What a name has to be: the API server's own words, with its examples and its regular expression.
struct Rule {
  std::size_t longest;
  bool (*holds)(std::string_view);
  const char* words;
};

constexpr Rule subdomain{
    253, util::is_dns_subdomain,
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and "
    "end with an alphanumeric character (e.g. 'example.com', regex used for validation is "
    "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"};
constexpr Rule label{
    63, util::is_dns_label,
    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with "
    "an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is "
    "'[a-z0-9]([-a-z0-9]*[a-z0-9])?')"};
constexpr Rule service_label{
    63, is_service_label,
    "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, "
    "and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is "
    "'[a-z]([-a-z0-9]*[a-z0-9])?')"};

using Faults = std::vector<std::string>;

Faults faults_by(const Rule& rule, const std::string& name) {
  Faults out;
  if (name.size() > rule.longest) out.push_back(fmt::format("must be no more than {} characters", rule.longest));
  if (rule.holds(name)) return out;
  const bool dots_alone = rule.words == label.words && util::is_dns_subdomain(name);
  out.emplace_back(dots_alone ? "must not contain dots" : rule.words);
  return out;
}

/// A name that is a part of a path, and nothing more.
Faults path_faults(const std::string& name) {
  if (name == "." || name == "..") return {fmt::format("may not be '{}'", name)};
  Faults out;
  for (const char c : {'/', '%'})
    if (name.find(c) != std::string::npos) out.push_back(fmt::format("may not contain '{}'", c));
  return out;
}

Faults faults_of(std::string kind, const std::string& name) {
  std::ranges::transform(kind, kind.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  if (kind == "certificatesigningrequest") return {};
  if (kind == "role" || kind == "clusterrole" || kind == "rolebinding" || kind == "clusterrolebinding")
    return path_faults(name);
  return faults_by(kind == "service" ? service_label : kind == "namespace" ? label : subdomain, name);
}

}  // namespace

std::string name_fault(const std::string& kind, const std::string& name) {
  auto faults = faults_of(kind, name);
  for (auto& fault : faults) fault = fmt::format("metadata.name: Invalid value: {}: {}", go::quoted(name), fault);
  if (faults.empty()) return {};
  return faults.size() == 1 ? faults.front() : "[" + util::join(faults, ", ") + "]";
}

}  // namespace gpuctl::chart
