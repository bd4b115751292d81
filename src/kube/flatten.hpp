#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/kube.hpp"

namespace gpuctl::kube {

/// An object of the API as a KubeObject probe's record: JSON pointer -> text, without managedFields; "managers": the
/// field managers of the object itself (not of a subresource such as status), one a line, the longest unheard first.
/// Throws core::Error{failed} for what is no JSON object.
core::Record record_of(const std::string& json);

/// Which leaves of a list's items are kept, besides namespace, name, uid and resourceVersion.
struct Keep {
  bool all = false;
  std::vector<std::string> pointers;  ///< these and what is below them
  bool holds(const std::string& pointer) const;
};

/// One page of a list.
struct Page {
  std::vector<core::Record> items;  ///< with what is kept
  std::string resource_version;
  std::string next;  ///< asks for the next page; empty: that was the last
};

/// Throws core::Error{failed} for what is no JSON object. Memory: what is kept, never the page as a tree.
Page page_of(const std::string& json, const Keep&);

/// One line of a watch. The object of an ERROR is a Status.
struct Event {
  std::string type;  ///< ADDED, MODIFIED, DELETED, BOOKMARK, ERROR
  core::Record object;
};

/// Nothing for a line that is no event: a watch that was cut.
std::optional<Event> event_of(const std::string& line, const Keep&);

/// An item's key in a KubeList's record: `NAMESPACE/NAME`.
std::string key_of(const core::Record& item);

}  // namespace gpuctl::kube
