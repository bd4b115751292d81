#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include <unistd.h>

// Runs a fuzz target without libFuzzer: every seed as it is, then with random changes. The same seeds and number give
// the same inputs; one that the target aborts at is printed. usage: fuzz-TARGET RUNS SEED_FILE...

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using Random = std::mt19937;

std::size_t below(Random& random, std::size_t n) {
  return n == 0 ? 0 : std::uniform_int_distribution<std::size_t>(0, n - 1)(random);
}

std::string read(const char* path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    std::fprintf(stderr, "cannot read %s\n", path);
    std::exit(2);
  }
  return {std::istreambuf_iterator<char>(in), {}};
}

void mutate(std::string& text, Random& random, const std::vector<std::string>& seeds) {
  const auto at = below(random, text.size() + 1);
  switch (below(random, 5)) {
    case 0:
      if (at < text.size()) text[at] = static_cast<char>(below(random, 256));
      break;
    case 1:
      if (at < text.size()) text[at] = static_cast<char>(text[at] ^ (1 << below(random, 8)));
      break;
    case 2:
      text.erase(at, below(random, 16));
      break;
    case 3:
      text.insert(at, 1 + below(random, 8), static_cast<char>(below(random, 256)));
      break;
    default: {
      const auto& other = seeds[below(random, seeds.size())];
      const auto from = below(random, other.size());
      text.insert(at, other, from, below(random, 64));
    }
  }
}

const std::string* current = nullptr;

// Returning from here ends the process by the signal all the same.
void show_input(int) {
  constexpr char head[] = "--- the input\n";
  if (::write(STDERR_FILENO, head, sizeof head - 1) > 0 && ::write(STDERR_FILENO, current->data(), current->size()) > 0)
    std::fflush(nullptr);
}

void run(const std::string& text) {
  current = &text;
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: %s RUNS SEED_FILE...\n", argv[0]);
    return 2;
  }
  std::signal(SIGABRT, show_input);
  std::vector<std::string> seeds;
  for (int i = 2; i < argc; ++i) seeds.push_back(read(argv[i]));
  for (const auto& seed : seeds) run(seed);
  Random random(1);
  for (long left = std::atol(argv[1]); left > 0; --left) {
    auto text = seeds[below(random, seeds.size())];
    for (auto edits = 1 + below(random, 6); edits > 0; --edits) mutate(text, random, seeds);
    run(text);
  }
  return 0;
}
