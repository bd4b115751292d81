#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace gpuctl::yaml {
struct Event;
}

namespace gpuctl::chart {

class PortedText;

/// What go-yaml says of a text: `yaml: line 2: did not find expected key`.
struct YamlError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct YamlNode {
  enum class Kind : std::uint8_t { scalar, sequence, mapping, alias };
  Kind kind = Kind::scalar;
  std::string tag;
  std::string value;  ///< of an alias: the anchor's name
  bool implicit = false;
  std::size_t line = 0;
  const YamlNode* alias = nullptr;
  std::vector<const YamlNode*> children;  ///< of a mapping: key, value, key, value
};

/// The nodes of the first document of a text.
class YamlDocument {
 public:
  /// Throws YamlError.
  explicit YamlDocument(std::string_view text);
  /// One whose nodes come from `take`.
  YamlDocument() = default;
  YamlDocument(const YamlDocument&) = delete;
  YamlDocument& operator=(const YamlDocument&) = delete;

  /// The next event of a node and all that it holds. Throws YamlError.
  void take(yaml::Event&& event);

  const YamlNode* root() const { return root_; }  ///< null where there is no document

 private:
  bool read(PortedText& text);
  YamlNode& add(yaml::Event& event, YamlNode::Kind kind);
  void open(yaml::Event& event, YamlNode::Kind kind);
  void refer(yaml::Event& event);
  void slip(YamlNode& lost);

  std::deque<YamlNode> nodes_;
  std::vector<YamlNode*> open_;
  std::map<std::string, const YamlNode*, std::less<>> anchors_;
  const YamlNode* root_ = nullptr;
};

}  // namespace gpuctl::chart
