// Filled by this room.
namespace gpuctl::http {}
