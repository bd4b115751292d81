#include <exception>
#include <iostream>
#include <iterator>
#include <string>

#include "chart/release/codec.hpp"

// Reads the text of a Secret's data.release and writes it again as gpuctl stores it.

int main() {
  using namespace gpuctl;
  core::SecretObject secret;
  secret.name = "on standard input";
  secret.data["release"] = std::string(std::istreambuf_iterator<char>(std::cin), {});
  try {
    const auto release = chart::release::decode(secret);
    std::cout << chart::release::encode(release, 0, chart::release::Write::create).data.at("release");
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 1;
  }
  return 0;
}
