#include "chart/render/files_object.hpp"

#include <map>

#include "chart/function.hpp"
#include "chart/go/glob.hpp"
#include "chart/go/path.hpp"
#include "chart/yaml_out.hpp"
#include "util/base64.hpp"
#include "util/strings.hpp"

namespace gpuctl::chart {

namespace {

/// A file's bytes, shared with whoever asks for them.
using Bytes = std::shared_ptr<const std::string>;
using ByName = std::map<std::string, Bytes, std::less<>>;

Value named_value(ByName files);

class FilesObject : public Object {
 public:
  explicit FilesObject(ByName files) : files_(std::move(files)) {}
  std::string type() const override { return "engine.files"; }
  std::string kind() const override { return "map"; }
  std::string text() const override { return "map[]"; }
  const Function* method(std::string_view name) const override;

  Bytes get(const std::string& name) const {
    const auto found = files_.find(name);
    return found == files_.end() ? std::make_shared<const std::string>() : found->second;
  }
  bool has(const std::string& name) const { return files_.contains(name); }
  const ByName& all() const { return files_; }

 private:
  ByName files_;
};

const FilesObject& files_of(const Call& call) {
  return *static_cast<const FilesObject*>(call.self);
}

Value get(Call& call) {
  return Value(*files_of(call).get(call.args[0].string()));
}

Value get_bytes(Call& call) {
  return Value::of_bytes(files_of(call).get(call.args[0].string()));
}

Value glob(Call& call) {
  const go::Glob pattern(call.args[0].string());
  ByName out;
  for (const auto& [name, bytes] : files_of(call).all())
    if (pattern.matches(name)) out.emplace(name, bytes);
  return named_value(std::move(out));
}

/// As the data of a ConfigMap or a Secret: last names alone, so that two files of one name are one.
Value as_data(const FilesObject& files, bool encoded) {
  Map out;
  out.type = MapType::string;
  for (const auto& [name, bytes] : files.all())
    out.entries.insert_or_assign(path_base(name), Value(encoded ? util::base64_encode(*bytes) : *bytes));
  auto text = to_yaml(Value(std::move(out)));
  if (text.ends_with('\n')) text.pop_back();
  return Value(std::move(text));
}

Value as_config(Call& call) {
  return as_data(files_of(call), false);
}
Value as_secrets(Call& call) {
  return as_data(files_of(call), true);
}

Value lines(Call& call) {
  List out;
  out.element = Element::string;
  if (!files_of(call).has(call.args[0].string())) return Value(std::move(out));
  std::string_view text = *files_of(call).get(call.args[0].string());
  // Helm reads the last byte of a file without looking whether there is one.
  if (text.empty()) throw CallError("runtime error: index out of range [-1]");
  if (text.ends_with('\n')) text.remove_suffix(1);
  for (auto& line : util::split(text, '\n')) out.items.emplace_back(std::move(line));
  return Value(std::move(out));
}

const Function file_methods[] = {
    {"Get", {Type::string}, false, get, "A file's text, empty where there is none"},
    {"GetBytes", {Type::string}, false, get_bytes, "A file's bytes"},
    {"Glob", {Type::string}, false, glob, "The files whose paths match"},
    {"AsConfig", {}, false, as_config, "The files as the data of a ConfigMap"},
    {"AsSecrets", {}, false, as_secrets, "The files as the data of a Secret"},
    {"Lines", {Type::string}, false, lines, "The lines of a file"},
};

const Function* FilesObject::method(std::string_view name) const {
  for (const auto& function : file_methods)
    if (function.name == name) return &function;
  return nullptr;
}

Value named_value(ByName files) {
  Map out;
  for (const auto& [name, bytes] : files) out.entries.emplace(name, Value::of_bytes(bytes));
  out.named = std::make_shared<FilesObject>(std::move(files));
  return Value(std::move(out));
}

}  // namespace

Value files_value(const std::shared_ptr<const Files>& files) {
  ByName out;
  for (const auto& file : *files) out.insert_or_assign(file.name, Bytes(files, &file.data));
  return named_value(std::move(out));
}

}  // namespace gpuctl::chart
