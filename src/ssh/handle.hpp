#pragma once

#include <libssh/libssh.h>

#include <memory>

namespace gpuctl::ssh {

template <auto release>
struct Release {
  template <class T>
  void operator()(T* handle) const {
    release(handle);
  }
};

// Owners of libssh's handles.
using KeyHandle = std::unique_ptr<ssh_key_struct, Release<ssh_key_free>>;
using ChannelHandle = std::unique_ptr<ssh_channel_struct, Release<ssh_channel_free>>;
using SessionHandle = std::unique_ptr<ssh_session_struct, Release<ssh_free>>;
using EventHandle = std::unique_ptr<ssh_event_struct, Release<ssh_event_free>>;

}  // namespace gpuctl::ssh
