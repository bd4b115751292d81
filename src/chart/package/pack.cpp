#include "chart/package/pack.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "util/gzip.hpp"

namespace gpuctl::chart {

namespace {

// tar as POSIX.1-2001 has it: blocks of 512 bytes, the fields of a header at fixed places.
constexpr std::size_t block = 512;
constexpr std::size_t longest_entry_name = 100;

class Header {
 public:
  Header(std::string_view name, char type, std::size_t bytes) {
    put(0, name.substr(0, longest_entry_name));
    put(100, "0000644");
    put(108, "0000000");
    put(116, "0000000");
    put(124, fmt::format("{:011o}", bytes));
    put(136, "00000000000");
    put(148, "        ");
    put(156, std::string_view(&type, 1));
    put(257, "ustar");
    put(263, "00");
    std::size_t sum = 0;
    for (const char c : bytes_) sum += static_cast<unsigned char>(c);
    put(148, fmt::format("{:06o}", sum));
    bytes_[154] = '\0';
  }
  std::string_view text() const { return {bytes_.data(), bytes_.size()}; }

 private:
  void put(std::size_t at, std::string_view text) {
    std::copy(text.begin(), text.end(), bytes_.begin() + static_cast<std::ptrdiff_t>(at));
  }
  std::array<char, block> bytes_{};
};

void add(std::string& out, std::string_view name, char type, std::string_view data) {
  out += Header(name, type, data.size()).text();
  out += data;
  out.append((block - data.size() % block) % block, '\0');
}

/// `27 path=…`: how long the line is stands in the line.
std::string record(std::string_view key, std::string_view value) {
  const auto rest = key.size() + value.size() + 3;
  auto size = rest;
  while (size != rest + std::to_string(size).size()) size = rest + std::to_string(size).size();
  return fmt::format("{} {}={}\n", size, key, value);
}

}  // namespace

std::string pack(const std::string& name, const Files& files) {
  std::string out;
  for (const auto& file : files) {
    const auto path = name + "/" + file.name;
    if (path.size() > longest_entry_name) add(out, "PaxHeaders/path", 'x', record("path", path));
    add(out, path, '0', file.data);
  }
  out.append(2 * block, '\0');
  return util::gzip(out);
}

}  // namespace gpuctl::chart
