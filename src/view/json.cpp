#include "view/json.hpp"

#include <nlohmann/json.hpp>

#include "core/visit.hpp"

namespace gpuctl::view {

using nlohmann::ordered_json;

namespace {

constexpr int format = 1;

ordered_json json_of(const core::Check& check) {
  return {{"what", check.what},
          {"expected", check.expected},
          {"observed", check.observed},
          {"outcome", core::word(check.outcome)},
          {"because", check.because}};
}

ordered_json json_of(const core::Remedy& remedy) {
  return std::visit(
      core::Overload{
          [](const core::Mend& r) -> ordered_json {
            return {{"kind", "action"}, {"action", core::describe(r.action)}};
          },
          [](const core::Awaits& r) -> ordered_json { return {{"kind", "restart"}, {"unit", r.restart_of}}; },
          [](const core::Wait&) -> ordered_json { return {{"kind", "time"}}; },
          [](const core::Never& r) -> ordered_json { return {{"kind", "nobody"}, {"advice", r.advice}}; },
          [](const core::Later& r) -> ordered_json { return {{"kind", "later"}, {"after", r.after}}; },
      },
      remedy);
}

ordered_json json_of(const core::Gap& gap) {
  ordered_json out{{"check", json_of(gap.check)}, {"remedy", json_of(gap.remedy)}};
  out["restarts"] = gap.disruption.restarts;
  out["note"] = gap.disruption.note;
  out["diffs"] = ordered_json::array();
  for (const auto& diff : gap.diffs)
    out["diffs"].push_back({{"path", diff.path},
                            {"before", diff.before},
                            {"after", diff.after},
                            {"created", diff.created},
                            {"removed", diff.removed}});
  return out;
}

ordered_json json_of(const core::StepResult&);
ordered_json json_of(const core::HostResult&);

template <class T>
ordered_json list_of(const std::vector<T>& items) {
  auto out = ordered_json::array();
  for (const auto& item : items) out.push_back(json_of(item));
  return out;
}

ordered_json json_of(const core::StepResult& step) {
  return {{"name", step.name},
          {"kind", step.kind},
          {"title", step.title},
          {"file", step.where.file},
          {"line", step.where.line},
          {"proof", step.proof},
          {"state", core::word(step.state)},
          {"because", step.because},
          {"why", step.why},
          {"advice", step.advice},
          {"evidence", step.evidence},
          {"held", list_of(step.change.held)},
          {"gaps", list_of(step.change.gaps)},
          {"checks", list_of(step.checks)},
          {"broken_promises", step.broken_promises},
          {"unforeseen", step.unforeseen},
          {"took_ms", step.took.count()}};
}

ordered_json json_of(const core::HostResult& host) {
  return {{"name", host.host.name},  {"address", host.host.address},
          {"summary", host.summary}, {"unreachable", host.unreachable},
          {"hint", host.hint},       {"steps", list_of(host.steps)}};
}

ordered_json json_of(const core::Field& field) {
  return std::visit(core::Overload{
                        [](const core::Absent&) -> ordered_json { return nullptr; },
                        [](const std::string& text) -> ordered_json { return text; },
                        [](const core::Time& time) -> ordered_json { return {{"us", time.us}}; },
                        [](const core::Unknown& unknown) -> ordered_json { return {{"unknown_after", unknown.after}}; },
                    },
                    field);
}

ordered_json json_of(const core::Answer& answer) {
  return std::visit(core::Overload{
                        [](const core::Absent&) -> ordered_json { return nullptr; },
                        [](const core::Text& text) -> ordered_json { return text.value; },
                        [](const core::Record& record) -> ordered_json {
                          auto out = ordered_json::object();
                          for (const auto& [key, field] : record) out[key] = json_of(field);
                          return out;
                        },
                        [](const core::Failed& failed) -> ordered_json { return {{"failed", failed.why}}; },
                        [](const core::Unknown& unknown) -> ordered_json { return {{"unknown_after", unknown.after}}; },
                    },
                    answer);
}

std::string dumped(const ordered_json& value) {
  return value.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace

std::string json(const core::Report& report) {
  return dumped({{"format", format},
                 {"verb", core::word(report.verb)},
                 {"playbook", report.playbook},
                 {"id", report.id},
                 {"started", report.started},
                 {"took_ms", report.took.count()},
                 {"interrupted", report.interrupted},
                 {"exit", core::exit_code(report)},
                 {"hosts", list_of(report.hosts)}});
}

std::string facts_json(const core::HostResult& host) {
  auto answers = ordered_json::array();
  for (const auto& [probe, answer] : host.observed.all())
    answers.push_back({{"question", core::describe(probe)}, {"answer", json_of(answer)}});
  return dumped({{"format", format}, {"host", host.host.name}, {"summary", host.summary}, {"facts", answers}});
}

}  // namespace gpuctl::view
