#include "steps/nvidia_smi.hpp"

#include <fmt/core.h>

#include <charconv>

#include "core/visit.hpp"
#include "steps/look.hpp"
#include "util/strings.hpp"

namespace gpuctl::steps {

namespace {

/// Exit codes of nvidia-smi (its manual page, RETURN VALUE).
Trouble by_exit(const std::string& code) {
  if (code == "4") return {"it has no permission", "ask as root"};
  if (code == "6")
    return {"it finds no GPU",
            "lspci -d 10de: shows whether the bus sees one; dmesg | grep NVRM says why the driver does not"};
  if (code == "8") return {"a GPU has no power", "check the card's power cables"};
  if (code == "9")
    return {"the driver is not loaded",
            "modprobe nvidia; dmesg | grep -i nvidia says why it does not load (nouveau, Secure Boot, no module for "
            "this kernel)"};
  if (code == "10") return {"the kernel has trouble with a GPU's interrupts", "see dmesg"};
  if (code == "12")
    return {"the library libnvidia-ml is missing", "install the driver's user-space packages of the same version"};
  if (code == "14") return {"a GPU's infoROM is corrupt", "that is for the vendor's support"};
  if (code == "15")
    return {"a GPU has fallen off the bus", "power the machine off and on; for an eGPU check the cable"};
  return {"it exited with " + code, "run nvidia-smi on the host"};
}

Trouble of_record(const core::Record& record) {
  const auto code = core::text_of(record, "exit");
  const auto output = core::text_of(record, "stdout");
  const auto all = output + core::text_of(record, "stderr");
  if (all.find("Driver/library version mismatch") != std::string::npos)
    return {"the driver's library is newer than the module that is loaded (driver/library version mismatch)",
            "an upgrade replaced the library: stop what uses the GPU and load the module anew, or reboot"};
  if (code != "0") {
    auto out = by_exit(code);
    if (const auto said = shown(all); !said.empty()) out.what += fmt::format(" (`{}`)", said);
    return out;
  }
  const auto gpus = parse_gpus(output);
  if (gpus && gpus->empty()) return by_exit("6");
  if (gpus) return {};
  return {fmt::format("it printed what is no answer: `{}`", shown(output)),
          "is that nvidia-smi NVIDIA's? run it on the host"};
}

std::optional<Gpu> parse_row(const std::string& line) {
  auto cells = util::split(line, ',');
  if (cells.size() != 5) return std::nullopt;
  for (auto& cell : cells) cell = std::string(util::trim(cell));
  std::int64_t mebibytes = 0;
  const auto* end = cells[2].data() + cells[2].size();
  if (const auto read = std::from_chars(cells[2].data(), end, mebibytes);
      read.ec != std::errc{} || read.ptr != end || mebibytes < 0 || mebibytes > 1'000'000'000)
    return std::nullopt;
  if (cells[0].empty() || !cells[1].starts_with("GPU-")) return std::nullopt;
  return Gpu{cells[0], cells[1], mebibytes << 20, cells[3], cells[4] == "Enabled"};
}

bool is_version(const std::string& word) {
  return word.find('.') != std::string::npos && word.find_first_not_of("0123456789.") == std::string::npos &&
         word.front() != '.';
}

}  // namespace

core::Command nvidia_smi() {
  return {{"nvidia-smi", "--query-gpu=name,uuid,memory.total,driver_version,persistence_mode",
           "--format=csv,noheader,nounits"},
          true,
          10};
}

std::string Gpu::product() const {
  return util::replace_all(name, " ", "-");
}

std::optional<std::vector<Gpu>> parse_gpus(const std::string& csv) {
  std::vector<Gpu> out;
  for (const auto& line : util::lines(csv)) {
    if (util::trim(line).empty()) continue;
    auto gpu = parse_row(line);
    if (!gpu) return std::nullopt;
    out.push_back(*std::move(gpu));
  }
  return out;
}

Trouble trouble_of(const core::Answer& answer) {
  return std::visit(core::Overload{
                        [](const core::Record& record) { return of_record(record); },
                        [](const core::Failed& failed) {
                          if (failed.why.find("did not end") != std::string::npos)
                            return Trouble{failed.why, "it hangs when a GPU does: see dmesg | grep NVRM, and reboot"};
                          return Trouble{"it cannot be run: " + shown(failed.why), "install NVIDIA's driver"};
                        },
                        [](const auto&) { return Trouble{"it gave no answer", "run nvidia-smi on the host"}; },
                    },
                    answer);
}

std::vector<Gpu> gpus_of(const core::Facts& facts) {
  return parse_gpus(text_of(facts, nvidia_smi(), "stdout")).value_or(std::vector<Gpu>{});
}

std::string module_version(const std::string& proc_text) {
  for (const auto& line : util::lines(proc_text)) {
    if (!line.starts_with("NVRM version:")) continue;
    for (const auto& word : util::words(line))
      if (is_version(word)) return word;
  }
  return {};
}

}  // namespace gpuctl::steps
