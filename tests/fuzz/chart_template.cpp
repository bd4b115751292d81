#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "chart/functions/functions.hpp"
#include "chart/render/engine.hpp"

// A file of a chart. Whatever the bytes are: a text or an error that says where, the same each time, and soon.

namespace {

using namespace gpuctl::chart;

/// What does not depend on the time of day, and is quick.
Functions steady() {
  constexpr std::array<std::string_view, 14> names = {"include", "tpl",     "dict",   "list",    "default",
                                                      "quote",   "nindent", "trunc",  "toYaml",  "upper",
                                                      "hasKey",  "set",     "concat", "required"};
  Functions out;
  for (const auto name : names)
    if (const Function* function = helm_functions().find(name)) out.add({function, 1});
  return out;
}

Value data() {
  Map inner;
  inner.entries["k"] = Value("v");
  inner.entries["nothing"] = Value();
  List list;
  list.items = {Value::of_int(1), Value("two"), Value::of_float(2.5), Value(inner)};
  Map map;
  map.entries["m"] = Value(std::move(inner));
  map.entries["l"] = Value(std::move(list));
  map.entries["s"] = Value("text");
  map.entries["n"] = Value::of_float(7);
  return Value(std::move(map));
}

std::string outcome(std::string_view text) {
  static const Functions functions = steady();
  Surroundings world;
  world.now = [] { return std::chrono::system_clock::time_point(); };
  world.random = [](std::span<unsigned char> bytes) { std::fill(bytes.begin(), bytes.end(), 4); };
  TemplateSet set(functions, MissingKey::zero, nullptr, {20000, 1 << 20});
  std::string out;
  try {
    set.add("fuzz", text);
    RenderEngine engine(set, world, false);
    set.execute("fuzz", data(), engine, out);
  } catch (const TemplateError& error) {
    std::string what = error.what();
    if (!what.starts_with("template: ")) std::abort();
    // How deep it got is a matter of the stack that was left, not of the text.
    constexpr std::string_view too_deep = "exceeded maximum template depth (100000)";
    return what.ends_with(too_deep) ? std::string(too_deep) : what;
  }
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const bool addresses = text.find("%") != std::string_view::npos;  // %p differs from time to time
  const auto first = outcome(text), second = outcome(text);
  if (first != second && !addresses) {
    std::fprintf(stderr, "one text, two outcomes\n--- first\n%.2000s\n--- then\n%.2000s\n", first.c_str(),
                 second.c_str());
    std::abort();
  }
  return 0;
}
