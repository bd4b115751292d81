// Filled by this room.
namespace gpuctl::engine {}
