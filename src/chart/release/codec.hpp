#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "chart/release/release.hpp"
#include "core/secret_store.hpp"

namespace gpuctl::chart::release {

/// What a stored release may unpack to. A Secret has at most one MiB, a chart's text packs to a fifth or less.
constexpr std::size_t most_unpacked = std::size_t{32} << 20U;

/// `sh.helm.release.v1.NAME.vN`.
std::string secret_name(const std::string& name, std::int64_t version);
/// The Secrets of all releases, or of one.
std::string secret_labels(const std::string& name = {});

/// The release in a Secret of Helm 3's or 4's; one from before Helm packed them is read too. Throws
/// core::Error{failed} with the Secret's name, what was seen and what was expected.
Release decode(const core::SecretObject&);

/// The Secret that Helm would store: `now` in seconds since the epoch goes into the label `createdAt`, or into
/// `modifiedAt` where the Secret is to replace the one that is there. A label of the user's under one of Helm's own
/// names is not stored.
enum class Write : std::uint8_t { create, replace };
core::SecretObject encode(const Release&, std::int64_t now, Write);

/// The release as JSON has it, in Helm's fields.
Value json_value(const Release&);

}  // namespace gpuctl::chart::release
