#include "chart/render/engine.hpp"

#include <fmt/core.h>

#include "chart/function.hpp"
#include "chart/go/quote.hpp"
#include "chart/template/error.hpp"

namespace gpuctl::chart {

namespace {

constexpr int most_nested = 1000;
/// What Helm calls its set of templates, and with it every text given to tpl.
const std::string set_name = "gotpl";

/// Runs `last` when it goes out of scope.
template <class Last>
struct Finally {
  Last last;
  ~Finally() { last(); }
};
template <class Last>
Finally(Last) -> Finally<Last>;

}  // namespace

void remove_no_value(std::string& text) {
  constexpr std::string_view words = "<no value>";
  auto at = text.find(words);
  if (at == std::string::npos) return;
  std::string out;
  std::size_t from = 0;
  for (; at != std::string::npos; at = text.find(words, from)) {
    out.append(text, from, at - from);
    from = at + words.size();
  }
  out.append(text, from);
  text = std::move(out);
}

std::string RenderEngine::include(const std::string& name, const Value& data) {
  int& nested = included_[name];
  if (nested > most_nested)
    throw CallError(
        fmt::format("rendering template has a nested reference name: {}: unable to execute template", name));
  ++nested;
  const Finally leave{[&] { --nested; }};
  std::string out;
  sets_.back()->execute(name, data, *this, out);
  return out;
}

std::string RenderEngine::tpl(const std::string& text, const Value& data) {
  std::string out;
  if (text.find("{{") == std::string::npos) {
    out = text;
  } else {
    TemplateSet set(*sets_.back());
    // Else a text of nothing but space would leave the one of the tpl around it in its place.
    set.remove(set_name);
    try {
      set.add(set_name, text);
    } catch (const TemplateError& error) {
      throw CallError(fmt::format("cannot parse template {}: {}", go::quoted(text), error.what()));
    }
    sets_.push_back(&set);
    const Finally leave{[&] { sets_.pop_back(); }};
    try {
      set.execute(set_name, data, *this, out);
    } catch (const TemplateError& error) {
      throw CallError(fmt::format("error during tpl function execution for {}: {}", go::quoted(text), error.what()));
    }
  }
  remove_no_value(out);
  return out;
}

Value RenderEngine::lookup(const std::string& api_version, const std::string& kind, const std::string& name_space,
                           const std::string& name) {
  return world_.lookup ? world_.lookup(api_version, kind, name_space, name) : Value(Map{});
}

}  // namespace gpuctl::chart
