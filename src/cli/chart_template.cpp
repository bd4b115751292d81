#include <fmt/core.h>

#include <filesystem>

#include "chart/render/output.hpp"
#include "cli/chart_render.hpp"
#include "cli/disk.hpp"
#include "cli/verbs.hpp"
#include "core/error.hpp"

namespace gpuctl::cli {

namespace {

constexpr unsigned template_mode = 0644;

void make_folder(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error)
    throw core::Error(core::ErrorKind::failed, fmt::format("cannot make {}: {}", folder.string(), error.message()));
}

void write_below(const std::filesystem::path& folder, const std::vector<chart::OutputFile>& files, World& world) {
  for (const auto& file : files) {
    const auto path = folder / file.path;
    make_folder(path.parent_path());
    put_file(path.string(), file.text, template_mode);
    world.out(fmt::format("wrote {}\n", path.string()));
  }
}

}  // namespace

int chart_template(const Arguments& arguments, World& world) {
  auto run = chart_run(arguments.chart, world);
  const auto rendered = chart::render_release(*run.tree, run.request, run.world);
  chart::OutputOptions options;
  options.crds = arguments.chart.include_crds;
  options.hooks = !arguments.chart.no_hooks;
  options.tests = !arguments.chart.skip_tests;
  options.show_only = arguments.chart.show_only;
  const std::filesystem::path folder = arguments.chart.output_dir;
  if (folder.empty())
    world.out(chart::output_text(rendered, options));
  else
    write_below(arguments.chart.release_name ? folder / run.request.name : folder,
                chart::output_files(rendered, options), world);
  return 0;
}

}  // namespace gpuctl::cli
