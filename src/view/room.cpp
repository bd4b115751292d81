// Filled by this room.
namespace gpuctl::view {}
