#pragma once

#include <map>
#include <span>
#include <vector>

#include "core/answer.hpp"
#include "core/probe.hpp"

namespace gpuctl::core {

/// What is known of one host: question -> answer. A value; never holds another host's answers.
class Facts {
 public:
  using Map = std::map<Probe, Answer, ProbeLess>;

  Facts();
  Facts(const Facts&);
  Facts(Facts&&) noexcept;
  Facts& operator=(const Facts&);
  Facts& operator=(Facts&&) noexcept;
  ~Facts();

  /// nullptr when the question was never asked.
  const Answer* find(const Probe&) const;
  bool asked(const Probe&) const;

  /// The answer's record, or nullptr when it was not asked or is not a record.
  const Record* record(const Probe&) const;
  /// The answer's text, or nullptr likewise.
  const std::string* text(const Probe&) const;
  /// A field of the answer's record; nullptr when there is none.
  const Field* field(const Probe&, const std::string& key) const;

  void set(Probe, Answer);
  /// Takes over every answer of `other`, replacing ours.
  void merge(const Facts& other);

  const Map& all() const { return map_; }
  bool empty() const { return map_.empty(); }

 private:
  Map map_;
};

/// Those of `probes` that `known` has no answer to, each once, in their order.
std::vector<Probe> unasked(std::span<const Probe> probes, const Facts& known);

/// The host's time as last seen (Clock), at_least; 0 when never asked.
Time now(const Facts&);

}  // namespace gpuctl::core
