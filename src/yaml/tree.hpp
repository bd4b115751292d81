#pragma once

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/mark.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/node.hpp"
#include "yaml/size.hpp"
#include "yaml/text.hpp"

namespace gpuctl::yaml {

/// Builds the located tree from yaml-cpp's events. Throws core::Error{invalid} at what a playbook must not hold.
class Tree : public YAML::EventHandler {
 public:
  enum class Documents { one, many };
  explicit Tree(const SourceText& text, Documents documents = Documents::one) : text_(text), documents_(documents) {}

  /// The roots of the documents that have any content.
  std::vector<core::Node> take() { return std::move(roots_); }
  /// The innermost [ or { that is still open.
  std::optional<core::Where> opened() const;
  /// Throws what yaml-cpp lets pass; to be called at the end of the text.
  void finish() const;
  /// Throws when the last quoted string has no end.
  void require_closed_quote() const;

  void OnDocumentStart(const YAML::Mark& mark) override;
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override;
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override;
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override;
  void OnMapEnd() override { close(); }

 private:
  struct Open {  // a list or mapping that has not ended
    core::Node node;
    bool flow = false;  // written with [ or {
    YAML::anchor_t anchor = 0;
    std::optional<core::Entry> key;             // of a mapping: read, its value not yet
    std::map<std::string, core::Where> places;  // of a mapping's keys
  };
  core::Where where(const YAML::Mark& mark) const;
  [[noreturn]] void fail(const core::Where& where, std::string message, std::string hint = {}) const;
  void spend(const Size& size, const core::Where& where);
  bool key_is_next() const;
  void refuse_tab(const YAML::Mark& mark) const;
  void require_colon(const YAML::Mark& mark, const core::Node& key);
  void open(core::Node node, const std::string& tag, YAML::anchor_t anchor, bool flow);
  void close();
  void add(core::Node node, YAML::anchor_t anchor);
  void add_key(const core::Node& node);
  void attach(core::Node node);

  const SourceText& text_;
  std::vector<Open> open_;
  std::map<YAML::anchor_t, core::Node> anchors_;
  Documents documents_;
  std::vector<core::Node> roots_;
  bool begun_ = false;
  Size spent_;
  std::optional<core::Entry> no_colon_;  // the first key without one
  std::optional<YAML::Mark> quoted_;     // the last quoted string
};

}  // namespace gpuctl::yaml
