#pragma once

#include <string>

#include "core/answer.hpp"
#include "core/kube.hpp"

namespace gpuctl::steps {

/// What was sent, as an annotation remembers it: a digest, by which a field that is sent no longer is noticed.
inline constexpr const char* sent_key = "gpuctl/sent";

/// A pointer as people write it: `spec.template.spec.containers[0].image`.
std::string words_of(const std::string& pointer);

/// An object as lines that can be compared: `spec.replicas: 2`. Without its status, what the server keeps books with,
/// and the values of a secret, of which only whether they changed against `before` is told.
std::string object_text(const core::KubeRef&, const core::Record& object, const core::Record* before = nullptr);

/// `spec.replicas is 1, metadata.labels.a is absent`, of a secret the names alone.
std::string differences(const core::KubeRef&, const core::Record& differing);

}  // namespace gpuctl::steps
