#pragma once

#include <string_view>
#include <type_traits>

#include "core/action.hpp"
#include "core/change.hpp"
#include "core/probe.hpp"

// Names the fields of what a saved plan holds: `fields(value, visit)` calls visit("name", value.name) for each, for
// reading as for writing. A field that is added to a probe or an action is added here; a test builds each and compares.
namespace gpuctl::engine {

template <class T, class Of>
concept Is = std::is_same_v<std::remove_const_t<T>, Of>;

template <class T>
  requires Is<T, core::Clock> || Is<T, core::Platform>
void fields(T&, auto&&) {}

template <class T>
  requires Is<T, core::FileText> || Is<T, core::Stat> || Is<T, core::Keyring> || Is<T, core::RemoveFile>
void fields(T& p, auto&& visit) {
  visit("path", p.path);
}

template <class T>
  requires Is<T, core::Files> || Is<T, core::Stats>
void fields(T& p, auto&& visit) {
  visit("glob", p.glob);
}

void fields(Is<core::Handlers> auto& p, auto&& visit) {
  visit("config", p.config);
}

void fields(Is<core::HandlersAfterConfigure> auto& p, auto&& visit) {
  visit("config", p.config);
  visit("drop_in", p.drop_in);
  visit("handler", p.handler);
  visit("set_as_default", p.set_as_default);
}

template <class T>
  requires Is<T, core::Package> || Is<T, core::Unit>
void fields(T& p, auto&& visit) {
  visit("name", p.name);
}

void fields(Is<core::Available> auto& p, auto&& visit) {
  visit("package", p.package);
}

void fields(Is<core::AptIndex> auto& p, auto&& visit) {
  visit("uri", p.uri);
  visit("suite", p.suite);
}

void fields(Is<core::Command> auto& p, auto&& visit) {
  visit("argv", p.argv);
  visit("sudo", p.sudo);
  visit("timeout_s", p.timeout_s);
}

void fields(Is<core::Download> auto& p, auto&& visit) {
  visit("url", p.url);
}

void fields(Is<core::KubeServer> auto&, auto&&) {}

void fields(Is<core::KubeRef> auto& r, auto&& visit) {
  visit("api_version", r.api_version);
  visit("kind", r.kind);
  visit("namespace", r.namespace_);
  visit("name", r.name);
}

void fields(Is<core::Leaf> auto& l, auto&& visit) {
  visit("text", l.text);
  visit("string", l.string);
}

template <class T>
  requires Is<T, core::KubeObject> || Is<T, core::KubeLookup>
void fields(T& p, auto&& visit) {
  visit("object", p.object);
}

void fields(Is<core::KubeList> auto& p, auto&& visit) {
  visit("api_version", p.api_version);
  visit("of_kind", p.kind);  // `kind` is the probe's own
  visit("namespace", p.namespace_);
  visit("labels", p.labels);
  visit("fields", p.fields);
  visit("keep", p.keep);
}

template <class T>
  requires Is<T, core::KubeDryRun> || Is<T, core::KubeApply>
void fields(T& p, auto&& visit) {
  visit("object", p.object);
  visit("fields", p.fields);
  visit("manager", p.manager);
  visit("force", p.force);
}

void fields(Is<core::KubeLog> auto& p, auto&& visit) {
  visit("namespace", p.namespace_);
  visit("pod", p.pod);
  visit("container", p.container);
  visit("lines", p.lines);
}

void fields(Is<core::PodProof> auto& p, auto&& visit) {
  visit("pod", p.pod);
  visit("fields", p.fields);
  visit("timeout_s", p.timeout_s);
}

void fields(Is<core::KubeDelete> auto& a, auto&& visit) {
  visit("object", a.object);
  visit("uid", a.uid);
  visit("propagation", a.propagation);
}

void fields(Is<core::KubeTaint> auto& a, auto&& visit) {
  visit("node", a.node);
  visit("key", a.key);
  visit("value", a.value);
  visit("effect", a.effect);
  visit("remove", a.remove);
}

void fields(Is<core::KubeApis> auto&, auto&&) {}

void fields(Is<core::HelmReleases> auto& p, auto&& visit) {
  visit("namespace", p.namespace_);
  visit("name", p.name);
}

void fields(Is<core::HelmHook> auto& h, auto&& visit) {
  visit("object", h.object);
  visit("fields", h.fields);
  visit("place", h.place);
  visit("delete_policies", h.delete_policies);
}

void fields(Is<core::HelmChange> auto& a, auto&& visit) {
  visit("what", a.what);
  visit("name", a.name);
  visit("namespace", a.namespace_);
  visit("revision", a.revision);
  visit("replaces", a.replaces);
  visit("from", a.from);
  visit("content", a.content);
  visit("copy_of", a.copy_of);
  visit("origin", a.origin);
  visit("description", a.description);
  visit("before", a.before);
  visit("objects", a.objects);
  visit("gone", a.gone);
  visit("after", a.after);
  visit("migrate", a.migrate);
  visit("wait", a.wait);
  visit("timeout_s", a.timeout_s);
  visit("history_max", a.history_max);
  visit("keep_history", a.keep_history);
  visit("made", a.made);
  visit("if_it_fails", a.if_it_fails);
}

void fields(Is<core::WriteFile> auto& a, auto&& visit) {
  visit("path", a.path);
  visit("content", a.content);
  visit("mode", a.mode);
  visit("owner", a.owner);
  visit("group", a.group);
}

void fields(Is<core::PackageVersion> auto& p, auto&& visit) {
  visit("name", p.name);
  visit("version", p.version);
}

void fields(Is<core::InstallPackages> auto& a, auto&& visit) {
  visit("packages", a.packages);
  visit("hold", a.hold);
  visit("lock_timeout_s", a.lock_timeout_s);
}

void fields(Is<core::ConfigurePackages> auto& a, auto&& visit) {
  visit("lock_timeout_s", a.lock_timeout_s);
}

void fields(Is<core::HoldPackages> auto& a, auto&& visit) {
  visit("packages", a.packages);
  visit("hold", a.hold);
}

void fields(Is<core::RefreshIndex> auto& a, auto&& visit) {
  visit("list", a.list);
  visit("uri", a.uri);
  visit("suite", a.suite);
  visit("lock_timeout_s", a.lock_timeout_s);
}

void fields(Is<core::RestartUnit> auto& a, auto&& visit) {
  visit("unit", a.unit);
  visit("makes", a.makes);
}

void fields(Is<core::EnableUnit> auto& a, auto&& visit) {
  visit("unit", a.unit);
}

void fields(Is<core::Run> auto& a, auto&& visit) {
  visit("argv", a.argv);
  visit("title", a.title);
  visit("timeout_s", a.timeout_s);
}

void fields(Is<core::Diff> auto& d, auto&& visit) {
  visit("path", d.path);
  visit("before", d.before);
  visit("after", d.after);
  visit("created", d.created);
  visit("removed", d.removed);
}

void fields(Is<core::Disruption> auto& d, auto&& visit) {
  visit("restarts", d.restarts);
  visit("note", d.note);
}

void fields(Is<core::Never> auto& r, auto&& visit) {
  visit("advice", r.advice);
}

void fields(Is<core::Later> auto& r, auto&& visit) {
  visit("after", r.after);
}

void fields(Is<core::Awaits> auto& r, auto&& visit) {
  visit("restart_of", r.restart_of);
}

void fields(Is<core::Wait> auto&, auto&&) {}

void fields(Is<core::Mend> auto& r, auto&& visit) {
  visit("action", r.action);
  visit("promises", r.promises);
}

void fields(Is<core::Check> auto& c, auto&& visit) {
  visit("what", c.what);
  visit("expected", c.expected);
  visit("observed", c.observed);
  visit("outcome", c.outcome);
  visit("because", c.because);
}

void fields(Is<core::Gap> auto& g, auto&& visit) {
  visit("check", g.check);
  visit("remedy", g.remedy);
  visit("disruption", g.disruption);
  visit("diffs", g.diffs);
}

void fields(Is<core::Change> auto& c, auto&& visit) {
  visit("held", c.held);
  visit("gaps", c.gaps);
}

}  // namespace gpuctl::engine
