// Filled by this room.
namespace gpuctl::cli {}
