#include "view/error.hpp"

#include "view/page.hpp"

namespace gpuctl::view {

std::string error_text(const core::Error& error, const Style& style) {
  constexpr std::size_t label = 8;
  Page page(style);
  page.pair(0, "gpuctl:", label, error.message(), Tone::plain, Tone::bad);
  if (!error.where().file.empty()) page.pair(2, "in", label - 2, error.where().text());
  for (const auto& context : error.trace()) page.pair(2, "", label - 2, context, Tone::faint);
  if (!error.hint().empty()) page.pair(2, "try", label - 2, error.hint());
  return page.text();
}

}  // namespace gpuctl::view
