#pragma once

#include <string>

#include "core/answer.hpp"

namespace gpuctl::steps {

/// What stood in a pod's way, by its record (PodProof): the warnings among its events, each once, the last ones.
std::string warnings_of(const core::Record& pod);
/// The pod's own reason and message, and what the events have besides.
std::string trouble_of(const core::Record& pod);
/// Why the scheduler has no node for it; where it is meant for one, that node's reasons alone.
std::string unplaced_because(const core::Record& pod, const std::string& node);
/// What a person can do where it could not even be made, by the server's words.
std::string advice_for_refused(const std::string& why, const std::string& space);
/// It was given to a node, and nothing was heard of it from there.
bool is_not_begun(const core::Record& pod);
/// What a person can do about it.
std::string advice_of(const core::Record& pod, const std::string& where);
/// How to look at a pod that was kept; empty when it was not.
std::string kept_words(const core::Record& pod, const std::string& where);
/// The line of a log that is most like a text that is missing from it.
std::string nearest_line(const std::string& log, const std::string& text);

}  // namespace gpuctl::steps
