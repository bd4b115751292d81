#include <charconv>
#include <ctime>

#include "host/decode.hpp"
#include "util/strings.hpp"

namespace gpuctl::host {

namespace {

/// All of `text` as a number.
bool number(std::string_view text, std::int64_t& out) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return !text.empty() && error == std::errc{} && end == text.data() + text.size();
}

/// Digits behind a point as microseconds; other characters (date without %N) end them.
std::int64_t fraction(std::string_view digits) {
  std::int64_t us = 0;
  std::int64_t weight = 100'000;
  for (const char c : digits) {
    if (c < '0' || c > '9') break;
    us += (c - '0') * weight;
    weight /= 10;
  }
  return us;
}

/// Days since the epoch of a date of the proleptic Gregorian calendar.
std::int64_t days(std::int64_t year, std::int64_t month, std::int64_t day) {
  std::tm parts{};
  parts.tm_year = static_cast<int>(year - 1900);
  parts.tm_mon = static_cast<int>(month - 1);
  parts.tm_mday = static_cast<int>(day);
  return static_cast<std::int64_t>(timegm(&parts)) / 86400;
}

std::string unquoted(std::string_view value) {
  if (value.size() < 2 || (value.front() != '"' && value.front() != '\'') || value.back() != value.front())
    return std::string(value);
  value = value.substr(1, value.size() - 2);
  std::string out;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] == '\\' && i + 1 < value.size()) ++i;
    out += value[i];
  }
  return out;
}

void take_os_release(std::string_view line, core::Record& record) {
  const auto equals = line.find('=');
  if (equals == std::string_view::npos) return;
  const auto key = line.substr(0, equals);
  const auto value = unquoted(util::trim(line.substr(equals + 1)));
  if (key == "ID") record["id"] = value;
  if (key == "VERSION_ID") record["version"] = value;
  if (key == "VERSION_CODENAME") record["codename"] = value;
  if (key == "PRETTY_NAME") record["name"] = value;
}

/// dpkg's word for what uname says, where there is no dpkg.
std::string architecture(const std::string& machine) {
  if (machine == "x86_64") return "amd64";
  if (machine == "aarch64") return "arm64";
  return machine;
}

}  // namespace

core::Field decode_seconds(std::string_view text) {
  const auto point = std::min(text.find('.'), text.size());
  std::int64_t seconds = 0;
  if (!number(text.substr(0, point), seconds) || seconds < 0 || seconds > 1'000'000'000'000) return core::Absent{};
  return core::Time{seconds * 1'000'000 + fraction(text.substr(std::min(point + 1, text.size()))), false};
}

core::Field decode_timestamp(std::string_view text) {
  const auto words = util::words(text);
  if (words.size() < 3 || words[1].size() != 10 || words[2].size() < 8) return core::Absent{};
  const std::string_view date = words[1];
  const std::string_view time = words[2];
  std::int64_t part[6];
  const std::string_view texts[6] = {date.substr(0, 4), date.substr(5, 2), date.substr(8, 2),
                                     time.substr(0, 2), time.substr(3, 2), time.substr(6, 2)};
  for (int i = 0; i < 6; ++i)
    if (!number(texts[i], part[i]) || part[i] < 0) return core::Absent{};
  const auto seconds = ((days(part[0], part[1], part[2]) * 24 + part[3]) * 60 + part[4]) * 60 + part[5];
  const auto rest = time.substr(8);
  return core::Time{seconds * 1'000'000 + (rest.starts_with('.') ? fraction(rest.substr(1)) : 0), false};
}

core::Answer decode_platform(std::string_view bytes) {
  core::Record record;
  std::string machine;
  for (const auto& line : util::lines(bytes)) {
    const auto blank = line.find(' ');
    if (blank == std::string::npos) continue;
    const auto key = line.substr(0, blank);
    const auto value = line.substr(blank + 1);
    if (key == "os")
      take_os_release(value, record);
    else if (key == "machine")
      machine = value;
    else if (!value.empty())
      record[key] = value;
  }
  if (!record.contains("kernel")) return core::Failed{"the host did not name its kernel"};
  if (!record.contains("arch")) record["arch"] = architecture(machine);
  return record;
}

}  // namespace gpuctl::host
