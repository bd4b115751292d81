#include <doctest/doctest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>

#include "core/error.hpp"
#include "engine/journal.hpp"
#include "engine/lock.hpp"
#include "support/temp_folder.hpp"

using namespace gpuctl;

TEST_CASE("a second provision of a host is refused with the holder, and free when the first has ended") {
  const TempFolder folder;
  std::optional<engine::Lock> first(std::in_place, folder.path(), "n1", "process 7 since 10:00:00");
  CHECK_NOTHROW(engine::Lock(folder.path(), "n2", "me"));
  try {
    const engine::Lock second(folder.path(), "n1", "me");
    FAIL("locked twice");
  } catch (const core::Error& error) {
    CHECK(error.kind() == core::ErrorKind::refused);
    CHECK(error.message() == "n1 is being provisioned by process 7 since 10:00:00");
  }
  first.reset();
  CHECK_NOTHROW(engine::Lock(folder.path(), "n1", "me"));
}

TEST_CASE("a host's name cannot lead out of the folder") {
  const TempFolder folder;
  const engine::Lock lock(folder.path(), "../../x", "me");
  CHECK(std::filesystem::exists(std::filesystem::path(folder.path()) / "locks" / "_2e_2e_2f_2e_2e_2fx"));
}

TEST_CASE("a run's record is the user's alone, and the oldest runs are forgotten") {
  const TempFolder folder;
  const engine::Journal journal(folder.path());
  for (int i = 0; i < 205; ++i) CHECK(journal.keep("2025" + std::to_string(1000 + i), "report.json", "{}"));
  CHECK_FALSE(std::filesystem::exists(journal.path("20251000")));
  std::ifstream file(std::filesystem::path(journal.path("20251204")) / "report.json");
  std::stringstream text;
  text << file.rdbuf();
  CHECK(text.str() == "{}");
  struct stat found{};
  REQUIRE(::stat(journal.path("20251204").c_str(), &found) == 0);
  CHECK((found.st_mode & 0777U) == 0700U);
}

TEST_CASE("without a folder nothing is kept or locked") {
  CHECK_FALSE(engine::Journal("").keep("id", "f", ""));
  CHECK_NOTHROW(engine::Lock("", "n1", "me"));
}
