#pragma once

#include "chart/package/chart.hpp"
#include "chart/release/release.hpp"
#include "chart/render/release.hpp"

namespace gpuctl::chart::release {

/// What Helm would store of a rendered chart, without how it stands and when that was.
Release composed(const Chart& chart, const Rendered& rendered, const ReleaseRequest& request);

/// Of the chart alone.
StoredChart stored_chart(const Chart& chart);

}  // namespace gpuctl::chart::release
