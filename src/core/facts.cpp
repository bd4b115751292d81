#include "core/facts.hpp"

#include <set>

namespace gpuctl::core {

Facts::Facts() = default;
Facts::Facts(const Facts&) = default;
Facts::Facts(Facts&&) noexcept = default;
Facts& Facts::operator=(const Facts&) = default;
Facts& Facts::operator=(Facts&&) noexcept = default;
Facts::~Facts() = default;

const Answer* Facts::find(const Probe& probe) const {
  const auto found = map_.find(probe);
  return found == map_.end() ? nullptr : &found->second;
}

bool Facts::asked(const Probe& probe) const {
  return find(probe) != nullptr;
}

const Record* Facts::record(const Probe& probe) const {
  const auto* answer = find(probe);
  return answer ? std::get_if<Record>(answer) : nullptr;
}

const std::string* Facts::text(const Probe& probe) const {
  const auto* answer = find(probe);
  const auto* text = answer ? std::get_if<Text>(answer) : nullptr;
  return text ? &text->value : nullptr;
}

const Field* Facts::field(const Probe& probe, const std::string& key) const {
  const auto* found = record(probe);
  if (!found) return nullptr;
  const auto at = found->find(key);
  return at == found->end() ? nullptr : &at->second;
}

void Facts::set(Probe probe, Answer answer) {
  map_.insert_or_assign(std::move(probe), std::move(answer));
}

void Facts::merge(const Facts& other) {
  for (const auto& [probe, answer] : other.map_) map_.insert_or_assign(probe, answer);
}

std::vector<Probe> unasked(std::span<const Probe> probes, const Facts& known) {
  std::vector<Probe> out;
  std::set<Probe, ProbeLess> seen;
  for (const auto& probe : probes)
    if (!known.asked(probe) && seen.insert(probe).second) out.push_back(probe);
  return out;
}

Time now(const Facts& facts) {
  const auto* field = facts.field(Clock{}, "now");
  const auto* time = field ? std::get_if<Time>(field) : nullptr;
  return time ? Time{time->us, true} : Time{0, true};
}

}  // namespace gpuctl::core
