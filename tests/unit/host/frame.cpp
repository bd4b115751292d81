#include "host/frame.hpp"

#include <doctest/doctest.h>

#include <vector>

#include "host/cksum.hpp"

using gpuctl::host::Frame;
using gpuctl::host::FrameReader;

namespace {

const std::string nonce = "00112233445566778899aabbccddeeff";

std::vector<Frame> read(const std::string& stream, std::size_t step) {
  FrameReader reader(nonce);
  std::vector<Frame> out;
  for (std::size_t at = 0; at < stream.size(); at += step) {
    reader.feed(std::string_view(stream).substr(at, step));
    while (reader.has_frame()) out.push_back(reader.take());
  }
  return out;
}

}  // namespace

TEST_CASE("frames come out the same wherever the stream is cut") {
  const std::string binary("\n\0\n\n", 4);
  const std::vector<Frame> frames{{0, 0, true, "", "Welcome to Ubuntu\n"},
                                  {1, 1, false, "/etc/a b", "no newline"},
                                  {1, 0, true, "", binary},
                                  {2, 137, true, "x", "\n" + nonce + "\n" + nonce + "x 1 0 last \n"},
                                  {3, 0, true, "", ""},
                                  {-1, 0, true, "", ""}};
  std::string stream;
  for (const auto& frame : frames) (stream += frame.bytes) += gpuctl::host::trailer(nonce, frame);
  for (std::size_t step = 1; step < 60; ++step) CHECK(read(stream, step) == frames);
}

TEST_CASE("another login's trailer is output like any other") {
  const std::string other = "\nffeeddccbbaa99887766554433221100 1 0 last \n";
  const auto frames = read(other + gpuctl::host::trailer(nonce, {1, 0, true, "", ""}), 7);
  REQUIRE(frames.size() == 1);
  CHECK(frames[0].bytes == other);
}

TEST_CASE("heartbeats are no part of an answer") {
  const auto beat = "\n" + nonce + " beat\n";
  const auto stream = beat + "one" + beat + "two" + gpuctl::host::trailer(nonce, {4, 0, true, "", ""});
  for (std::size_t step = 1; step < 20; ++step) {
    const auto frames = read(stream, step);
    REQUIRE(frames.size() == 1);
    CHECK(frames[0].bytes == "onetwo");
  }
}

TEST_CASE("a stream that ends early gives no frame") {
  const auto whole = "text" + gpuctl::host::trailer(nonce, {1, 0, true, "label", ""});
  for (std::size_t size = 0; size < whole.size(); ++size) CHECK(read(whole.substr(0, size), 3).empty());
}

TEST_CASE("cksum as POSIX has it") {
  CHECK(gpuctl::host::cksum("") == 4294967295U);
  CHECK(gpuctl::host::cksum("123456789") == 930766865U);
  CHECK(gpuctl::host::cksum(std::string(1000, '\xff')) == 2124716915U);
}
