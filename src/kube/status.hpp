#pragma once

#include <string>
#include <vector>

#include "http/request.hpp"

namespace gpuctl::kube {

/// What the API server says when it refuses: its Status, or what an answer that is none lets one tell.
struct Status {
  struct Cause {
    std::string reason, message, field;
  };
  int code = 0;
  std::string reason;  ///< Forbidden, Conflict, Invalid … ; empty: it was no Status
  std::string message;
  std::string kind, name;  ///< details: of what it speaks (`namespaces`, `ml`)
  std::vector<Cause> causes;
};

Status status_of(const http::Response&);

/// A refusal for people.
struct Refusal {
  std::string why;  ///< one sentence without a full stop: user "x" may not patch daemonsets.apps in namespace "y"
};

Refusal refusal_of(const Status&);
Refusal refusal_of(const http::Response&);

}  // namespace gpuctl::kube
