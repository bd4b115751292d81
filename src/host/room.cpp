// Filled by this room.
namespace gpuctl::host {}
