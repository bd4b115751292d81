#include <algorithm>
#include <cmath>

#include "chart/functions/cast.hpp"
#include "chart/functions/go_panic.hpp"
#include "chart/functions/reflect.hpp"
#include "chart/functions/tables.hpp"
#include "chart/go/slice.hpp"
#include "chart/number.hpp"

// Lists. Each function takes any value and says itself which it cannot do with.

namespace gpuctl::chart {

namespace {

/// The list, or the words `complaint KIND`; Go's reflection knows no type of nil.
const List& list_or(const Value& value, const char* complaint) {
  if (value.is_nil()) throw nil_dereference();
  if (value.kind() != Kind::list) throw CallError(complaint + kind_name(value));
  return value.list();
}

std::vector<Value> copied(const List& list) {
  return list.items;
}

Value nil_list() {
  return Value(List{Element::any, {}, true});
}

Value list(Call& call) {
  return list_of(std::vector<Value>(call.args.begin(), call.args.end()));
}

Value append(Call& call) {
  auto items = copied(list_or(call.args[0], "Cannot push on type "));
  items.push_back(call.args[1]);
  const auto capacity = go::appended_capacity(items.size(), items.size() - 1);
  return list_of(std::move(items), capacity);
}

Value prepend(Call& call) {
  auto items = copied(list_or(call.args[0], "Cannot prepend on type "));
  items.insert(items.begin(), call.args[1]);
  const auto capacity = go::appended_capacity(items.size(), 1);
  return list_of(std::move(items), capacity);
}

Value chunk(Call& call) {
  const auto size = call.args[0].integer();
  const List& list = list_or(call.args[1], "Cannot chunk type ");
  const auto length = static_cast<double>(list.items.size());
  // As many as Go reckons in floating point; a size of 0 or less ends in its run-time errors.
  const double wanted = std::floor((length - 1) / static_cast<double>(size)) + 1;
  const auto count = truncate(wanted);
  if (count < 0 || count > (std::int64_t{1} << 40)) throw CallError("runtime error: makeslice: len out of range");
  List chunks{Element::list, {}};
  for (std::int64_t i = 0; i < count; ++i) {
    std::int64_t part = size;
    if (i == count - 1) part = truncate(std::floor(std::fmod(length, static_cast<double>(size))));
    if (part == 0) part = size;
    if (part < 0) throw CallError("runtime error: makeslice: len out of range");
    std::vector<Value> items;
    for (std::int64_t j = 0; j < part; ++j) {
      const auto at = i * size + j;
      if (at < 0 || at >= static_cast<std::int64_t>(list.items.size()))
        throw CallError("reflect: slice index out of range");
      items.push_back(list.items[static_cast<std::size_t>(at)]);
    }
    chunks.items.push_back(list_of(std::move(items)));
  }
  return Value(std::move(chunks));
}

Value first(Call& call) {
  const List& list = list_or(call.args[0], "Cannot find first on type ");
  return list.items.empty() ? Value() : list.items.front();
}

Value last(Call& call) {
  const List& list = list_or(call.args[0], "Cannot find last on type ");
  return list.items.empty() ? Value() : list.items.back();
}

Value rest(Call& call) {
  const List& list = list_or(call.args[0], "Cannot find rest on type ");
  if (list.items.empty()) return nil_list();
  return list_of(std::vector<Value>(list.items.begin() + 1, list.items.end()));
}

Value initial(Call& call) {
  const List& list = list_or(call.args[0], "Cannot find initial on type ");
  if (list.items.empty()) return nil_list();
  return list_of(std::vector<Value>(list.items.begin(), list.items.end() - 1));
}

Value reverse(Call& call) {
  const List& list = list_or(call.args[0], "Cannot find reverse on type ");
  return list_of(std::vector<Value>(list.items.rbegin(), list.items.rend()));
}

Value compact(Call& call) {
  std::vector<Value> kept;
  for (const Value& item : list_or(call.args[0], "Cannot compact on type ").items)
    if (!is_empty(item)) kept.push_back(item);
  return grown_list(std::move(kept));
}

bool holds(std::span<const Value> haystack, const Value& needle) {
  return std::any_of(haystack.begin(), haystack.end(), [&](const Value& item) { return deep_equal(needle, item); });
}

Value uniq(Call& call) {
  std::vector<Value> kept;
  for (const Value& item : list_or(call.args[0], "Cannot find uniq on type ").items)
    if (!holds(kept, item)) kept.push_back(item);
  return grown_list(std::move(kept));
}

Value without(Call& call) {
  std::vector<Value> kept;
  for (const Value& item : list_or(call.args[0], "Cannot find without on type ").items)
    if (!holds(call.args.subspan(1), item)) kept.push_back(item);
  return grown_list(std::move(kept));
}

Value has(Call& call) {
  if (call.args[1].is_nil()) return Value(false);
  return Value(holds(list_or(call.args[1], "Cannot find has on type ").items, call.args[0]));
}

/// What Go's zero value of an element is.
Value zero_element(Element element) {
  if (element == Element::string) return Value("");
  if (element == Element::integer) return Value::of_int(0);
  return element == Element::list ? nil_list() : Value();
}

/// As Go's, it reaches behind the end, as far as the list's array goes; what is there is what was.
Value slice(Call& call) {
  const List& list = list_or(call.args[0], "list should be type of slice or array but ");
  if (list.items.empty()) return {};
  const std::size_t size = list.items.size();
  const auto room = static_cast<std::int64_t>(std::max(size, list.capacity));
  const auto start = call.args.size() > 1 ? to_int64(call.args[1]) : 0;
  const auto end = call.args.size() > 2 ? to_int64(call.args[2]) : static_cast<std::int64_t>(size);
  if (start < 0 || start > end || end > room) throw CallError("reflect.Value.Slice: slice index out of bounds");
  List out{list.element, {}};
  out.capacity = static_cast<std::size_t>(room - start);
  // The array is shared and not copied: a chart may cut a long list into as many slices as it has items.
  out.array =
      list.array ? list.array : std::shared_ptr<const std::vector<Value>>(call.args[0].shared_list(), &list.items);
  const std::size_t origin = list.array ? list.end - size : 0;
  out.end = origin + static_cast<std::size_t>(end);
  for (auto at = origin + static_cast<std::size_t>(start); at < out.end; ++at)
    out.items.push_back(at < out.array->size() ? (*out.array)[at] : zero_element(list.element));
  return Value(std::move(out));
}

Value concat(Call& call) {
  std::vector<Value> all;
  for (const Value& value : call.args) {
    if (value.is_nil()) throw nil_dereference();
    if (value.kind() != Kind::list) throw CallError("Cannot concat type " + kind_name(value) + " as list");
    all.insert(all.end(), value.list().items.begin(), value.list().items.end());
  }
  return all.empty() ? nil_list() : grown_list(std::move(all));
}

}  // namespace

std::span<const Function> list_functions() {
  static const Function functions[] = {
      {"list", {Type::any}, true, list, "A list of the arguments"},
      {"tuple", {Type::any}, true, list, "A list of the arguments"},
      {"append", {Type::any, Type::any}, false, append, "The list with a value at its end"},
      {"push", {Type::any, Type::any}, false, append, "The list with a value at its end"},
      {"mustAppend", {Type::any, Type::any}, false, append, "The list with a value at its end"},
      {"mustPush", {Type::any, Type::any}, false, append, "The list with a value at its end"},
      {"prepend", {Type::any, Type::any}, false, prepend, "The list with a value before its first"},
      {"mustPrepend", {Type::any, Type::any}, false, prepend, "The list with a value before its first"},
      {"chunk", {Type::integer, Type::any}, false, chunk, "The list in lists of a size"},
      {"mustChunk", {Type::integer, Type::any}, false, chunk, "The list in lists of a size"},
      {"first", {Type::any}, false, first, "The first item, nil of none"},
      {"mustFirst", {Type::any}, false, first, "The first item, nil of none"},
      {"last", {Type::any}, false, last, "The last item, nil of none"},
      {"mustLast", {Type::any}, false, last, "The last item, nil of none"},
      {"rest", {Type::any}, false, rest, "All but the first item"},
      {"mustRest", {Type::any}, false, rest, "All but the first item"},
      {"initial", {Type::any}, false, initial, "All but the last item"},
      {"mustInitial", {Type::any}, false, initial, "All but the last item"},
      {"reverse", {Type::any}, false, reverse, "The items from the last to the first"},
      {"mustReverse", {Type::any}, false, reverse, "The items from the last to the first"},
      {"compact", {Type::any}, false, compact, "The items that are not empty"},
      {"mustCompact", {Type::any}, false, compact, "The items that are not empty"},
      {"uniq", {Type::any}, false, uniq, "Each item once"},
      {"mustUniq", {Type::any}, false, uniq, "Each item once"},
      {"without", {Type::any, Type::any}, true, without, "The items but the given ones"},
      {"mustWithout", {Type::any, Type::any}, true, without, "The items but the given ones"},
      {"has", {Type::any, Type::any}, false, has, "Whether the value is an item of the list"},
      {"mustHas", {Type::any, Type::any}, false, has, "Whether the value is an item of the list"},
      {"slice", {Type::any, Type::any}, true, slice, "The items from an index to before another"},
      {"mustSlice", {Type::any, Type::any}, true, slice, "The items from an index to before another"},
      {"concat", {Type::any}, true, concat, "The items of all lists in one"},
  };
  return functions;
}

}  // namespace gpuctl::chart
