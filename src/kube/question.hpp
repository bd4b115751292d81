#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "core/probe.hpp"
#include "http/request.hpp"
#include "kube/api.hpp"
#include "kube/catalog.hpp"
#include "kube/flatten.hpp"

namespace gpuctl::kube {

/// One question to the API server: some requests, one after the other, and then an answer.
class Question {
 public:
  virtual ~Question() = default;
  /// What to send next.
  virtual http::Request request() = 0;
  /// Takes the answer to it; true when nothing more is to be sent.
  virtual bool take(const http::Response&) = 0;
  virtual core::Answer answer() const = 0;
};

/// What a list or a watch selects.
struct Selection {
  std::string path;  ///< of the collection
  std::string labels, fields;
  Keep keep;
};

/// Its query: `labelSelector=…&fieldSelector=…`, each with a `&` behind it.
std::string selectors(const Selection&);

/// Objects as they were at one moment.
struct Listing {
  std::map<std::string, core::Record> items;  ///< by key_of
  std::string resource_version;
  std::string failed;  ///< why they could not be listed; empty: they could
};

/// All pages of a list.
class ListQuestion : public Question {
 public:
  ListQuestion(const Api& api, Selection selection) : api_(api), selection_(std::move(selection)) {}
  http::Request request() override;
  bool take(const http::Response&) override;
  core::Answer answer() const override;
  const Listing& listing() const { return listing_; }
  Listing&& take_listing() { return std::move(listing_); }

 private:
  const Api& api_;
  Selection selection_;
  Listing listing_;
  std::string next_;
  bool whole_ = false;  // in one page
};

/// A KubeList's record of what a listing has.
core::Record list_record(const Listing&, const Keep&);

/// The question that a probe comes to; `resource` is its kind's, for those probes that have one. nullptr: it is none to
/// a cluster.
std::unique_ptr<Question> question_of(const core::Probe&, const Resource* resource, const Api&);

/// Asks all of them, in parallel, to their ends.
void ask(Api&, std::span<Question* const>);

/// Server-side apply, or its dry run.
http::Request apply_request(const Api&, const Resource&, const core::KubeRef&, const core::Fields&,
                            const std::string& manager, bool force, bool dry);

/// What a probe needs the cluster to know; nothing: no kind.
struct KindNeeded {
  std::string api_version, kind;
};
std::optional<KindNeeded> kind_needed(const core::Probe&);

}  // namespace gpuctl::kube
