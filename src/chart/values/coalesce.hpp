#pragma once

#include <memory>
#include <string>

#include "chart/package/chart.hpp"
#include "chart/value.hpp"

namespace gpuctl::chart {

/// What becomes of a null that the user sets: it takes the chart's default away, or is kept for a later coalescing.
enum class Nulls : std::uint8_t { take_away, keep };

/// The user's values over those of the chart and of its subcharts, each under its name, with globals handed down. The
/// user's map is not changed. Throws core::Error{invalid}: `type mismatch on SUBCHART: …`.
std::shared_ptr<Map> coalesced(const Chart& chart, const Map& user, Nulls nulls, const Warn& warn);

/// Fills `into` with what it lacks of `from`.
void merge_tables(const std::shared_ptr<Map>& into, const std::shared_ptr<Map>& from, const Warn& warn);

/// The table at a path such as `a.b`; null where there is none.
std::shared_ptr<Map> table_at(const std::shared_ptr<Map>& values, std::string_view path);

}  // namespace gpuctl::chart
