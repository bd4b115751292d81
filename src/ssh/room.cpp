// Filled by this room.
namespace gpuctl::ssh {}
