#include "ssh/tokens.hpp"

#include <fmt/core.h>

namespace gpuctl::ssh {

namespace {

using core::Error;
using core::ErrorKind;

std::string token(const std::string& text, std::size_t at, const Tokens& tokens, const core::Where& where) {
  if (at >= text.size())
    throw Error(ErrorKind::invalid, fmt::format("'{}' ends in the middle of a token", text), where, "write %% for a %");
  if (text[at] == '%') return "%";
  const auto found = tokens.find(text[at]);
  if (found != tokens.end()) return found->second;
  throw Error(ErrorKind::invalid, fmt::format("the token %{} in '{}' is not known here", text[at], text), where,
              "write what it stands for");
}

std::string variable(const std::string& name, const Environment& environment, const core::Where& where) {
  const std::string value = environment.variable ? environment.variable(name) : std::string();
  if (value.empty())
    throw Error(ErrorKind::invalid, fmt::format("the environment variable {} is not set", name), where,
                "set it, or write the value itself");
  return value;
}

}  // namespace

std::string expand(const std::string& text, const Tokens& tokens, bool variables, const Environment& environment,
                   const core::Where& where) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '%') {
      out += token(text, ++at, tokens, where);
    } else if (variables && text.compare(at, 2, "${") == 0) {
      const auto end = text.find('}', at);
      if (end == std::string::npos)
        throw Error(ErrorKind::invalid, fmt::format("'{}' has a ${{ without its }}", text), where);
      out += variable(text.substr(at + 2, end - at - 2), environment, where);
      at = end;
    } else {
      out += text[at];
    }
  }
  return out;
}

std::string expand_home(const std::string& path, const Environment& environment) {
  if (path == "~" || path.starts_with("~/")) return environment.home + path.substr(1);
  return path;
}

}  // namespace gpuctl::ssh
