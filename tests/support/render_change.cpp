#include "support/render_change.hpp"

#include <fmt/core.h>

#include "core/plan.hpp"
#include "core/visit.hpp"
#include "util/digest.hpp"
#include "util/strings.hpp"

namespace gpuctl::test {

using namespace core;

namespace {

void line(std::string& out, const std::string& label, const std::string& text) {
  if (!text.empty()) out += fmt::format("    {}: {}\n", label, text);
}

bool is_binary(const std::string& text) {
  for (const char c : text)
    if (static_cast<unsigned char>(c) >= 0x80 || c == '\0') return true;
  return false;
}

std::string value(const Field& field) {
  const auto* text = std::get_if<std::string>(&field);
  if (text && is_binary(*text)) return "bytes with sha256 " + util::sha256_hex(*text).substr(0, 12);
  return text ? util::replace_all(*text, "\n", "|") : describe(field);
}

std::string value(const Answer& answer) {
  if (const auto* text = std::get_if<Text>(&answer)) return value(Field{text->value});
  const auto* record = std::get_if<Record>(&answer);
  if (!record) return describe(answer);
  std::string out;
  for (const auto& [key, field] : *record) out += (out.empty() ? "" : " ") + key + "=" + value(field);
  return out;
}

void content(std::string& out, const WriteFile& write) {
  if (is_binary(write.content)) return line(out, "content", value(Field{write.content}));
  for (const auto& text : util::lines(write.content)) out += "      > " + text + "\n";
}

void sent(std::string& out, const KubeApply& apply) {
  line(out, "manager", apply.manager + (apply.force ? ", forced" : ""));
  for (const auto& [pointer, leaf] : apply.fields)
    out += fmt::format("      > {}: {}{}\n", pointer, value(Field{leaf.text}), leaf.string ? "" : " (no string)");
}

void changed(std::string& out, const HelmChange& change) {
  const auto hooks = [&](const char* label, const std::vector<HelmHook>& all) {
    for (const auto& hook : all) line(out, label, describe(hook.object) + " " + util::join(hook.delete_policies, ","));
  };
  line(out, "from", change.from == 0 ? "" : std::to_string(change.from));
  line(out, "replaces", change.replaces ? "what a run has left" : "");
  line(out, "waits", change.wait ? "for its objects" : "");
  line(out, "migrates", change.migrate ? "fields that a client applied" : "");
  hooks("before", change.before);
  for (const auto& apply : change.objects) {
    line(out, "object", describe(apply.object));
    sent(out, apply);
  }
  for (const auto& gone : change.gone) line(out, "gone", describe(gone.object));
  hooks("after", change.after);
  for (const auto& back : change.if_it_fails) {
    line(out, "if it fails", describe(Action{back}));
    changed(out, back);
  }
}

/// A file's lines are those of its action.
void shown(std::string& out, const Diff& diff) {
  line(out, "diff", diff.path);
  if (diff.path.starts_with("/")) return;
  for (const auto& text : util::lines(diff.before)) out += "      - " + text + "\n";
  for (const auto& text : util::lines(diff.after)) out += "      + " + text + "\n";
}

void remedy(std::string& out, const Remedy& remedy) {
  std::visit(Overload{
                 [&](const Mend& mend) {
                   line(out, "mend", describe(mend.action));
                   if (const auto* write = std::get_if<WriteFile>(&mend.action)) content(out, *write);
                   if (const auto* apply = std::get_if<KubeApply>(&mend.action)) sent(out, *apply);
                   if (const auto* release = std::get_if<HelmChange>(&mend.action)) changed(out, *release);
                   if (const auto* gone = std::get_if<KubeDelete>(&mend.action)) line(out, "uid", gone->uid);
                   for (const auto& [probe, answer] : mend.promises.all())
                     line(out, "promise", describe(probe) + ": " + value(answer));
                 },
                 [&](const Awaits& awaits) { line(out, "awaits", "restart of " + awaits.restart_of); },
                 [&](const Wait&) { line(out, "wait", "time"); },
                 [&](const Never& never) { line(out, "never", never.advice); },
                 [&](const Later& later) { line(out, "later", later.after); },
             },
             remedy);
}

void checked(std::string& out, const Check& check) {
  out += fmt::format("{}  {}\n", word(check.outcome), check.what);
  line(out, "expected", check.expected);
  line(out, "observed", check.observed);
  line(out, "because", check.because);
}

}  // namespace

std::string render(const Change& change) {
  std::string out;
  for (const auto& check : change.held) checked(out, check);
  for (const auto& gap : change.gaps) {
    checked(out, gap.check);
    remedy(out, gap.remedy);
    line(out, "restarts", util::join(gap.disruption.restarts, " "));
    line(out, "note", gap.disruption.note);
    for (const auto& diff : gap.diffs) shown(out, diff);
  }
  return out;
}

}  // namespace gpuctl::test
