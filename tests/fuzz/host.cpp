#include <cstdint>

#include "host/containerd_config.hpp"
#include "host/crio_config.hpp"
#include "host/decode.hpp"

using namespace gpuctl::host;

// Whatever a host writes, it is answered, and nothing is thrown.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);

  FrameReader reader("00");
  std::vector<Frame> frames;
  for (std::size_t at = 0; at < size; at += 7) reader.feed(std::string_view(bytes).substr(at, 7));
  while (reader.has_frame()) frames.push_back(reader.take());

  decode_files(frames);
  decode_command(frames, 10);
  decode_keyring({1, 0, true, "", bytes});
  decode_platform(bytes);
  decode_units(bytes);
  decode_packages(bytes);
  decode_madison(bytes);
  decode_seconds(bytes);
  decode_timestamp(bytes);
  StatLine line;
  decode_stat_line(bytes, line);
  apt_list_name(bytes, bytes, "Release");
  containerd_version(bytes);
  const auto dry = split_dry_run(bytes);
  crio_handlers({{"/etc/crio/crio.conf", dry.root}, {"/etc/crio/crio.conf.d/a", dry.drop_in}});
  effective_handlers({"/r", {{"/r", dry.root}, {"/d", dry.drop_in}}, {"/d"}, "1.6"});
  return 0;
}
