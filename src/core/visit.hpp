#pragma once

#include <variant>

namespace gpuctl::core {

/// Joins lambdas into one visitor for std::visit.
template <class... Fs>
struct Overload : Fs... {
  using Fs::operator()...;
};
template <class... Fs>
Overload(Fs...) -> Overload<Fs...>;

}  // namespace gpuctl::core
