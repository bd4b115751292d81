#include "chart/values/schema.hpp"

#include <fmt/core.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "chart/values/schema_draft.hpp"
#include "core/error.hpp"

namespace gpuctl::chart {

namespace {

using Json = nlohmann::json;
using Adapter = valijson::adapters::NlohmannJsonAdapter;

/// To JSON Schema a whole number is an integer, however it is written.
Json number(double d) {
  const bool whole = d == std::floor(d) && std::fabs(d) < 9.2e18;
  return whole ? Json(static_cast<std::int64_t>(d)) : Json(d);
}

Json json_of(const Value& value) {
  switch (value.kind()) {
    case Kind::nil:
    case Kind::object:
      return nullptr;
    case Kind::boolean:
      return value.boolean();
    case Kind::float64:
      return number(value.float64());
    case Kind::string:
      return value.string();
    case Kind::list: {
      Json out = Json::array();
      for (const auto& item : value.list().items) out.push_back(json_of(item));
      return out;
    }
    case Kind::map: {
      Json out = Json::object();
      for (const auto& [key, item] : value.map()->entries) out[key] = json_of(item);
      return out;
    }
    default:
      return value.integer();
  }
}

void whole_numbers(Json& node) {
  if (node.is_number_float()) node = number(node.get<double>());
  if (node.is_structured())
    for (auto& item : node) whole_numbers(item);
}

/// `/a/0/b` of the library's `<root>[a][0][b]`.
std::string pointer(const std::vector<std::string>& context) {
  std::string out;
  for (const auto& part : context) {
    if (part == "<root>") continue;
    const bool bracketed = part.size() >= 2 && part.front() == '[' && part.back() == ']';
    out += "/" + (bracketed ? part.substr(1, part.size() - 2) : part);
  }
  return out;
}

/// What is wrong in words that say it once: errors that only lead to another one are left out.
std::string words(const std::string& description) {
  if (description.starts_with("Failed to validate against schema associated with") ||
      description.starts_with("Failed to validate item #"))
    return "";
  const auto quoted = [&] {
    const auto first = description.find('\'');
    const auto last = description.rfind('\'');
    return first == last ? "" : description.substr(first, last - first + 1);
  };
  if (description.starts_with("Missing required property")) return "missing property " + quoted();
  return description;
}

std::string lines(valijson::ValidationResults& results) {
  std::string out;
  std::string last;
  valijson::ValidationResults::Error error;
  while (results.popError(error)) {
    const auto text = words(error.description);
    last = fmt::format("- at '{}': {}", pointer(error.context), text.empty() ? error.description : text);
    if (!text.empty()) out += (out.empty() ? "" : "\n") + last;
  }
  return out.empty() ? last : out;
}

}  // namespace

std::string schema_faults(const std::string& schema, const Map& values, const Warn& warn) {
  KnownSchema known;
  try {
    known = known_schema(schema, warn);
  } catch (const core::Error& error) {
    return error.message();
  }
  auto parsed = Json::parse(known.text);
  whole_numbers(parsed);
  valijson::Schema rules;
  try {
    valijson::SchemaParser parser(known.is_draft4 ? valijson::SchemaParser::kDraft4 : valijson::SchemaParser::kDraft7);
    parser.populateSchema(Adapter(parsed), rules);
  } catch (const std::exception& error) {
    return error.what();
  }
  Json document = Json::object();
  for (const auto& [key, value] : values.entries) document[key] = json_of(value);
  try {
    valijson::Validator validator;
    valijson::ValidationResults results;
    if (validator.validate(rules, Adapter(document), &results)) return "";
    return lines(results);
  } catch (const std::exception& error) {
    warn(std::string("cannot be checked: ") + error.what());
    return "";
  }
}

}  // namespace gpuctl::chart
