#include "steps/apt_repository.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>

#include "core/predict.hpp"
#include "steps/apt_legacy.hpp"
#include "steps/look.hpp"
#include "steps/platform.hpp"
#include "util/openpgp.hpp"
#include "util/strings.hpp"

namespace gpuctl::steps {

using core::AptIndex;
using core::Facts;
using core::FileText;
using core::Keyring;
using core::Stat;

namespace {

bool is_file_name(const std::string& name) {
  constexpr std::string_view fine = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
  return !name.empty() && name.front() != '.' && name.front() != '-' &&
         name.find_first_not_of(fine) == std::string::npos;
}

/// A word of a source list: apt splits at blanks and reads brackets and `#`.
std::string list_word(core::Params& params, const std::string& key, const std::string& word) {
  const auto odd = [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == '[' || c == ']' || c == '#'; };
  if (word.empty() || std::ranges::any_of(word, odd))
    params.fail(
        key, fmt::format("`{}` cannot stand in a source list: expected a word without blanks, brackets and #", word));
  return word;
}

std::vector<std::string> list_words(core::Params& params, const std::string& key) {
  auto words = params.texts(key);
  for (const auto& word : words) list_word(params, key, word);
  return words;
}

std::string absolute(core::Params& params, const std::string& key, const std::string& path, const std::string& suffix) {
  if (!path.starts_with("/") || !path.ends_with(suffix) || path.find_first_of(" \t\n[]#,") != std::string::npos)
    params.fail(key, fmt::format("expected an absolute path that ends in {}, found {}", suffix, path));
  return path;
}

/// The pinned key alone, of a file or a text of the playbook.
std::string pinned(core::Params& key, const std::string& from, const std::string& bytes,
                   const std::string& fingerprint) {
  try {
    auto out = util::openpgp::only(bytes, fingerprint);
    if (!out.empty()) return out;
    std::vector<std::string> others;
    for (const auto& other : util::openpgp::public_keys(bytes)) others.push_back(other.fingerprint);
    key.fail(from, fmt::format("expected the key {}, found {}", fingerprint, util::join(others, ", ")));
  } catch (const util::openpgp::Malformed& e) {
    key.fail(from, fmt::format("expected an OpenPGP public key: {}", e.what()));
  }
}

/// C95B 321B …: groups of four, as people compare them.
std::string grouped(const std::string& fingerprint) {
  std::string out;
  for (std::size_t i = 0; i < fingerprint.size(); ++i) {
    if (i > 0 && i % 4 == 0) out += ' ';
    out += fingerprint[i];
  }
  return out;
}

unsigned mode_of(const Facts& facts, const std::string& path) {
  const auto text = text_of(facts, Stat{path}, "mode");
  unsigned mode = 0;
  std::from_chars(text.data(), text.data() + text.size(), mode, 8);
  return mode;
}

}  // namespace

AptRepository AptRepository::from(core::Params& params) {
  AptRepository out;
  out.name_ = params.text("name");
  if (!is_file_name(out.name_)) params.fail("name", "expected a file name of letters, digits, `.`, `_` and `-`");
  auto key = params.mapping("key");
  const auto fingerprint = key.text("fingerprint");
  out.fingerprint_ = util::openpgp::normal_fingerprint(fingerprint);
  if (out.fingerprint_.empty())
    key.fail("fingerprint", "expected the whole fingerprint, 40 hex digits",
             "a short key id can be forged: gpg --show-keys FILE shows the whole one");
  if (key.has("url") + key.has("file") + key.has("inline") != 1)
    params.fail("key", "expected exactly one of url, file and inline beside the fingerprint");
  if (key.has("url")) out.key_url_ = key.text("url");
  if (key.has("file")) out.key_ = pinned(key, "file", params.source().read(key.text("file")), out.fingerprint_);
  if (key.has("inline")) out.key_ = pinned(key, "inline", key.text("inline"), out.fingerprint_);
  key.done();
  out.source_.types = {"deb"};
  out.source_.uri = list_word(params, "uri", params.text("uri"));
  out.source_.suite = list_word(params, "suite", params.text("suite"));
  out.source_.components = list_words(params, "components");
  out.source_.architectures = list_words(params, "architectures");
  if (out.source_.suite.ends_with("/") != out.source_.components.empty())
    params.fail("components", "a suite that ends in / has no components, any other at least one");
  out.keyring_ =
      absolute(params, "keyring", params.text("keyring", "/usr/share/keyrings/" + out.name_ + "-keyring.gpg"), ".gpg");
  out.list_ = absolute(params, "list", params.text("list", "/etc/apt/sources.list.d/" + out.name_ + ".list"), ".list");
  out.source_.signed_by = out.keyring_;
  out.replaces_ = params.texts("replaces");
  params.done();
  return out;
}

std::vector<core::Probe> AptRepository::probes(const Facts& known) const {
  std::vector<core::Probe> out{core::Clock{},
                               core::Platform{},
                               Keyring{keyring_},
                               Stat{keyring_},
                               FileText{list_},
                               Stat{list_},
                               AptIndex{source_.uri, source_.suite}};
  for (auto& probe : AptLegacy{list_, fingerprint_, source_, replaces_}.probes()) out.push_back(std::move(probe));
  if (needs_download(known)) out.emplace_back(core::Download{key_url_});
  return out;
}

core::Change AptRepository::plan(const Facts& known) const {
  Draft draft(kind, known);
  if (!has_apt(draft)) return draft.take();
  plan_keyring(draft);
  plan_keyring_mode(draft);
  plan_list(draft);
  AptLegacy{list_, fingerprint_, source_, replaces_}.plan(draft);
  plan_index(draft);
  return draft.take();
}

Finding AptRepository::keyring_holds(const Facts& facts) const {
  const auto expected = "key " + grouped(fingerprint_) + " alone, binary";
  if (!there(facts, Keyring{keyring_})) return {false, expected, "absent", ""};
  const auto form = text_of(facts, Keyring{keyring_}, "form");
  if (form == "malformed") return {false, expected, "no keyring", text_of(facts, Keyring{keyring_}, "why")};
  const auto keys = text_of(facts, Keyring{keyring_}, "fingerprints");
  const bool several = keys.find(',') != std::string::npos;
  const auto seen = keys.empty() ? "no key" : several ? "keys " + keys : "key " + grouped(keys);
  return {keys == fingerprint_ && form == "binary", expected, seen + ", " + form,
          form == "armoured" ? "apt reads a .gpg keyring only in binary form" : ""};
}

void AptRepository::plan_keyring(Draft& draft) const {
  std::vector<Need> needs{Keyring{keyring_}};
  if (needs_download(draft.facts())) needs.emplace_back(core::Download{key_url_});
  draft.check(
      needs, "keyring " + keyring_, [&](const Facts& facts) { return keyring_holds(facts); },
      [&](const Facts& facts) { return write_keyring(facts); });
}

/// Only a keyring that is known to be wrong is worth a download.
bool AptRepository::needs_download(const Facts& facts) const {
  const auto* answer = facts.find(Keyring{keyring_});
  if (!answer || key_url_.empty()) return false;
  const bool seen = std::holds_alternative<core::Absent>(*answer) || std::holds_alternative<core::Record>(*answer);
  return seen && !keyring_holds(facts).holds;
}

Cure AptRepository::write_keyring(const Facts& facts) const {
  if (key_url_.empty()) return act(core::WriteFile{keyring_, key_});
  const auto* bytes = facts.text(core::Download{key_url_});
  if (!bytes) return never(key_url_ + " is not there");
  try {
    const auto key = util::openpgp::only(*bytes, fingerprint_);
    if (!key.empty()) return act(core::WriteFile{keyring_, key});
    std::vector<std::string> others;
    for (const auto& other : util::openpgp::public_keys(*bytes)) others.push_back(grouped(other.fingerprint));
    return never(fmt::format("{} holds {}, the playbook pins {}: find out which is right before changing the pin",
                             key_url_, others.empty() ? "no key" : "key " + util::join(others, " and "),
                             grouped(fingerprint_)));
  } catch (const util::openpgp::Malformed& e) {
    return never(fmt::format("{} does not serve an OpenPGP key: {}", key_url_, e.what()));
  }
}

void AptRepository::plan_keyring_mode(Draft& draft) const {
  if (!there(draft.facts(), Stat{keyring_})) return;
  draft.check(
      {{Stat{keyring_}, {"mode"}}}, "apt may read the keyring",
      [&](const Facts& facts) {
        const auto mode = text_of(facts, Stat{keyring_}, "mode");
        return Finding{(mode_of(facts, keyring_) & 0444) == 0444, "mode 0644 or more", "mode " + mode, ""};
      },
      [&](const Facts& facts) {
        const auto mode = fmt::format("{:04o}", mode_of(facts, keyring_) | 0444);
        core::Run run{{"chmod", mode, keyring_}, "let everybody read " + keyring_};
        return Cure{core::mend(std::move(run), facts,
                               [&](Facts& after) {
                                 core::set_fields(after, Stat{keyring_}, {{"mode", mode}, {"ctime", core::now(after)}});
                               }),
                    {},
                    {}};
      });
}

std::string AptRepository::list_text() const {
  std::string options = "signed-by=" + keyring_;
  if (!source_.architectures.empty()) options = "arch=" + util::join(source_.architectures, ",") + " " + options;
  std::string line = fmt::format("deb [{}] {} {}", options, source_.uri, source_.suite);
  for (const auto& component : source_.components) line += " " + component;
  return line + "\n";
}

Finding AptRepository::list_holds(const Facts& facts) const {
  const auto* text = facts.text(FileText{list_});
  const auto expected = std::string(util::trim(list_text()));
  if (!text) return {false, expected, "absent", ""};
  const auto sources = parse_list(*text);
  const bool holds = sources.size() == 1 && sources.front() == source_;
  if (holds) return {true, expected, expected, ""};
  std::vector<std::string> seen;
  for (const auto& line : util::lines(*text))
    if (!parse_list(line).empty()) seen.emplace_back(util::trim(line));
  return {false, expected, seen.empty() ? "no entry" : util::join(seen, "; "), ""};
}

void AptRepository::plan_list(Draft& draft) const {
  draft.check(
      {FileText{list_}}, "list " + list_, [&](const Facts& facts) { return list_holds(facts); },
      [&](const Facts& facts) {
        const auto* before = facts.text(FileText{list_});
        Cure cure = act(core::WriteFile{list_, list_text()});
        cure.diffs = {{list_, before ? *before : "", list_text(), before == nullptr, false}};
        return cure;
      });
}

void AptRepository::plan_index(Draft& draft) const {
  const AptIndex index{source_.uri, source_.suite};
  draft.follow(
      {{index, {"refreshed"}}, {Stat{list_}, {"ctime"}}, {Stat{keyring_}, {"ctime"}}}, "apt's index of the repository",
      [&](const Facts& facts) {
        const auto refreshed = time_of(facts, index, "refreshed");
        const std::string expected = "refreshed after its list and keyring were written";
        if (!refreshed) return Finding{false, expected, "never refreshed", ""};
        for (const auto& path : {list_, keyring_})
          if (const auto changed = time_of(facts, Stat{path}, "ctime"); changed && changed->us > refreshed->us)
            return Finding{false, expected, "refreshed " + when(*refreshed), path + " was written " + when(*changed)};
        return Finding{true, expected, "refreshed " + when(*refreshed), ""};
      },
      [&](const Facts&) { return act(core::RefreshIndex{list_, source_.uri, source_.suite}); });
}

}  // namespace gpuctl::steps
