#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/facts.hpp"

namespace gpuctl::steps {

// Small questions to facts that are known to be known.

/// Whether something is there: an answer that is a text or a record.
bool there(const core::Facts&, const core::Probe&);
/// A field's text; empty when it has none.
std::string text_of(const core::Facts&, const core::Probe&, const std::string& key);
/// A field's time.
std::optional<core::Time> time_of(const core::Facts&, const core::Probe&, const std::string& key);
/// The latest time in the record of a Stats probe, with its path.
std::optional<std::pair<std::string, core::Time>> latest(const core::Facts&, const core::Stats&);

/// `k3s-agent` as systemd has it: k3s-agent.service.
std::string full_unit(const std::string& name);
/// The other way, for people.
std::string short_unit(const std::string& name);

/// `at 2025-11-21 09:14:02 UTC`, or `in this run` for a predicted time.
std::string when(core::Time);

/// `2025-11-21T09:14:02.123456Z`, as the API writes times (RFC 3339, UTC); nothing for anything else.
std::optional<core::Time> parse_time(const std::string&);

/// The first line that says anything, cut at 100 bytes. What does not belong on a terminal is the view's to replace.
std::string shown(std::string_view output);

}  // namespace gpuctl::steps
