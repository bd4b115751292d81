#pragma once

#include <cstddef>

namespace gpuctl::chart::go {

/// What an element of a slice is to Go's allocator.
enum class Room { word, pair };  ///< an int; a string or an interface, which holds pointers

/// The capacity of a slice of that capacity after append has made `length` of it.
std::size_t appended_capacity(std::size_t length, std::size_t capacity, Room room = Room::pair);
/// The capacity of a slice to which so many elements were appended one by one, from nothing.
std::size_t grown_capacity(std::size_t length, Room room = Room::pair);

}  // namespace gpuctl::chart::go
