#include "chart/source/index.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "chart/go/quote.hpp"
#include "chart/package/decode.hpp"
#include "chart/package/metadata.hpp"
#include "chart/source/choose.hpp"
#include "chart/yaml_in.hpp"
#include "core/error.hpp"
#include "util/stable_sort.hpp"
#include "util/strings.hpp"
#include "yaml/events.hpp"

namespace gpuctl::chart {

namespace {

using yaml::Event;
using yaml::EventKind;

// Bounds of what is kept, far above what repositories have.
constexpr std::size_t most_versions = 50'000;
constexpr std::size_t most_nodes = 20'000;
constexpr std::size_t most_names = 20'000;
constexpr std::size_t longest_chart_name = 100;
/// What takes a text apart is slow where it is deeper, and no index is.
constexpr std::size_t deepest_index = 200;

[[noreturn]] void refuse_index(std::string why, std::string hint = {}) {
  throw core::Error(core::ErrorKind::invalid, std::move(why), {}, std::move(hint));
}

bool opens(EventKind kind) {
  return kind == EventKind::mapping_start || kind == EventKind::sequence_start;
}

bool closes(EventKind kind) {
  return kind == EventKind::mapping_end || kind == EventKind::sequence_end;
}

/// One pass over the events of an index.
class IndexReader {
 public:
  IndexReader(std::string_view text, const std::string& chart, const std::string& from, const Warn& warn)
      : events_(text.empty() ? "\n" : text), chart_(chart), from_(from), warn_(warn) {}

  IndexedChart read() {
    while (next().kind != EventKind::document_start)
      if (event_.kind == EventKind::stream_end) refuse_index("it is empty");
    if (next().kind != EventKind::mapping_start) refuse_index("it holds no mapping, expected apiVersion and entries");
    bool version = false;
    while (next().kind != EventKind::mapping_end) {
      const auto key = scalar();
      next();
      if (key == "entries") {
        entries();
      } else {
        version = version || (key == "apiVersion" && event_.kind == EventKind::scalar && !event_.value.empty());
        skip();
      }
    }
    if (!version) refuse_index("no API version specified");
    util::stable_sort(out_.versions,
                      [](const IndexEntry& a, const IndexEntry& b) { return is_newer(a.version, b.version); });
    if (!out_.known) out_.nearest = util::nearest(chart_, names_);
    return std::move(out_);
  }

 private:
  const Event& next() {
    event_ = events_.next();
    if (event_.kind == EventKind::stream_end) return event_;
    if (closes(event_.kind)) --depth_;
    if (opens(event_.kind) && ++depth_ > deepest_index)
      refuse_index(fmt::format("line {}: it goes too deep", event_.place.line + 1));
    return event_;
  }

  const std::string& scalar() const {
    if (event_.kind != EventKind::scalar) refuse_index(fmt::format("line {}: expected a name", event_.place.line + 1));
    return event_.value;
  }

  /// The rest of the node that has begun.
  void skip() {
    for (std::size_t open = opens(event_.kind) ? 1 : 0; open > 0;) {
      next();
      if (opens(event_.kind)) ++open;
      if (closes(event_.kind)) --open;
    }
  }

  void entries() {
    if (event_.kind == EventKind::scalar && (event_.value.empty() || event_.value == "null")) return;
    if (event_.kind != EventKind::mapping_start)
      refuse_index(fmt::format("line {}: entries is no mapping of charts", event_.place.line + 1));
    while (next().kind != EventKind::mapping_end) {
      const auto name = scalar();
      next();
      if (name == chart_) {
        versions();
        continue;
      }
      if (names_.size() < most_names && name.size() <= longest_chart_name) names_.push_back(name);
      skip();
    }
  }

  void versions() {
    out_.known = true;
    out_.versions.clear();
    if (event_.kind != EventKind::sequence_start) {
      if (event_.kind == EventKind::scalar && (event_.value.empty() || event_.value == "null")) return;
      refuse_index(fmt::format("line {}: what is said of {} is no list of versions", event_.place.line + 1, chart_));
    }
    while (next().kind != EventKind::sequence_end) {
      if (out_.versions.size() >= most_versions)
        refuse_index(fmt::format("it has more than {} versions of {}", most_versions, chart_));
      const auto line = event_.place.line + 1;
      try {
        entry(node());
      } catch (const YamlError& error) {
        refuse_index(fmt::format("line {}: {}", line, error.what()));
      }
    }
  }

  /// The value of the node that has begun.
  Value node() {
    YamlDocument document;
    document.take(Event(event_));
    for (std::size_t open = opens(event_.kind) ? 1 : 0, nodes = 0; open > 0;) {
      next();
      if (++nodes > most_nodes)
        refuse_index(fmt::format("line {}: a version's entry without end", event_.place.line + 1));
      if (opens(event_.kind)) ++open;
      if (closes(event_.kind)) --open;
      document.take(Event(event_));
    }
    return from_yaml_whole(document);
  }

  void skipped(const std::string& version, const std::string& why) const {
    warn_(fmt::format("skipping loading invalid entry for chart {}{} from {}: {}", go::quoted(chart_), version, from_,
                      why));
  }

  void entry(const Value& value) {
    if (value.is_nil()) return skipped("", "empty entry");
    Metadata metadata;
    read_metadata(value, metadata);
    if (metadata.api_version.empty()) metadata.api_version = "v1";
    IndexEntry out;
    const Fields fields(value, "ChartVersion");
    fields.read("urls", out.urls);
    fields.read("digest", out.digest);
    if (out.digest.starts_with("sha256:")) out.digest.erase(0, 7);
    const auto version = metadata.version;
    try {
      validate(metadata);
    } catch (const core::Error& error) {
      // Some repositories leave aliases out, and their charts are well for all that.
      if (!error.message().starts_with("validation: more than one dependency with name or alias"))
        return skipped(" " + go::quoted(version), error.message());
    }
    out.version = version;
    out_.versions.push_back(std::move(out));
  }

  yaml::Events events_;
  const std::string& chart_;
  const std::string& from_;
  const Warn& warn_;
  Event event_;
  std::size_t depth_ = 0;
  IndexedChart out_;
  std::vector<std::string> names_;
};

}  // namespace

IndexedChart read_index(std::string_view text, const std::string& chart, const std::string& from, const Warn& warn) {
  const auto start = util::trim(text.substr(0, 256));
  const std::string hint = "is the address that of the repository, below which index.yaml lies?";
  try {
    if (text.size() > most_index_bytes)
      refuse_index(fmt::format("it has {} bytes, more than the {} that are read", text.size(), most_index_bytes));
    if (start.starts_with('<')) refuse_index("it is a page for a browser (HTML or XML)", hint);
    return IndexReader(text, chart, from, warn).read();
  } catch (const core::Error& error) {
    refuse_index(fmt::format("{} is no index of a chart repository: {}", from, error.message()),
                 error.hint().empty() ? hint : error.hint());
  } catch (const yaml::EventError& error) {
    refuse_index(fmt::format("{} is no index of a chart repository: yaml: {}", from, error.what()), hint);
  }
}

}  // namespace gpuctl::chart
