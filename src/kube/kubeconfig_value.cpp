#include "kube/kubeconfig_value.hpp"

#include <fmt/core.h>

#include "core/error.hpp"
#include "util/base64.hpp"

namespace gpuctl::kube {

using core::Error;
using core::ErrorKind;

Section::Section(const core::Node& node, const std::string& file, std::string what)
    : node_(node), file_(file), what_(std::move(what)) {}

core::Where Section::where(const char* key) const {
  const auto* value = node_.find(key);
  return value ? value->where : node_.where;
}

void Section::fail(const char* key, const std::string& message, std::string hint) const {
  throw Error(ErrorKind::invalid, message, where(key), std::move(hint));
}

std::string Section::text(const char* key) const {
  const auto* value = node_.find(key);
  if (!value || std::holds_alternative<std::monostate>(value->value)) return {};
  if (const auto* text = std::get_if<std::string>(&value->value)) return *text;
  if (!value->source.empty()) return value->source;  // a token or a user of digits alone
  fail(key, fmt::format("{} of {} must be a string, not {}", key, what_, value->kind_name()));
}

bool Section::flag(const char* key) const {
  const auto* value = node_.find(key);
  if (!value || std::holds_alternative<std::monostate>(value->value)) return false;
  if (const auto* flag = std::get_if<bool>(&value->value)) return *flag;
  fail(key, fmt::format("{} of {} must be true or false, not {}", key, what_, value->kind_name()));
}

std::string Section::path(const std::string& text) const {
  if (text.starts_with('/')) return text;
  const auto slash = file_.rfind('/');
  if (slash == std::string::npos) return text;
  return file_.substr(0, slash + 1) + (text.starts_with("./") ? text.substr(2) : text);
}

std::string Section::file(const char* key, const Outside& outside) const {
  const std::string named = text(key);
  if (named.empty()) return {};
  try {
    return outside.read(path(named));
  } catch (const Error& error) {
    throw Error(error.kind(), fmt::format("{} of {}: {}", key, what_, error.message()), where(key), error.hint());
  }
}

std::string Section::bytes(const std::string& key, const Outside& outside) const {
  const std::string data_key = key + "-data";
  const std::string data = text(data_key.c_str());
  if (data.empty()) return file(key.c_str(), outside);
  auto decoded = util::base64_decode(data);
  if (!decoded) fail(data_key.c_str(), fmt::format("{} of {} is not base64", data_key, what_));
  return std::move(*decoded);
}

}  // namespace gpuctl::kube
