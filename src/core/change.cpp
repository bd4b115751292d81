#include "core/change.hpp"

#include "core/predict.hpp"

namespace gpuctl::core {

GPUCTL_ONE_OF_IN(Remedy);

std::vector<Action> actions_of(const Change& change) {
  std::vector<Action> out;
  for (const auto& gap : change.gaps)
    if (const auto* mend = std::get_if<Mend>(&gap.remedy)) out.push_back(mend->action);
  return out;
}

void replay(const Change& change, Facts& facts, const std::string& step) {
  for (const auto& gap : change.gaps) {
    const auto* mend = std::get_if<Mend>(&gap.remedy);
    if (!mend) continue;
    predict(mend->action, facts);
    facts.merge(mend->promises);
  }
  if (!step.empty()) name_unknowns(facts, step);
}

}  // namespace gpuctl::core
