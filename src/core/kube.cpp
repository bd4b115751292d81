#include "core/kube.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <iterator>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include "core/quantity.hpp"
#include "core/visit.hpp"
#include "core/zero_fields.hpp"
#include "util/strings.hpp"

namespace gpuctl::core {

namespace {

void flatten_into(const Node& node, const std::string& pointer, Fields& out);

void flatten_list(const Node::List& list, const std::string& pointer, Fields& out) {
  if (list.empty()) out[pointer] = {"[]", false};
  for (std::size_t i = 0; i < list.size(); ++i) flatten_into(list[i], pointer + "/" + std::to_string(i), out);
}

void flatten_mapping(const Node::Mapping& mapping, const std::string& pointer, Fields& out) {
  if (mapping.empty()) out[pointer] = {"{}", false};
  for (const auto& entry : mapping) flatten_into(entry.value, child(pointer, entry.key), out);
}

void flatten_into(const Node& node, const std::string& pointer, Fields& out) {
  std::visit(Overload{
                 [&](std::monostate) { out[pointer] = {"null", false}; },
                 [&](bool value) { out[pointer] = {value ? "true" : "false", false}; },
                 [&](std::int64_t value) { out[pointer] = {std::to_string(value), false}; },
                 [&](double) { out[pointer] = {node.source, false}; },
                 [&](const std::string& value) { out[pointer] = {value, true}; },
                 [&](const Node::List& value) { flatten_list(value, pointer, out); },
                 [&](const Node::Mapping& value) { flatten_mapping(value, pointer, out); },
             },
             node.value);
}

/// What tells the members of a list apart, where each of them has it: the keys of the API's own list maps. The first
/// that all members have with different values counts.
constexpr std::array<std::array<std::string_view, 2>, 8> identities{{{"name", ""},
                                                                     {"containerPort", "protocol"},
                                                                     {"port", "protocol"},
                                                                     {"mountPath", ""},
                                                                     {"devicePath", ""},
                                                                     {"uid", ""},
                                                                     {"type", ""},
                                                                     {"ip", ""}}};

using MaybeText = std::optional<std::string>;
using Look = std::function<MaybeText(const std::string& pointer)>;

MaybeText text_at(const Fields& fields, const std::string& pointer) {
  const auto at = fields.find(pointer);
  return at == fields.end() ? MaybeText{} : MaybeText{at->second.text};
}

MaybeText text_at(const Record& record, const std::string& pointer) {
  const auto at = record.find(pointer);
  const auto* text = at == record.end() ? nullptr : std::get_if<std::string>(&at->second);
  return text ? MaybeText{*text} : MaybeText{};
}

/// Whether anything stands at the pointer or below it.
template <class Map>
bool holds(const Map& map, const std::string& pointer) {
  if (map.contains(pointer)) return true;
  const auto below = map.lower_bound(pointer + "/");
  return below != map.end() && below->first.starts_with(pointer + "/");
}

template <class Map>
std::size_t members(const Map& map, const std::string& list) {
  std::size_t count = 0;
  while (holds(map, list + "/" + std::to_string(count))) ++count;
  return count;
}

/// What identifies the member by `keys`; nothing when it lacks the first of them.
template <class Map>
MaybeText identity(const Map& map, const std::string& member, const std::array<std::string_view, 2>& keys) {
  auto first = text_at(map, member + "/" + std::string(keys[0]));
  if (!first || keys[1].empty()) return first;
  return *first + "/" + text_at(map, member + "/" + std::string(keys[1])).value_or("TCP");
}

/// The identity of each member of the list that is sent, and by which keys; none when places count.
struct Identified {
  std::vector<std::string> values;
  const std::array<std::string_view, 2>* keys = nullptr;
  std::vector<std::size_t> missing;  ///< of those that the live list has not, in the order they were asked for
};

Identified identified(const Fields& sent, const std::string& list) {
  const auto count = members(sent, list);
  for (const auto& keys : identities) {
    Identified out{{}, &keys, {}};
    std::set<std::string> seen;
    for (std::size_t i = 0; i < count; ++i) {
      const auto value = identity(sent, list + "/" + std::to_string(i), keys);
      if (!value || !seen.insert(*value).second) break;
      out.values.push_back(*value);
    }
    if (count > 0 && out.values.size() == count) return out;
  }
  return {};
}

/// Where the live object has what is sent at a pointer.
class Places {
 public:
  Places(const Fields& sent, const Record& live) : sent_(sent), live_(live) {}

  std::string live_of(const std::string& pointer) {
    std::string at;       // in what is sent
    std::string at_live;  // in what is there
    for (std::size_t begin = 1; begin <= pointer.size();) {
      const auto end = std::min(pointer.find('/', begin), pointer.size());
      const auto part = pointer.substr(begin, end - begin);
      const bool index = !part.empty() && part.find_first_not_of("0123456789") == std::string::npos;
      at_live += "/" + (index ? std::to_string(place(at, at_live, std::stoul(part))) : part);
      at += "/" + part;
      begin = end + 1;
    }
    return at_live;
  }

 private:
  std::size_t place(const std::string& list, const std::string& live_list, std::size_t index) {
    auto [known, fresh] = lists_.try_emplace(list);
    if (fresh) known->second = identified(sent_, list);
    auto& ids = known->second;
    if (!ids.keys || index >= ids.values.size()) return index;
    const auto count = members(live_, live_list);
    for (std::size_t i = 0; i < count; ++i)
      if (identity(live_, live_list + "/" + std::to_string(i), *ids.keys) == ids.values[index]) return i;
    // It is not there: those that are missing come after those that are, in their order.
    const auto before = std::ranges::find(ids.missing, index) - ids.missing.begin();
    if (static_cast<std::size_t>(before) == ids.missing.size()) ids.missing.push_back(index);
    return count + static_cast<std::size_t>(before);
  }

  const Fields& sent_;
  const Record& live_;
  std::map<std::string, Identified> lists_;
};

/// Whether the live object has the leaf, allowing for what the server writes in another form.
bool same(const Leaf& sent, const Record& live, const std::string& pointer) {
  if (sent.text == "null" && !sent.string) return !holds(live, pointer);
  const bool empty = !sent.string && (sent.text == "{}" || sent.text == "[]");
  const auto seen = text_at(live, pointer);
  if (!seen) return empty && (holds(live, pointer) || !live.contains(pointer));
  if (*seen == sent.text) return true;
  return is_quantity_field(pointer) && same_quantity(*seen, sent.text);
}

/// Takes away what stood for a mapping or list without members, now that it has some.
void drop_empties(Record& out, const std::string& pointer) {
  for (auto end = pointer.rfind('/'); end != std::string::npos && end > 0; end = pointer.rfind('/', end - 1))
    out.erase(pointer.substr(0, end));
}

}  // namespace

std::string describe(const KubeRef& ref) {
  return ref.kind + " " + (ref.namespace_.empty() ? "" : ref.namespace_ + "/") + ref.name;
}

std::string group_of(const std::string& api_version) {
  const auto slash = api_version.find('/');
  return slash == std::string::npos ? std::string{} : api_version.substr(0, slash);
}

bool is_builtin_group(const std::string& group) {
  static constexpr std::string_view own[] = {"",
                                             "apps",
                                             "autoscaling",
                                             "batch",
                                             "policy",
                                             "admissionregistration.k8s.io",
                                             "apiextensions.k8s.io",
                                             "apiregistration.k8s.io",
                                             "authentication.k8s.io",
                                             "authorization.k8s.io",
                                             "certificates.k8s.io",
                                             "coordination.k8s.io",
                                             "discovery.k8s.io",
                                             "events.k8s.io",
                                             "flowcontrol.apiserver.k8s.io",
                                             "networking.k8s.io",
                                             "node.k8s.io",
                                             "rbac.authorization.k8s.io",
                                             "resource.k8s.io",
                                             "scheduling.k8s.io",
                                             "storage.k8s.io",
                                             "storagemigration.k8s.io"};
  return std::ranges::find(own, group) != std::end(own);
}

Fields flatten(const Node& node) {
  Fields out;
  flatten_into(node, "", out);
  return out;
}

std::string child(const std::string& pointer, const std::string& key) {
  std::string out = pointer + "/";
  for (const char c : key) {
    if (c == '~')
      out += "~0";
    else if (c == '/')
      out += "~1";
    else
      out += c;
  }
  return out;
}

std::string key_of(const std::string& part) {
  return util::replace_all(util::replace_all(part, "~1", "/"), "~0", "~");
}

Record record_of(const Fields& fields) {
  Record out;
  for (const auto& [pointer, leaf] : fields) out[pointer] = leaf.text;
  return out;
}

Record differing(const Fields& sent, const Record& live) {
  Record out;
  Places places(sent, live);
  for (const auto& [pointer, leaf] : sent) {
    const auto there = places.live_of(pointer);
    if (same(leaf, live, there)) continue;
    const auto at = live.find(there);
    if (at == live.end() && is_left_out(sent, pointer)) continue;
    out[pointer] = at == live.end() ? Field{Absent{}} : at->second;
  }
  return out;
}

Record merged(const Fields& sent, const Record& live) {
  Record out = live;
  Places places(sent, live);
  for (const auto& [pointer, leaf] : sent) {
    const auto there = places.live_of(pointer);
    if (same(leaf, live, there) || (!live.contains(there) && is_left_out(sent, pointer))) continue;
    if (leaf.text == "null" && !leaf.string) {
      std::erase_if(out, [&](const auto& entry) { return (entry.first + "/").starts_with(there + "/"); });
      continue;
    }
    drop_empties(out, there);
    out[there] = leaf.text;
  }
  return out;
}

}  // namespace gpuctl::core
