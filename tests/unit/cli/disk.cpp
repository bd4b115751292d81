#include "cli/disk.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "core/error.hpp"
#include "support/temp_folder.hpp"

using namespace gpuctl;

TEST_CASE("a folder is its files, sorted, without hidden ones and folders; a file is itself") {
  const TempFolder folder;
  const auto& root = folder.path();
  for (const char* name : {"b.yaml", "a.yaml", ".hidden.yaml"}) std::ofstream(root + "/" + name) << "x";
  std::filesystem::create_directory(root + "/sub");
  CHECK(cli::list_files(root) == std::vector<std::string>{root + "/a.yaml", root + "/b.yaml"});
  CHECK(cli::list_files(root + "/a.yaml") == std::vector<std::string>{root + "/a.yaml"});
  CHECK_THROWS_AS((void)cli::list_files(root + "/none"), core::Error);
}
