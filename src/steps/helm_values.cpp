#include "steps/helm_values.hpp"

#include <fmt/core.h>

#include "chart/values/documents.hpp"
#include "core/visit.hpp"

namespace gpuctl::steps {

using chart::Value;

namespace {

Value list_value(const core::Node::List& from) {
  chart::List out;
  for (const auto& item : from) out.items.push_back(helm_value(item));
  return Value(std::move(out));
}

Value map_value(const core::Node::Mapping& from) {
  chart::Map out;
  for (const auto& entry : from) out.entries.insert_or_assign(entry.key, helm_value(entry.value));
  return Value(std::move(out));
}

std::shared_ptr<chart::Map> file_values(core::Params& params, const std::string& path) {
  try {
    return chart::read_documents(params.source().read(path));
  } catch (const core::Error& error) {
    params.fail("values_files", fmt::format("{}: {}", path, error.message()));
  }
}

}  // namespace

Value helm_value(const core::Node& node) {
  return std::visit(core::Overload{
                        [](std::monostate) { return Value(); },
                        [](bool value) { return Value(value); },
                        [](std::int64_t value) { return Value::of_float(static_cast<double>(value)); },
                        [](double value) { return Value::of_float(value); },
                        [](const std::string& value) { return Value(value); },
                        [](const core::Node::List& value) { return list_value(value); },
                        [](const core::Node::Mapping& value) { return map_value(value); },
                    },
                    node.value);
}

std::shared_ptr<chart::Map> helm_values(core::Params& params) {
  auto out = std::make_shared<chart::Map>();
  for (const auto& path : params.texts("values_files")) out = chart::merged(*out, *file_values(params, path));
  const auto* own = params.node("values");
  if (!own) return out;
  if (!std::holds_alternative<core::Node::Mapping>(own->value))
    params.fail("values", fmt::format("expected a mapping of values, found {}", core::found(*own)));
  return chart::merged(*out, *helm_value(*own).map());
}

}  // namespace gpuctl::steps
