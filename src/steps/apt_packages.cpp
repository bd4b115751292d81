#include "steps/apt_packages.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <span>

#include "core/predict.hpp"
#include "steps/look.hpp"
#include "steps/platform.hpp"
#include "steps/toolkit.hpp"
#include "util/strings.hpp"

namespace gpuctl::steps {

using core::Available;
using core::Facts;
using core::Package;
using core::PackageVersion;
using core::Stats;

namespace {

/// Where dpkg keeps what it has not yet entered; apt refuses to work while there is anything.
const Stats journal{"/var/lib/dpkg/updates/[0-9]*"};

bool is_package_name(const std::string& name) {
  constexpr std::string_view fine = "abcdefghijklmnopqrstuvwxyz0123456789+-.";
  return name.size() >= 2 && name.front() != '-' && name.front() != '.' && name.front() != '+' &&
         name.find_first_not_of(fine) == std::string::npos;
}

bool is_version(const std::string& version) {
  constexpr std::string_view fine = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.+-~:";
  return !version.empty() && version.find_first_not_of(fine) == std::string::npos && version.front() >= '0' &&
         version.front() <= '9';
}

std::string with_version(const PackageVersion& package) {
  return package.version.empty() ? package.name : package.name + " " + package.version;
}

/// dpkg stopped between unpacking and configuring.
bool is_half_way(const std::string& status) {
  return status == "unpacked" || status == "half-configured" || status == "half-installed" ||
         status.starts_with("triggers-");
}

/// What all packages are to be, for people.
std::string wanted_versions(const std::vector<PackageVersion>& packages) {
  const auto& first = packages.front().version;
  const bool one =
      std::ranges::all_of(packages, [&](const auto& p) { return !p.version.empty() && p.version == first; });
  if (one && packages.size() > 1) return fmt::format("{} packages at {}", packages.size(), first);
  std::vector<std::string> out;
  for (const auto& package : packages) out.push_back(with_version(package));
  return util::join(out, ", ");
}

/// Whether an index of apt's is about to be refreshed: what it offers can be asked only then.
bool index_comes(const Facts& facts) {
  return std::ranges::any_of(facts.all(), [&](const auto& entry) {
    if (!std::holds_alternative<core::AptIndex>(entry.first)) return false;
    const auto refreshed = time_of(facts, entry.first, "refreshed");
    return refreshed && refreshed->at_least;
  });
}

/// How a package is there, for people.
std::string seen(const Facts& facts, const std::string& name) {
  const auto version = text_of(facts, Package{name}, "version");
  const auto status = text_of(facts, Package{name}, "status");
  if (status == "config-files" || status == "not-installed" || status.empty()) return name + " absent";
  if (status == "installed") return name + " " + version;
  return fmt::format("{} {} ({})", name, version, status);
}

/// The same of several.
std::string seen_of(const Facts& facts, const std::vector<std::string>& names) {
  std::vector<std::string> out;
  for (const auto& name : names) out.push_back(seen(facts, name));
  const bool none = std::ranges::all_of(out, [](const auto& text) { return text.ends_with(" absent"); });
  return none && names.size() > 1 ? fmt::format("{} of them absent", names.size()) : util::join(out, ", ");
}

/// Versions that are not offered, and for whom; each sentence once.
class NotOffered {
 public:
  void add(const PackageVersion& package, const std::vector<std::string>& offered) {
    const auto most = std::min<std::size_t>(offered.size(), 6);
    names_[{package.version, util::join(std::span(offered).first(most), ", ")}].push_back(package.name);
  }
  std::vector<std::string> sentences() const {
    std::vector<std::string> out;
    for (const auto& [what, names] : names_)
      out.push_back(
          fmt::format("{} of {} is not offered; offered: {}", what.first, util::join(names, ", "), what.second));
    return out;
  }

 private:
  std::map<std::pair<std::string, std::string>, std::vector<std::string>> names_;
};

}  // namespace

AptPackages AptPackages::from(core::Params& params) {
  AptPackages out;
  for (const auto& [name, version] : params.pairs("install")) {
    if (!is_package_name(name)) params.fail("install", fmt::format("`{}` is not the name of a Debian package", name));
    if (version != "any" && !is_version(version))
      params.fail("install",
                  fmt::format("`{}` is not a version of {}: expected one such as 1.18.1-1, or any", version, name));
    out.packages_.push_back({name, version == "any" ? "" : version});
  }
  if (out.packages_.empty())
    params.fail("install", "expected packages with their versions", "such as {nvidia-container-toolkit: 1.18.1-1}");
  out.hold_ = params.flag("hold", true);
  out.lock_timeout_s_ = static_cast<int>(params.duration("lock_timeout", std::chrono::minutes(5)).count() / 1000);
  if (const auto odd = unequal_siblings(out.packages_); !odd.empty())
    params.fail("install", odd, "the packages of the NVIDIA Container Toolkit work together only at one version");
  params.done();
  return out;
}

std::string AptPackages::title() const {
  const auto& first = packages_.front();
  std::string out = with_version(first);
  if (const auto others = packages_.size() - 1; others > 0) {
    const bool siblings =
        std::ranges::all_of(packages_, [&](const auto& p) { return is_sibling(p.name) && p.version == first.version; });
    out += siblings ? fmt::format(" and {} sibling{}", others, others > 1 ? "s" : "")
                    : fmt::format(" and {} more", others);
  }
  return hold_ ? out + ", held" : out;
}

bool AptPackages::is_as_wanted(const PackageVersion& package, const Facts& facts) const {
  if (text_of(facts, Package{package.name}, "status") != "installed") return false;
  return package.version.empty() || text_of(facts, Package{package.name}, "version") == package.version;
}

std::vector<core::Probe> AptPackages::probes(const Facts& known) const {
  std::vector<core::Probe> out{core::Clock{}, core::Platform{}, journal};
  for (const auto& package : packages_) out.emplace_back(Package{package.name});
  for (const auto& name : undeclared_siblings(packages_)) out.emplace_back(Package{name});
  if (!sibling_version(packages_).empty())
    for (const auto& program : programs()) out.emplace_back(core::Stat{program.path});
  if (index_comes(known)) return out;
  for (const auto& package : packages_)
    if (known.asked(Package{package.name}) && !is_as_wanted(package, known)) out.emplace_back(Available{package.name});
  return out;
}

core::Change AptPackages::plan(const Facts& known) const {
  Draft draft(kind, known);
  if (!has_apt(draft)) return draft.take();
  plan_dpkg(draft);
  plan_versions(draft);
  plan_siblings(draft);
  if (hold_) plan_hold(draft);
  return draft.take();
}

std::vector<Need> AptPackages::package_needs(const std::vector<std::string>& fields) const {
  std::vector<Need> out;
  for (const auto& package : packages_) out.emplace_back(Package{package.name}, fields);
  return out;
}

void AptPackages::plan_dpkg(Draft& draft) const {
  auto needs = package_needs({"status"});
  needs.emplace_back(journal);
  draft.check(
      needs, "dpkg",
      [&](const Facts& facts) {
        std::vector<std::string> half;
        for (const auto& package : packages_)
          if (is_half_way(text_of(facts, Package{package.name}, "status"))) half.push_back(seen(facts, package.name));
        const auto* entries = facts.record(journal);
        if (entries && !entries->empty()) half.emplace_back("entries in /var/lib/dpkg/updates");
        return Finding{half.empty(), "nothing half done", half.empty() ? "nothing half done" : util::join(half, ", "),
                       half.empty() ? "" : "dpkg was interrupted"};
      },
      [&](const Facts&) { return act(core::ConfigurePackages{lock_timeout_s_}); });
}

void AptPackages::plan_versions(Draft& draft) const {
  draft.check(
      package_needs({"version", "status"}), "versions",
      [&](const Facts& facts) {
        std::vector<std::string> off;
        for (const auto& package : packages_)
          if (!is_as_wanted(package, facts)) off.push_back(package.name);
        const auto expected = wanted_versions(packages_);
        return Finding{off.empty(), expected, off.empty() ? expected : seen_of(facts, off), ""};
      },
      [&](const Facts& facts) { return install(facts); });
}

/// What apt cannot give, as a sentence; empty when it can or when its index is yet to be refreshed.
std::string AptPackages::not_offered(const Facts& facts) const {
  NotOffered missing;
  std::vector<std::string> unheard_of;
  for (const auto& package : packages_) {
    if (is_as_wanted(package, facts)) continue;
    const auto* answer = facts.find(Available{package.name});
    if (!answer || std::holds_alternative<core::Unknown>(*answer)) continue;
    if (const auto* failed = std::get_if<core::Failed>(answer))
      return fmt::format("which versions of {} there are could not be asked: {}", package.name, failed->why);
    const auto versions = util::words(text_of(facts, Available{package.name}, "versions"));
    if (versions.empty())
      unheard_of.push_back(package.name);
    else if (!package.version.empty() && std::ranges::find(versions, package.version) == versions.end())
      missing.add(package, versions);
  }
  auto out = missing.sentences();
  if (!unheard_of.empty()) out.push_back("no repository of this host offers " + util::join(unheard_of, ", "));
  return util::join(out, "; ");
}

Cure AptPackages::install(const Facts& facts) const {
  if (const auto missing = not_offered(facts); !missing.empty())
    return never(missing +
                 ". Name a version that is offered, or see to the repository (apt_repository, apt-get update)");
  core::InstallPackages action{packages_, hold_, lock_timeout_s_};
  const auto paths = new_programs(facts);
  return {core::mend(std::move(action), facts,
                     [&](Facts& after) {
                       for (const auto& name : come_along(facts))
                         after.set(Package{name}, core::Record{{"version", core::Unknown{}},
                                                               {"want", core::Unknown{}},
                                                               {"status", "installed"}});
                       for (const auto& path : paths)
                         core::set_fields(after, core::Stat{path},
                                          {{"type", "file"}, {"ctime", core::now(after)}, {"size", core::Unknown{}}});
                     }),
          {},
          {}};
}

/// The toolkit depends on the other three: apt brings those that nobody named.
std::vector<std::string> AptPackages::come_along(const Facts& facts) const {
  const bool toolkit_comes = std::ranges::any_of(
      packages_, [&](const auto& p) { return p.name == "nvidia-container-toolkit" && !is_as_wanted(p, facts); });
  auto out = toolkit_comes ? undeclared_siblings(packages_) : std::vector<std::string>{};
  std::erase_if(out, [&](const auto& name) { return text_of(facts, Package{name}, "status") == "installed"; });
  return out;
}

/// The programs that come, or come anew, when what is not as wanted is installed.
std::vector<std::string> AptPackages::new_programs(const Facts& facts) const {
  auto coming = come_along(facts);
  for (const auto& package : packages_)
    if (!is_as_wanted(package, facts)) coming.push_back(package.name);
  std::vector<std::string> out;
  for (const auto& program : programs())
    if (std::ranges::find(coming, program.package) != coming.end()) out.push_back(program.path);
  return out;
}

void AptPackages::plan_siblings(Draft& draft) const {
  const auto others = undeclared_siblings(packages_);
  if (others.empty()) return;
  const auto version = sibling_version(packages_);
  std::vector<Need> needs;
  for (const auto& name : others) needs.emplace_back(Package{name}, std::vector<std::string>{"version", "status"});
  draft.check(
      needs, "siblings that the playbook does not name",
      [&](const Facts& facts) {
        std::vector<std::string> off;
        for (const auto& name : others)
          if (text_of(facts, Package{name}, "status") == "installed" &&
              text_of(facts, Package{name}, "version") != version)
            off.push_back(seen(facts, name));
        return Finding{off.empty(), version + " or absent", off.empty() ? "so they are" : util::join(off, ", "), ""};
      },
      [&](const Facts&) {
        return never(
            "the packages of the NVIDIA Container Toolkit work together only at one version: name all four under "
            "`install`");
      });
}

void AptPackages::plan_hold(Draft& draft) const {
  const auto unheld = [&](const Facts& facts) {
    std::vector<std::string> out;
    for (const auto& package : packages_)
      if (text_of(facts, Package{package.name}, "want") != "hold") out.push_back(package.name);
    return out;
  };
  const auto is_there = [](const Facts& facts, const std::string& name) {
    return text_of(facts, Package{name}, "status") == "installed";
  };
  // Without the package there is nothing to hold; the versions say that it is missing.
  if (std::ranges::any_of(packages_, [&](const auto& p) { return !is_there(draft.facts(), p.name); })) return;
  draft.check(
      package_needs({"want"}), "hold",
      [&](const Facts& facts) {
        const auto off = unheld(facts);
        return Finding{off.empty(), "held", off.empty() ? "held" : "not held: " + util::join(off, ", "), ""};
      },
      [&](const Facts& facts) { return act(core::HoldPackages{unheld(facts), true}); });
}

}  // namespace gpuctl::steps
