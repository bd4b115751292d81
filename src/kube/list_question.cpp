#include <fmt/core.h>

#include "core/error.hpp"
#include "kube/question.hpp"
#include "kube/status.hpp"

namespace gpuctl::kube {

namespace {

/// As kubectl asks: a page is some megabytes then.
constexpr int page_size = 500;

constexpr int list_gone = 410;

}  // namespace

std::string selectors(const Selection& selection) {
  std::string out;
  if (!selection.labels.empty()) out += "labelSelector=" + encoded(selection.labels) + "&";
  if (!selection.fields.empty()) out += "fieldSelector=" + encoded(selection.fields) + "&";
  return out;
}

http::Request ListQuestion::request() {
  std::string path = selection_.path + "?" + selectors(selection_);
  if (!whole_) path += fmt::format("limit={}&", page_size);
  if (!next_.empty()) path += "continue=" + encoded(next_);
  auto request = api_.get(std::move(path));
  request.most = std::size_t{whole_ ? 1024U : 128U} << 20U;
  return request;
}

bool ListQuestion::take(const http::Response& response) {
  if (response.status == list_gone && !whole_) {
    // The pages' moment has been compacted away between two of them: once more, all in one.
    whole_ = true;
    next_.clear();
    listing_ = {};
    return false;
  }
  if (!response.good()) {
    listing_.failed = response.status == 0 ? response.body : refusal_of(response).why;
    return true;
  }
  Page page;
  try {
    page = page_of(response.body, selection_.keep);
  } catch (const core::Error& error) {
    listing_.failed = error.message();  // cut off
    return true;
  }
  for (auto& item : page.items) {
    auto key = key_of(item);
    listing_.items.insert_or_assign(std::move(key), std::move(item));
  }
  listing_.resource_version = std::move(page.resource_version);
  next_ = std::move(page.next);
  return next_.empty();
}

core::Record list_record(const Listing& listing, const Keep& keep) {
  core::Record out;
  for (const auto& [key, item] : listing.items) {
    out[key] = core::text_of(item, "/metadata/uid");
    for (const auto& [pointer, text] : item)
      if (pointer.starts_with('/') && keep.holds(pointer)) out[key + "#" + pointer] = text;
  }
  return out;
}

core::Answer ListQuestion::answer() const {
  if (!listing_.failed.empty()) return core::Failed{listing_.failed};
  return list_record(listing_, selection_.keep);
}

}  // namespace gpuctl::kube
