#include "engine/findings.hpp"

#include <fmt/core.h>

namespace gpuctl::engine {

using core::Answer;
using core::Field;
using core::Record;

namespace {

const Field& field_or_absent(const Record& record, const std::string& key) {
  static const Field absent{core::Absent{}};
  const auto found = record.find(key);
  return found == record.end() ? absent : found->second;
}

std::string shortened(const std::string& text) {
  constexpr std::size_t most = 80;
  const auto line = text.find('\n');
  const auto end = std::min(line, most);
  return end < text.size() ? text.substr(0, end) + "..." : text;
}

/// The part of an answer that the prediction changed: fields that stand as before are nobody's promise.
bool promised(const Answer* before, const Answer& predicted) {
  return !before || !core::equal(*before, predicted);
}

Answer only(const Record& record, const Record& keys_of, const Record* before, bool want_promised) {
  Record out;
  for (const auto& [key, field] : keys_of) {
    const bool changed = !before || field_or_absent(*before, key) != field;
    if (changed == want_promised) out[key] = field_or_absent(record, key);
  }
  return out;
}

struct Sides {
  Answer predicted;
  Answer gathered;
};

/// Cuts two records down to the fields that were promised, or to those that were not.
Sides cut(const Answer* before, const Answer& predicted, const Answer& gathered, bool want_promised) {
  const auto* p = std::get_if<Record>(&predicted);
  const auto* g = std::get_if<Record>(&gathered);
  if (!p || !g) return {predicted, gathered};
  const auto* b = before ? std::get_if<Record>(before) : nullptr;
  Record every = *p;
  if (!want_promised)
    for (const auto& [key, field] : *g)
      if (!every.contains(key)) every[key] = core::Absent{};
  return {only(every, every, b, want_promised), only(*g, every, b, want_promised)};
}

}  // namespace

bool moves_by_itself(const core::Probe& probe) {
  return std::holds_alternative<core::Clock>(probe) || std::holds_alternative<core::Command>(probe) ||
         std::holds_alternative<core::KubeLog>(probe) || std::holds_alternative<core::KubeServer>(probe) ||
         std::holds_alternative<core::KubeApis>(probe);
}

Answer without_status(const core::Probe& probe, const Answer& answer) {
  const auto* record = std::get_if<Record>(&answer);
  if (!record || !core::asks_cluster(probe)) return answer;
  auto out = *record;
  std::erase_if(out, [](const auto& entry) {
    for (const auto* part : {"/status/", "/metadata/resourceVersion", "/metadata/generation", "/spec/renewTime"})
      if (entry.first.find(part) != std::string::npos) return true;
    return entry.first == "managers";
  });
  return out;
}

std::string difference(const Answer& then, const Answer& now) {
  const auto* t = std::get_if<Record>(&then);
  const auto* n = std::get_if<Record>(&now);
  if (!t || !n) return fmt::format("{}, now {}", shortened(core::describe(then)), shortened(core::describe(now)));
  std::string out;
  Record keys = *t;
  keys.insert(n->begin(), n->end());
  for (const auto& [key, unused] : keys) {
    const auto& was = field_or_absent(*t, key);
    const auto& is = field_or_absent(*n, key);
    if (core::confirms(Record{{key, was}}, Record{{key, is}})) continue;
    out += fmt::format("{}{}: {}, now {}", out.empty() ? "" : "; ", key, shortened(core::describe(was)),
                       shortened(core::describe(is)));
  }
  return out;
}

Findings compare(const core::Facts& before, const core::Facts& predicted, const core::Facts& gathered) {
  Findings out;
  for (const auto& [probe, seen] : gathered.all()) {
    const auto* expected = predicted.find(probe);
    if (!expected || moves_by_itself(probe)) continue;
    const auto* was = before.find(probe);
    const bool both_records = std::holds_alternative<Record>(*expected) && std::holds_alternative<Record>(seen);
    if (promised(was, *expected)) {
      const auto sides = cut(was, *expected, seen, true);
      if (!core::confirms(sides.predicted, sides.gathered))
        out.broken_promises.push_back(
            fmt::format("{}: expected {}", core::describe(probe), difference(sides.predicted, sides.gathered)));
      if (!both_records) continue;
    }
    if (core::asks_cluster(probe)) continue;  // others work there as well, and are meant to
    const auto sides = cut(was, *expected, seen, false);
    if (!core::confirms(sides.predicted, sides.gathered))
      out.unforeseen.push_back(
          fmt::format("{}: was {}", core::describe(probe), difference(sides.predicted, sides.gathered)));
  }
  return out;
}

}  // namespace gpuctl::engine
