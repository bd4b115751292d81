#pragma once

#include <string>
#include <vector>

#include "core/node.hpp"
#include "core/ports.hpp"

namespace gpuctl::playbook {

/// Gathers what a playbook means, whatever way it was written: order of keys, quotes, variables and comments do not
/// count.
class Digest {
 public:
  void add(const std::string& text);
  void add(const core::Node& node);
  std::string sha256() const;

 private:
  std::string content_;
};

/// Hands files on, and notes them: a key file that changed is another intent.
class NotedSource : public core::Source {
 public:
  NotedSource(core::Source& source, Digest& digest) : source_(source), digest_(digest) {}
  std::string read(const std::string& path) override;
  std::vector<std::string> list(const std::string& path) override;
  std::vector<core::Node> documents(const std::string& path) override;
  std::string sealed(const std::string& value) override { return source_.sealed(value); }
  std::vector<core::ChartFile> chart(const core::ChartRef&) override;
  std::shared_ptr<core::Workshop> workshop() override { return source_.workshop(); }

 private:
  core::Source& source_;
  Digest& digest_;
};

}  // namespace gpuctl::playbook
