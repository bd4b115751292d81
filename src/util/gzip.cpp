#include "util/gzip.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <limits>
#include <memory>

namespace gpuctl::util {

namespace {

constexpr int gzip_window = 15 + 16;  // the largest window, in gzip's frame
constexpr int memory_level = 9;

struct EndDeflate {
  void operator()(z_stream* stream) const {
    deflateEnd(stream);
    delete stream;
  }
};
struct EndInflate {
  void operator()(z_stream* stream) const {
    inflateEnd(stream);
    delete stream;
  }
};

/// zlib does not write to its input, though its type says so.
void feed(z_stream& stream, std::string_view bytes) {
  if (bytes.size() > std::numeric_limits<uInt>::max()) throw GzipError("it is too long");
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
}

void room(z_stream& stream, std::array<char, 64 << 10U>& buffer) {
  stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
  stream.avail_out = static_cast<uInt>(buffer.size());
}

std::string words(const z_stream& stream) {
  return stream.msg ? std::string("it is damaged (") + stream.msg + ")" : "it is damaged";
}

}  // namespace

bool is_gzip(std::string_view bytes) {
  return bytes.starts_with("\x1F\x8B\x08");
}

std::string gzip(std::string_view text) {
  const std::unique_ptr<z_stream, EndDeflate> stream(new z_stream{});
  if (deflateInit2(stream.get(), Z_BEST_COMPRESSION, Z_DEFLATED, gzip_window, memory_level, Z_DEFAULT_STRATEGY) != Z_OK)
    throw std::bad_alloc();
  feed(*stream, text);
  std::string out;
  std::array<char, 64 << 10U> buffer{};
  for (int ended = Z_OK; ended != Z_STREAM_END;) {
    room(*stream, buffer);
    ended = deflate(stream.get(), Z_FINISH);
    out.append(buffer.data(), buffer.size() - stream->avail_out);
  }
  return out;
}

std::string gunzip(std::string_view bytes, std::size_t most) {
  const std::unique_ptr<z_stream, EndInflate> stream(new z_stream{});
  if (inflateInit2(stream.get(), gzip_window) != Z_OK) throw std::bad_alloc();
  feed(*stream, bytes);
  std::string out;
  std::array<char, 64 << 10U> buffer{};
  for (;;) {
    room(*stream, buffer);
    const int ended = inflate(stream.get(), Z_NO_FLUSH);
    const auto got = buffer.size() - stream->avail_out;
    if (got > most - out.size()) throw GzipError("it unpacks to more than " + std::to_string(most >> 20U) + " MiB");
    out.append(buffer.data(), got);
    if (ended == Z_STREAM_END && stream->avail_in == 0) return out;
    if (ended == Z_STREAM_END) {
      inflateReset(stream.get());  // another member follows
    } else if (ended == Z_BUF_ERROR || (ended == Z_OK && stream->avail_in == 0 && stream->avail_out > 0)) {
      throw GzipError("it is cut off");
    } else if (ended != Z_OK) {
      throw GzipError(words(*stream));
    }
  }
}

}  // namespace gpuctl::util
