#include "kube/flatten.hpp"

#include <algorithm>
#include <map>
#include <string_view>

#include "core/error.hpp"
#include "kube/walker.hpp"
#include "util/strings.hpp"

namespace gpuctl::kube {

namespace {

using core::Record;

constexpr std::string_view managed = "/metadata/managedFields";

bool at_or_below(std::string_view pointer, std::string_view top) {
  return pointer.starts_with(top) && (pointer.size() == top.size() || pointer[top.size()] == '/');
}

bool identifies(std::string_view pointer) {
  return pointer == "/metadata/name" || pointer == "/metadata/namespace" || pointer == "/metadata/uid" ||
         pointer == "/metadata/resourceVersion";
}

/// The writers of one object, as its managedFields name them.
class Managers {
 public:
  /// `rest` is the pointer below managedFields: `/0/manager`.
  void note(const std::string& rest, std::string text) {
    const auto slash = rest.find('/', 1);
    if (slash == std::string::npos) return;
    auto& entry = entries_[std::stoul("0" + rest.substr(1, slash - 1))];
    const auto member = std::string_view(rest).substr(slash);
    if (member == "/subresource")
      entry.subresource = true;
    else if (member == "/time")
      entry.time = std::move(text);
    else if (member == "/manager")
      entry.name = std::move(text);
  }
  std::string text() const {
    std::multimap<std::string, const Entry*> owners;  // by time; equal ones stay in order
    for (const auto& [place, entry] : entries_)
      if (!entry.subresource) owners.emplace(entry.time, &entry);
    std::vector<std::string> names;
    for (const auto& [time, owner] : owners)
      if (std::find(names.begin(), names.end(), owner->name) == names.end()) names.push_back(owner->name);
    return util::join(names, "\n");
  }

 private:
  struct Entry {
    std::string name, time;
    bool subresource = false;
  };
  std::map<std::size_t, Entry> entries_;
};

/// Puts one object together from its leaves.
class Builder {
 public:
  explicit Builder(const Keep& keep) : keep_(keep) {}

  void take(const std::string& pointer, std::string text) {
    if (at_or_below(pointer, managed))
      managers_.note(pointer.substr(managed.size()), std::move(text));
    else if (identifies(pointer) || keep_.holds(pointer))
      record_[pointer] = std::move(text);
  }
  Record finish() {
    if (keep_.all) record_["managers"] = managers_.text();
    managers_ = {};
    return std::exchange(record_, {});
  }

 private:
  const Keep& keep_;
  Record record_;
  Managers managers_;
};

[[noreturn]] void no_json() {
  throw core::Error(core::ErrorKind::failed, "the API server's answer is no JSON object, or a part of one");
}

/// Hands the leaves of a list's items on, one item after the other.
class Items {
 public:
  Items(const Keep& keep, Page& page) : builder_(keep), page_(page) {}

  /// `rest` is the pointer below items: `/12/metadata/name`.
  void take(std::string_view rest, std::string text) {
    const auto slash = rest.find('/', 1);
    if (slash == std::string_view::npos) return;
    const auto place = rest.substr(1, slash - 1);
    if (place != place_) {
      finish();
      place_ = place;
    }
    builder_.take(std::string(rest.substr(slash)), std::move(text));
  }
  void finish() {
    if (!place_.empty()) page_.items.push_back(builder_.finish());
    place_.clear();
  }

 private:
  Builder builder_;
  Page& page_;
  std::string place_;
};

}  // namespace

bool Keep::holds(const std::string& pointer) const {
  if (all) return true;
  return std::any_of(pointers.begin(), pointers.end(), [&](const auto& top) { return at_or_below(pointer, top); });
}

Record record_of(const std::string& json) {
  const Keep keep{true, {}};
  Builder builder(keep);
  if (!walk(json, [&](const std::string& pointer, std::string text) { builder.take(pointer, std::move(text)); }))
    no_json();
  return builder.finish();
}

Page page_of(const std::string& json, const Keep& keep) {
  constexpr std::string_view list = "/items";
  Page page;
  Items items(keep, page);
  const bool good = walk(json, [&](const std::string& pointer, std::string text) {
    if (at_or_below(pointer, list))
      items.take(std::string_view(pointer).substr(list.size()), std::move(text));
    else if (pointer == "/metadata/resourceVersion")
      page.resource_version = std::move(text);
    else if (pointer == "/metadata/continue")
      page.next = std::move(text);
  });
  if (!good) no_json();
  items.finish();
  return page;
}

std::optional<Event> event_of(const std::string& line, const Keep& keep) {
  constexpr std::string_view object = "/object";
  static const Keep everything{true, {}};
  Event event;
  // The type comes first: a Status is kept whole.
  Builder kept(keep);
  Builder whole(everything);
  const bool good = walk(line, [&](const std::string& pointer, std::string text) {
    if (pointer == "/type") event.type = text;
    if (!at_or_below(pointer, object)) return;
    auto& builder = event.type == "ERROR" ? whole : kept;
    builder.take(pointer.substr(object.size()), std::move(text));
  });
  if (!good || event.type.empty()) return {};
  event.object = event.type == "ERROR" ? whole.finish() : kept.finish();
  return event;
}

std::string key_of(const Record& item) {
  return core::text_of(item, "/metadata/namespace") + "/" + core::text_of(item, "/metadata/name");
}

}  // namespace gpuctl::kube
