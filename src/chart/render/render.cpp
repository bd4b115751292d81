#include "chart/render/render.hpp"

#include <algorithm>

#include "chart/functions/functions.hpp"
#include "chart/go/path.hpp"
#include "chart/render/error_text.hpp"
#include "chart/render/files_object.hpp"
#include "chart/values/coalesce.hpp"
#include "core/error.hpp"

namespace gpuctl::chart {

namespace {

struct Template {
  std::string path;
  std::string folder;  ///< .Template.BasePath
  const std::string* text = nullptr;
  std::shared_ptr<Map> dot;  ///< its chart's
  std::ptrdiff_t depth = 0;
};

bool is_partial(const std::string& path) {
  return path_base(path).starts_with('_');
}

/// The templates of a tree of charts, each with what its chart sees.
class Gather {
 public:
  explicit Gather(const Top& top) : top_(top) {}

  std::shared_ptr<Map> chart(const Chart& chart, const std::shared_ptr<Map>& above) {
    auto dot = std::make_shared<Map>();
    const auto subcharts = std::make_shared<Map>();
    auto& entries = dot->entries;
    entries["Chart"] = chart_value(*chart.metadata, chart.is_root());
    entries["Files"] = files_value(chart.files);
    entries["Release"] = top_.release;
    entries["Capabilities"] = top_.capabilities;
    entries["Values"] = Value::of_values(values_of(chart, above));
    entries["Subcharts"] = Value(subcharts);
    for (const auto* sub : chart.dependencies)
      subcharts->entries.insert_or_assign(sub->name(), Value(this->chart(*sub, dot)));
    const auto path = chart.full_path();
    for (const auto& file : *chart.templates)
      if (!chart.metadata->is_library() || is_partial(file.name)) add(path, file, dot);
    return dot;
  }

  /// As they are parsed and executed: the deepest first, then from the end of the alphabet.
  std::vector<Template> sorted() {
    std::vector<Template> out;
    for (auto& [path, each] : templates_) out.push_back(std::move(each));
    std::sort(out.begin(), out.end(), [](const Template& a, const Template& b) {
      return a.depth != b.depth ? a.depth > b.depth : a.path > b.path;
    });
    return out;
  }

 private:
  std::shared_ptr<Map> values_of(const Chart& chart, const std::shared_ptr<Map>& above) const {
    std::shared_ptr<Map> out;
    if (chart.is_root())
      out = top_.values;
    else if (above)
      out = table_at(above, "Values." + chart.name());
    if (!out) out = std::make_shared<Map>();
    return out;
  }

  void add(const std::string& chart_path, const File& file, const std::shared_ptr<Map>& dot) {
    const auto path = path_join(chart_path, file.name);
    templates_[path] = {path, path_join(chart_path, "templates"), &file.data, dot,
                        std::count(path.begin(), path.end(), '/')};
  }

  const Top& top_;
  std::map<std::string, Template> templates_;
};

[[noreturn]] void fail_render(std::string why) {
  throw core::Error(core::ErrorKind::invalid, std::move(why));
}

TemplateSet parsed(const std::vector<Template>& templates, Reads* reads) {
  TemplateSet out(helm_functions(), MissingKey::zero, reads);
  for (const auto& each : templates) {
    try {
      out.add(each.path, *each.text);
    } catch (const TemplateError& error) {
      fail_render(parse_error_text(each.path, error));
    }
  }
  return out;
}

std::string executed(const Template& each, const TemplateSet& set, RenderEngine& engine) {
  const auto about = std::make_shared<Map>();
  about->entries["Name"] = Value(each.path);
  about->entries["BasePath"] = Value(each.folder);
  each.dot->entries.insert_or_assign("Template", Value::of_values(about));
  std::string out;
  try {
    set.execute(each.path, Value::of_values(each.dot), engine, out);
  } catch (const TemplateError& error) {
    fail_render(execution_error_text(each.path, error));
  } catch (const std::runtime_error& error) {
    fail_render(std::string("rendering template failed: ") + error.what());
  }
  remove_no_value(out);
  return out;
}

}  // namespace

std::map<std::string, std::string> render_templates(const Chart& chart, const Top& top, const Surroundings& world,
                                                    bool lints) {
  Gather gather(top);
  gather.chart(chart, nullptr);
  const auto templates = gather.sorted();
  const auto set = parsed(templates, world.reads);
  RenderEngine engine(set, world, lints);
  std::map<std::string, std::string> out;
  for (const auto& each : templates)
    if (!is_partial(each.path)) out.emplace(each.path, executed(each, set, engine));
  return out;
}

}  // namespace gpuctl::chart
