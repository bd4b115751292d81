#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/host.hpp"
#include "core/node.hpp"
#include "yaml/size.hpp"

namespace gpuctl::playbook {

/// The variables of a playbook, and `${name}` replaced by them. A text that is exactly `${name}` keeps the variable's
/// type, `${a.b}` is a key of a mapping, `$$` a literal `$`. Variables can use variables.
class Variables {
 public:
  /// Later ones are laid over earlier ones. Throws Error{invalid} for what is no mapping or no name.
  void define(const core::Node& mapping);
  /// `--set name=value`; a dotted name sets a key of a mapping. Throws Error{usage} for what is no name.
  void set(const std::string& name, const std::string& value);
  /// The same with `${host.name}`, `${host.node}` and `${host.address}`.
  Variables with(const core::Host& host) const;

  /// `node` with every variable replaced; what a variable brought has the place of its use. Throws Error{invalid}:
  /// undefined (with the nearest), a circle (shown), too large.
  core::Node resolve(const core::Node& node) { return resolve(node, 0); }

  /// Where the value at this place came from, one line a variable: for the trace of an error there.
  std::vector<std::string> origins(const core::Where& place) const;
  /// The first names that were asked for.
  const std::set<std::string>& used() const { return used_; }
  /// Throws Error{usage} for a `--set` of what is neither defined nor among `used`.
  void require_settings(const std::set<std::string>& used) const;

 private:
  core::Node resolve(const core::Node& node, int depth);
  core::Node resolve_text(const core::Node& node, const std::string& written, int depth);
  std::string resolve_key(const core::Entry& entry, int depth);
  core::Node use(const std::string& name, const core::Where& where, int depth);
  const core::Node& value(const std::string& name, const core::Where& where);
  /// The value as written, and whether it is resolved already.
  std::pair<const core::Node*, bool> find(const std::string& name, const core::Where& where);
  [[noreturn]] void fail_undefined(const std::string& name, const core::Node::Mapping& among,
                                   const core::Where& where) const;
  [[noreturn]] void fail_circle(const std::string& name, const core::Where& where) const;
  void note(const std::string& name, const core::Node& value, const core::Where& place);
  void spend(const core::Node& node, int depth, const core::Where& where);

  core::Node::Mapping defined_;
  std::set<std::string> settings_;  // first names that --set gave and nobody had defined
  std::set<std::string> used_;
  std::map<std::string, core::Node> resolved_;
  std::vector<std::string> resolving_;
  std::map<std::string, std::vector<std::string>> origins_;  // by place
  yaml::Size spent_;
};

}  // namespace gpuctl::playbook
