#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <variant>

#include "core/one_of.hpp"

namespace gpuctl::core {

/// Microseconds since the epoch, on the host's clock.
struct Time {
  std::int64_t us = 0;
  bool at_least = false;  ///< a prediction: not before this
  bool operator==(const Time&) const = default;
};

/// A file's times come from the kernel's coarse clock, which stands still for a tick (10 ms at 100 Hz), while systemd
/// and date(1) read the fine one: a file may look that much older than what happened before it was written.
inline constexpr std::int64_t tick_us = 10'000;

/// The thing asked for does not exist.
struct Absent {
  bool operator==(const Absent&) const = default;
};

/// Cannot be known before `after` (a step's name) was performed.
struct Unknown {
  std::string after;
  bool operator==(const Unknown&) const = default;
};

/// The question could not be answered; `why` is for people.
struct Failed {
  std::string why;
  bool operator==(const Failed&) const = default;
};

/// Text or bytes, as found.
struct Text {
  std::string value;
  bool operator==(const Text&) const = default;
};

struct Field : std::variant<Absent, std::string, Time, Unknown> {
  GPUCTL_ONE_OF(Field);
};
bool operator==(const Field&, const Field&);

/// An answer that is known field by field.
using Record = std::map<std::string, Field>;

struct Answer : std::variant<Absent, Text, Record, Failed, Unknown> {
  GPUCTL_ONE_OF(Answer);
};

bool equal(const Answer&, const Answer&);

/// Whether reality bears out a prediction: Unknown confirms anything, a Time marked at_least anything not before it (by
/// more than a tick), a Record field by field (fields that were not predicted do not count).
bool confirms(const Answer& predicted, const Answer& gathered);

/// The text of a field, or the empty string when it is not a string.
std::string text_of(const Record&, const std::string& key);

/// One line for people: `absent`, `"…"`, `version=1.2 want=hold`, `known after apt_packages`.
std::string describe(const Answer&);
std::string describe(const Field&);

/// Local time with microseconds left out: `2025-11-21 09:14:02`. UTC: the host's zone is not asked for.
std::string describe(Time);

}  // namespace gpuctl::core
