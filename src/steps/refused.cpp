#include "steps/refused.hpp"

#include <fmt/core.h>

#include "core/refusal_words.hpp"

namespace gpuctl::steps {

std::string refused_because(const std::string& why) {
  const bool says_who = core::says(why, " refuses it") || why.starts_with(core::server) || why.starts_with(core::hook);
  return says_who ? why : "the server refuses it: " + why;
}

std::string refused_advice(const std::string& why, const std::string& where, const std::string& force) {
  if (core::says(why, core::not_ours))
    return fmt::format("leave the field out at {}, or take it with {}", where, force);
  if (why.starts_with(core::server)) return "run it again when the API server is well";
  if (!why.starts_with(core::hook)) return "correct it at " + where;
  return core::says(why, " refuses it") ? fmt::format("correct it at {}, or ask who runs the webhook", where)
                                        : "see to the webhook, or ask who runs it";
}

}  // namespace gpuctl::steps
