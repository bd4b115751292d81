#include "kube/walker.hpp"

#include <nlohmann/json.hpp>
#include <vector>

#include "core/kube.hpp"

namespace gpuctl::kube {

namespace {

using nlohmann::json;

/// The parser's events as pointers. What is read is never held as a tree: a page of a huge list has megabytes.
class Walker : public json::json_sax_t {
 public:
  explicit Walker(const std::function<void(const std::string&, std::string)>& leaf) : leaf_(leaf) {}

  bool null() override { return tell("null"); }
  bool boolean(bool value) override { return tell(value ? "true" : "false"); }
  bool number_integer(number_integer_t value) override { return tell(std::to_string(value)); }
  bool number_unsigned(number_unsigned_t value) override { return tell(std::to_string(value)); }
  bool number_float(number_float_t, const string_t& source) override { return tell(source); }
  bool string(string_t& value) override { return tell(std::move(value)); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return begin(false); }
  bool start_array(std::size_t) override { return !frames_.empty() && begin(true); }
  bool end_object() override { return end("{}"); }
  bool end_array() override { return end("[]"); }
  bool key(string_t& name) override {
    auto& frame = frames_.back();
    ++frame.members;
    pointer_.resize(frame.base);
    pointer_ = core::child(pointer_, name);
    return true;
  }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override { return false; }

 private:
  struct Frame {
    bool list;
    std::size_t base;  // of its own pointer
    std::size_t members = 0;
  };

  void place() {
    if (frames_.empty() || !frames_.back().list) return;
    pointer_.resize(frames_.back().base);
    pointer_ += "/" + std::to_string(frames_.back().members++);
  }
  bool begin(bool list) {
    place();
    frames_.push_back({list, pointer_.size()});
    return true;
  }
  bool end(const char* empty) {
    const Frame frame = frames_.back();
    frames_.pop_back();
    pointer_.resize(frame.base);
    if (frame.members == 0) leaf_(pointer_, empty);
    return true;
  }
  bool tell(std::string text) {
    if (frames_.empty()) return false;
    place();
    leaf_(pointer_, std::move(text));
    return true;
  }

  const std::function<void(const std::string&, std::string)>& leaf_;
  std::string pointer_;
  std::vector<Frame> frames_;
};

}  // namespace

bool walk(const std::string& text, const std::function<void(const std::string&, std::string)>& leaf) {
  Walker walker(leaf);
  return json::sax_parse(text, &walker);
}

}  // namespace gpuctl::kube
